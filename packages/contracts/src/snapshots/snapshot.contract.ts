import { apiModule, DELETE, GET, POST, t } from '@groundlevel/contract-kit'
import { succeeded } from '../contacts/contact.shapes.js'

const snapshots = apiModule({
  name: 'snapshots',
  version: '2021-07-28',
  actors: ['agency'],
  scope: 'snapshots',
  tenant: 'company',
})

const id = t.String({ maxLength: 100 })
const about = t.Object({ companyId: t.String() })

export const SnapshotRow = t.Object({ id: t.String(), name: t.String(), type: t.String() })

export const Snapshot = t.Object({
  id: t.String(),
  name: t.String(),
  type: t.String(),
  /** The sub-account that it was taken of. */
  locationId: t.Optional(t.String()),
  /** By kind (`tags`, `custom_fields`, `pipelines` …) a list of `{id, key, name}`: `key` is what a thing is known by anywhere. */
  assets: t.Open(),
  dateAdded: t.DateTime(),
  dateUpdated: t.DateTime(),
})

export const SnapshotPush = t.Object({
  id: t.String(),
  locationId: t.String(),
  /** `pending`, `processing`, `completed` or `failed`. */
  status: t.String(),
  dateAdded: t.DateTime(),
})

export const SnapshotPushLatest = t.Object({
  id: t.String(),
  locationId: t.String(),
  status: t.String(),
  /** Kinds of assets that are there, and those that are still to come. */
  completed: t.Array(t.String()),
  pending: t.Array(t.String()),
  /** Why it failed. */
  problem: t.Optional(t.String()),
})

const Changed = t.Object({
  kind: t.String(),
  key: t.String(),
  name: t.String(),
  change: t.Enum(['added', 'removed', 'changed']),
  /** Which fields differ, where it changed. */
  fields: t.Array(t.String()),
})

const Counts = t.Object({ added: t.Integer(), removed: t.Integer(), changed: t.Integer() })

const Changes = t.Object({
  from: t.Object({ id: t.String(), name: t.String(), dateAdded: t.String() }),
  to: t.Object({ id: t.String(), name: t.String(), dateAdded: t.String() }),
  changes: t.Array(Changed),
  counts: Counts,
  /** The same by kind. */
  byKind: t.Array(t.Object({ kind: t.String(), ...Counts.properties })),
  /** How many of the things that are new or different were last changed on which day. */
  byDay: t.Array(t.Object({ day: t.String(), count: t.Integer() })),
})

export const snapshot = snapshots.resource('snapshot', '/snapshots', {
  list: GET('/', {
    id: 'get-custom-snapshots',
    summary: 'Snapshots of an agency, newest first',
    query: about,
    reply: t.Object({ snapshots: t.Array(SnapshotRow) }),
  }),
  create: POST('/', {
    id: 'create-snapshot',
    summary: 'Take a snapshot of a sub-account: what is set up in it, none of its people',
    extension: true,
    body: t.Object({ companyId: t.String(), locationId: id, name: t.String({ minLength: 1, maxLength: 200 }) }),
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
    reply: Changes,
  }),
  remove: DELETE('/:snapshotId', {
    id: 'delete-snapshot',
    summary: 'Delete a snapshot; what was pushed of it stays',
    extension: true,
    query: about,
    reply: t.Object(succeeded),
  }),
})

export const share = snapshots.resource('share', '/snapshots', {
  create: POST('/share/link', {
    id: 'create-snapshot-share-link',
    summary: 'A link by which another agency or sub-account can be given the snapshot',
    query: about,
    body: t.Object({
      snapshot_id: id,
      share_type: t.Enum(['link', 'permanent_link', 'agency_link', 'location_link']),
      /** Relationship numbers of agencies, separated by commas. */
      relationship_number: t.Optional(t.String({ maxLength: 2000 })),
      /** Ids of sub-accounts, separated by commas. */
      share_location_id: t.Optional(t.String({ maxLength: 5000 })),
    }),
    status: 201,
    reply: t.Object({ id: t.String(), shareLink: t.String() }),
  }),
})

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
      override: t.Default(t.Boolean(), false),
    }),
    status: 201,
    /** `id` is that of the first push, `pushes` names each. */
    reply: t.Object({ id: t.String(), pushes: t.Array(SnapshotPush) }),
  }),
})
