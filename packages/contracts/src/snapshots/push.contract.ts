import { GET, POST, t } from '@groundlevel/contract-kit'
import { about, id, snapshots } from './module.js'
import { SnapshotFamilies, SnapshotPush, SnapshotPushLatest } from './snapshot.shapes.js'

export const push = snapshots.resource('push', '/snapshots', {
  list: GET('/snapshot-status/:snapshotId', {
    id: 'get-snapshot-push',
    summary: 'Pushes of a snapshot between two moments, newest first',
    query: t.Object({
      companyId: t.String(),
      from: t.Optional(t.String({ maxLength: 40 })),
      to: t.Optional(t.String({ maxLength: 40 })),
      /** The id of the last row of the page before. */
      lastDoc: t.Optional(t.String({ maxLength: 100 })),
      limit: t.Default(t.Integer({ minimum: 1, maximum: 100 }), 20),
    }),
    reply: t.Object({ data: t.Array(SnapshotPush) }),
  }),
  latest: GET('/snapshot-status/:snapshotId/location/:locationId', {
    id: 'get-latest-snapshot-push',
    summary: 'The last push of a snapshot to a sub-account, with what is there and what is to come',
    query: about,
    reply: t.Object({ data: SnapshotPushLatest }),
  }),
  create: POST('/:snapshotId/push', {
    id: 'push-snapshot',
    summary: 'Bring what a snapshot holds into sub-accounts; what is there by the same key stays, unless it is overridden',
    extension: true,
    body: t.Object({
      companyId: t.String(),
      locationIds: t.Array(id, { minItems: 1, maxItems: 500 }),
      /** Only these; default: all that the snapshot holds. */
      families: t.Optional(SnapshotFamilies),
      /** What is there by the same key becomes like the snapshot's. */
      override: t.Default(t.Boolean(), false),
      /** The same for these families alone. */
      overrideFamilies: t.Optional(SnapshotFamilies),
    }),
    status: 201,
    /** `id` is that of the first push, `pushes` names each. */
    reply: t.Object({ id: t.String(), pushes: t.Array(SnapshotPush) }),
  }),
})
