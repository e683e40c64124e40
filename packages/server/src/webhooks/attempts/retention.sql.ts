import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'

/** Deletes the oldest events before the cutoff, deliveries and tries with them. @returns how many */
export const deleteEventsBefore = async (db: Db, cutoff: Date, limit: number): Promise<number> => {
  const { numAffectedRows } = await sql`delete from events where id in (
    select id from events where "dateAdded" < ${cutoff} order by "dateAdded" limit ${sql.lit(limit)})`.execute(db)
  return Number(numAffectedRows ?? 0n)
}
