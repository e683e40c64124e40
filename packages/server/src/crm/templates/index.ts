export { templatesModule } from './templates.handlers.js'
