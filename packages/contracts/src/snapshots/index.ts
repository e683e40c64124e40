export { push } from './push.contract.js'
export { share } from './share.contract.js'
export { snapshot } from './snapshot.contract.js'
