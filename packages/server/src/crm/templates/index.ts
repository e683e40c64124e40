export { templatesModule } from './templates.handlers.js'
export { messageTexts } from './texts.sql.js'
