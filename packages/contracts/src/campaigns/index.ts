export { campaign } from './campaign.contract.js'
