export { health, keys, scopeUses } from './platform.contract.js'
