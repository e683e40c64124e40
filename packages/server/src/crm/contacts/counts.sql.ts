import type { Db } from '../../database/wire.js'

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

/** Some contact of the location, for sample data; its newest. */
export const newestContactId = async (db: Db, locationId: string): Promise<string | undefined> => {
  const row = await db.selectFrom('contacts').select('id').where('locationId', '=', locationId).orderBy('dateAdded', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst()
  return row?.id
}
