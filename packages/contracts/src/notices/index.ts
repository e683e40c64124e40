export { notices } from './notices.contract.js'
