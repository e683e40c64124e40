export { saved } from './views.contract.js'
