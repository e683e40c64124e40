export { agency, installed } from './installs.contract.js'
