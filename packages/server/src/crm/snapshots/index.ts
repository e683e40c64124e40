import type { Implementation } from '../../http/implement.js'
import { pushHandlers, type SnapshotPorts, shareHandlers, snapshotHandlers } from './snapshots.handlers.js'

export { type PushParts, pushJob } from './pushes.jobs.js'
export { requestPushes, type SnapshotPorts } from './snapshots.handlers.js'
export { snapshotsOf } from './snapshots.sql.js'

/** What is set up in a sub-account, kept and brought into others. */
export const snapshotsModule = (ports: SnapshotPorts): readonly Implementation[] => [
  ...snapshotHandlers(ports),
  ...shareHandlers(ports),
  ...pushHandlers(ports),
]
