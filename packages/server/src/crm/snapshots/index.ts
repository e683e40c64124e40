export { type PushParts, pushJob } from './pushes.jobs.js'
export { requestPushes, type SnapshotPorts, snapshotHandlers as snapshotsModule } from './snapshots.handlers.js'
export { snapshotsOf } from './snapshots.sql.js'
