export { deliveries, rows } from './timeline.contract.js'
