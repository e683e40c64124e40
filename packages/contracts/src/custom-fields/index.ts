export { fields } from './fields.contract.js'
export { folders } from './folders.contract.js'
