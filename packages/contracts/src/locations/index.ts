export { customFields } from './custom-fields.contract.js'
export { location } from './location.contract.js'
export { tags } from './tags.contract.js'
export { recurringTasks, tasks } from './tasks.contract.js'
