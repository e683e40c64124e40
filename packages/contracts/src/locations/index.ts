export { customFields } from './custom-fields.contract.js'
export { location } from './location.contract.js'
