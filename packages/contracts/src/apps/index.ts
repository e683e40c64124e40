export { app, appInstalls, keys, reference, testEvents } from './apps.contract.js'
