export * as api from './api.js'
export * from './api.js'
export {
  callStatuses,
  type MessageType,
  messageNumbers,
  messageTypes,
} from './conversations/message.types.js'
export { type DataType, dataTypes, fileFormats } from './custom-fields/field.shapes.js'
export { type EventName, type EventPayload, events } from './events.js'
export { currencyOfCountry } from './locations/currencies.js'
export { allOperations } from './operations.js'
export { type ScopeUse, scopeUses } from './scope-reference.js'
export { type Scope, scopeByName, scopes } from './scopes.js'
export * as shapes from './shapes.js'
export { type SnapshotFamily, snapshotFamilies } from './snapshots/snapshot.shapes.js'
export { defaultPermissions, permissionsInEvents } from './users/permissions.js'
export { actionTypes, enrolmentStates, triggerTypes } from './workflows/workflow.shapes.js'
