import { DELETE, GET, POST, t } from '@groundlevel/contract-kit'
import { succeeded } from '../contacts/contact.shapes.js'
import { about, id, snapshots } from './module.js'
import { SharedSnapshot, Snapshot, SnapshotShare } from './snapshot.shapes.js'

export const share = snapshots.resource('share', '/snapshots', {
  create: POST('/share/link', {
    id: 'create-snapshot-share-link',
    summary: 'A link by which another agency or sub-account can be given the snapshot',
    query: about,
    body: t.Object({
      snapshot_id: id,
      /** `link` is good for one copy, `permanent_link` for any number; the others for whom they name. */
      share_type: t.Enum(['link', 'permanent_link', 'agency_link', 'location_link']),
      /** Relationship numbers of agencies, separated by commas. */
      relationship_number: t.Optional(t.String({ maxLength: 2000 })),
      /** Ids of sub-accounts, separated by commas. */
      share_location_id: t.Optional(t.String({ maxLength: 5000 })),
    }),
    status: 201,
    reply: t.Object({ id: t.String(), shareLink: t.String() }),
  }),
  list: GET('/:snapshotId/shares', {
    id: 'get-snapshot-shares',
    summary: 'The share links of a snapshot, newest first',
    extension: true,
    query: about,
    reply: t.Object({ shares: t.Array(SnapshotShare) }),
  }),
  revoke: DELETE('/share/:shareId', {
    id: 'revoke-snapshot-share-link',
    summary: 'End a share link; copies that were taken by it stay',
    extension: true,
    query: about,
    reply: t.Object(succeeded),
  }),
  get: GET('/share/:shareId', {
    id: 'get-shared-snapshot',
    summary: 'What a share link offers to the agency that opens it',
    extension: true,
    query: about,
    reply: t.Object({ shared: SharedSnapshot }),
  }),
  import: POST('/share/:shareId/import', {
    id: 'import-shared-snapshot',
    summary: 'Take a copy of a shared snapshot into the own agency',
    extension: true,
    scope: 'snapshots.write',
    body: t.Object({ companyId: t.String(), name: t.Optional(t.String({ minLength: 1, maxLength: 200 })) }),
    status: 201,
    reply: t.Object({ snapshot: Snapshot }),
  }),
})
