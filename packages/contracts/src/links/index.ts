export { clicksOfContact, link } from './link.contract.js'
