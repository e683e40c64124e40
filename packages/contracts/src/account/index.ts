export { accounts, session } from './account.contract.js'
