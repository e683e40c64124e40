export { clickCounts, clicksOfContact, link } from './link.contract.js'
