import type { SnapshotPorts } from '../crm/snapshots/index.js'
import type { Db } from '../database/wire.js'
import { peopleAmong } from '../identity/index.js'
import { relationshipNumber } from '../marketplace/index.js'
import { assetKinds } from '../rooms/snapshots.js'

/** What snapshots ask of others, answered by the rows that a test has made. */
export const snapshotPorts = (db: Db): SnapshotPorts => ({
  kinds: assetKinds,
  location: (id) => db.selectFrom('locations').select('companyId').where('id', '=', id).executeTakeFirst(),
  company: (id) => db.selectFrom('companies').select('name').where('id', '=', id).executeTakeFirst(),
  relationshipNumber,
  peopleAmong,
  publicUrl: () => 'https://here.example',
  wake: () => {},
})
