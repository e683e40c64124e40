import { DELETE, GET, POST, t } from '@groundlevel/contract-kit'
import { succeeded } from '../contacts/contact.shapes.js'
import { about, id, snapshots } from './module.js'
import { Snapshot, SnapshotChanges, SnapshotEntry, SnapshotFamilies, SnapshotRow } from './snapshot.shapes.js'

export const snapshot = snapshots.resource('snapshot', '/snapshots', {
  list: GET('/', {
    id: 'get-custom-snapshots',
    summary: 'Snapshots of an agency, newest first',
    query: about,
    reply: t.Object({ snapshots: t.Array(SnapshotRow) }),
  }),
  history: GET('/history', {
    id: 'get-snapshot-history',
    summary: 'Snapshots with what they hold; of one sub-account with what changed from each to the next',
    extension: true,
    query: t.Object({
      companyId: t.String(),
      locationId: t.Optional(id),
      /** A part of the name. */
      query: t.Optional(t.String({ maxLength: 75 })),
      limit: t.Default(t.Integer({ minimum: 1, maximum: 100 }), 20),
      /** The id of the last row of the page before. */
      lastDoc: t.Optional(id),
    }),
    reply: t.Object({ snapshots: t.Array(SnapshotEntry) }),
  }),
  create: POST('/', {
    id: 'create-snapshot',
    summary: 'Take a snapshot of a sub-account: what is set up in it, none of its people',
    extension: true,
    body: t.Object({
      companyId: t.String(),
      locationId: id,
      name: t.String({ minLength: 1, maxLength: 200 }),
      /** Only these; default: all. */
      families: t.Optional(SnapshotFamilies),
    }),
    status: 201,
    reply: t.Object({ snapshot: Snapshot }),
  }),
  get: GET('/:snapshotId', {
    id: 'get-snapshot',
    summary: 'One snapshot with its assets',
    extension: true,
    query: about,
    reply: t.Object({ snapshot: Snapshot }),
  }),
  compare: GET('/:snapshotId/compare/:otherId', {
    id: 'compare-snapshots',
    summary: 'What changed from one snapshot to another',
    extension: true,
    query: about,
    reply: SnapshotChanges,
  }),
  remove: DELETE('/:snapshotId', {
    id: 'delete-snapshot',
    summary: 'Delete a snapshot; what was pushed of it stays',
    extension: true,
    query: about,
    reply: t.Object(succeeded),
  }),
})
