export { templateAssets } from './assets.sql.js'
export { type SeedTemplate, seedTemplates } from './seed.sql.js'
export { templatesModule } from './templates.handlers.js'
export { messageTexts } from './texts.sql.js'
