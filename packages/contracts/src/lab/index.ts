export { demo } from './lab.contract.js'
export { outbox } from './outbox.contract.js'
