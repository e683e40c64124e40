export { campaignsModule } from './campaigns.handlers.js'
export { campaignsOf } from './campaigns.sql.js'
