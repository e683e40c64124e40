import { sql } from 'kysely'
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

/** Ids of all of them: for what hangs on contacts. */
export const idsAssigned = (db: Db, locationId: string, userId: string) =>
  db.selectFrom('contacts').select('contacts.id').where('locationId', '=', locationId).where(assignedTo(userId))
