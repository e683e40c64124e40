import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'
import { contactsOf } from './contacts.sql.js'

/** Contacts by location, from the counter. */
export const contactCounts = async (db: Db, locationIds: readonly string[]): Promise<ReadonlyMap<string, number>> => {
  if (locationIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('contactCounts')
    .select(({ fn }) => ['locationId', fn.sum<number>('delta').as('total')])
    .where('locationId', 'in', [...locationIds])
    .groupBy('locationId')
    .execute()
  return new Map(rows.map(({ locationId, total }) => [locationId, Number(total)]))
}

/** Id of some contact of the location, for sample data: its newest. */
const newestContactId = async (db: Db, locationId: string): Promise<string | undefined> => {
  const newest = db
    .selectFrom('contacts')
    .select('id')
    .where('locationId', '=', locationId)
    .orderBy('dateAdded', 'desc')
    .orderBy('id', 'desc')
  return (await newest.limit(sql.lit(1)).executeTakeFirst())?.id
}

/** A real contact of the location as single-contact replies have it. */
export const sampleContact = async (db: Db, locationId: string): Promise<object | undefined> => {
  const id = await newestContactId(db, locationId)
  return id === undefined ? undefined : (await contactsOf(db, locationId).find(id))?.value
}
