import { sql } from 'kysely'
import type { Seeing } from '../../assigned.js'
import type { Tables } from '../../database/tables.js'
import type { Db } from '../../database/wire.js'

/** Contacts that somebody has been given, or follows. */
export const assignedTo = (userId: string) =>
  sql<boolean>`(contacts."assignedTo" = ${userId} or contacts.followers && ${[userId]}::text[])`

export const isAssigned = async (db: Db, locationId: string, contactId: string, userId: string): Promise<boolean> =>
  (await db
    .selectFrom('contacts')
    .select('id')
    .where('locationId', '=', locationId)
    .where('id', '=', contactId)
    .where(assignedTo(userId))
    .executeTakeFirst()) !== undefined

/** Whether there is such a row, of a contact that the user was not given or of none. */
export const isOthersRow = async (
  { db, locationId, userId }: Seeing,
  table: keyof Tables,
  id: string,
  key: 'id' | '_id' = 'id',
): Promise<boolean> => {
  const { rows } = await sql`select from ${sql.table(table)} where "locationId" = ${locationId} and ${sql.ref(key)} = ${id}
    and ("contactId" in (${idsAssigned(db, locationId, userId)})) is not true`.execute(db)
  return rows.length > 0
}

/** Ids of all of them: for what hangs on contacts. */
export const idsAssigned = (db: Db, locationId: string, userId: string) =>
  db.selectFrom('contacts').select('contacts.id').where('locationId', '=', locationId).where(assignedTo(userId))
