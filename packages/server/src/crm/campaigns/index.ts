export { campaignsModule } from './campaigns.handlers.js'
export { campaignsOf, inCampaign, moveEnrolments } from './campaigns.sql.js'
