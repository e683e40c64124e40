export { push, share, snapshot } from './snapshot.contract.js'
