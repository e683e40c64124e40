export { builder } from './builder.contract.js'
export { schedule } from './schedule.contract.js'
