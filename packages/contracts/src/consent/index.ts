export { interactions } from './consent.contract.js'
