import type { Implementation } from '../../http/implement.js'
import type { SnapshotPorts } from './ports.js'
import { pushHandlers } from './pushes.handlers.js'
import { shareHandlers } from './shares.handlers.js'
import { snapshotHandlers } from './snapshots.handlers.js'

export type { SnapshotPorts } from './ports.js'
export { requestPushes } from './pushes.handlers.js'
export { type PushParts, pushJob } from './pushes.jobs.js'
export { copyFor, namedBy, offeredBy } from './shares.handlers.js'
export { takeSnapshot } from './snapshots.handlers.js'
export { snapshotsOf } from './snapshots.sql.js'

/** What is set up in a sub-account, kept and brought into others. */
export const snapshotsModule = (ports: SnapshotPorts): readonly Implementation[] => [
  ...snapshotHandlers(ports),
  ...shareHandlers(ports),
  ...pushHandlers(ports),
]
