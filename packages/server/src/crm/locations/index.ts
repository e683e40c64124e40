export { locationsModule } from './locations.handlers.js'
