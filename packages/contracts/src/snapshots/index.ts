export { snapshot } from './snapshot.contract.js'
