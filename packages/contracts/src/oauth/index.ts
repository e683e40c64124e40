export { token } from './oauth.contract.js'
