import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'

/** Those of the ids that are contacts of the location; their rows stay while the transaction runs. */
export const holdContacts = async (db: Db, locationId: string, ids: readonly string[]): Promise<string[]> => {
  if (ids.length === 0) return []
  const held = db
    .selectFrom('contacts')
    .select('id')
    .where('locationId', '=', locationId)
    .where(sql<boolean>`id = any(${sql.val(ids)}::text[])`)
    .orderBy('id')
    .forKeyShare()
  const known = new Set((await held.execute()).map(({ id }) => id))
  return ids.filter((id) => known.has(id))
}
