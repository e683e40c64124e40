export { listings } from './store.contract.js'
