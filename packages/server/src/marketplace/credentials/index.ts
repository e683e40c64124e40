export { newClientKey } from './client-secret.js'
export { type KeysParts, keyHandlers } from './keys.handlers.js'
export { type ClientKey, type KeyRow, keysOf } from './keys.sql.js'
