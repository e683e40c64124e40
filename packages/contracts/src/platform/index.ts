export { health, keys } from './platform.contract.js'
