import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'
import type { Attribution } from './attribution.rules.js'

const latest = (now: Date) => sql<Date>`greatest("lastActivity", ${now}::timestamptz(3))`

/** The contact has done something: written, called, opened, booked. Nothing is told of it, and `dateUpdated` stays. */
export const touchContact = async (db: Db, locationId: string, contactId: string, now: Date): Promise<void> => {
  await db
    .updateTable('contacts')
    .set({ lastActivity: latest(now) })
    .where('locationId', '=', locationId)
    .where('id', '=', contactId)
    .execute()
}

/** The same by a visit that tells where it came from: the first one is kept for ever, of the others the last. */
export const attributeContact = async (
  db: Db,
  locationId: string,
  contactId: string,
  attribution: Attribution,
  now: Date,
): Promise<void> => {
  const given = sql`${JSON.stringify(attribution)}::jsonb`
  await db
    .updateTable('contacts')
    .set({
      attributionSource: sql`coalesce("attributionSource", ${given})`,
      lastAttributionSource: sql`case when "attributionSource" is null then "lastAttributionSource" else ${given} end`,
      lastActivity: latest(now),
    })
    .where('locationId', '=', locationId)
    .where('id', '=', contactId)
    .execute()
}
