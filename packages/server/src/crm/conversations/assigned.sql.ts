import { idsAssigned, type Seeing } from '../contacts/index.js'

/** Whether there is such a row, of a contact that the user was not given. */
export const isOthers = async (
  { db, locationId, userId }: Seeing,
  table: 'conversations' | 'messages' | 'emails',
  id: string,
): Promise<boolean> =>
  (await db
    .selectFrom(table)
    .select('id')
    .where('locationId', '=', locationId)
    .where('id', '=', id)
    .where('contactId', 'not in', idsAssigned(db, locationId, userId))
    .executeTakeFirst()) !== undefined
