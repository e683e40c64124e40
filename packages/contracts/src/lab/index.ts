export { demo } from './lab.contract.js'
