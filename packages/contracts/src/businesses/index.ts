export { business } from './business.contract.js'
