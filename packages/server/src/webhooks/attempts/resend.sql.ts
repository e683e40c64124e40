import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'

/**
 * Makes a delivery due now: same body, same webhookId, tries so far kept. One that had ended gets a single try, whose failure
 * begins no cycle; one that still waits is only brought forward.
 */
export const resendDelivery = async (db: Db, id: string, now: Date): Promise<void> => {
  await sql`update deliveries set manual = manual or state <> 'waiting', state = 'waiting', "runAt" = ${now}, "finishedAt" = null
    where id = ${id}::uuid`.execute(db)
}
