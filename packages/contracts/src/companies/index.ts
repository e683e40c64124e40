export { company } from './company.contract.js'
