export { user } from './user.contract.js'
