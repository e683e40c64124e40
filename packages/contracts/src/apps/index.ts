export { appSnapshot } from './app-snapshot.contract.js'
export { app, appInstalls, keys, reference, testEvents } from './apps.contract.js'
export { actions, triggers } from './supplied.contract.js'
