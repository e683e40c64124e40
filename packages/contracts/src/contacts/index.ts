export { contact } from './contact.contract.js'
export { notes } from './notes.contract.js'
export { search } from './search.contract.js'
export { tags } from './tags.contract.js'
