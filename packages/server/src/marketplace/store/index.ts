export { storeModule } from './store.handlers.js'
