import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'

/** Two servers may start on one empty database: the second waits here until the first has filled it. */
export const lockSeeding = async (db: Db): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('groundlevel demo world'))`.execute(db)
}
