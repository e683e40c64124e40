export { location } from './location.contract.js'
