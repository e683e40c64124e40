export { clock, demo } from './lab.contract.js'
export { outbox } from './outbox.contract.js'
export { staffOutbox } from './staff-outbox.contract.js'
