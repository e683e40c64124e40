export { campaignsModule } from './campaigns.handlers.js'
export { campaignsOf, moveEnrolments } from './campaigns.sql.js'
