export { grants, token } from './oauth.contract.js'
