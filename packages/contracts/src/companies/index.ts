export { company } from './company.contract.js'
export { profile } from './profile.contract.js'
