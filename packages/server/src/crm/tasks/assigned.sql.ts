import { sql } from 'kysely'
import type { Seeing } from '../../assigned.js'
import { idsAssigned } from '../contacts/index.js'

export const hasTask = async ({ db, locationId, userId }: Seeing, contactId: string, id: string): Promise<boolean> =>
  (await db
    .selectFrom('contactTasks')
    .select('id')
    .where('locationId', '=', locationId)
    .where('contactId', '=', contactId)
    .where('id', '=', id)
    .where('assignedTo', '=', userId)
    .executeTakeFirst()) !== undefined

/** Whether there is such a series, neither the user's nor about a contact that they were given. */
export const isOthersSeries = async ({ db, locationId, userId }: Seeing, id: string): Promise<boolean> =>
  (await db
    .selectFrom('recurringTasks')
    .select('id')
    .where('locationId', '=', locationId)
    .where('id', '=', id)
    .where(
      sql<boolean>`not (owners @> array[${userId}]::text[] or "contactIds" && array(${idsAssigned(db, locationId, userId)})::text[])`,
    )
    .executeTakeFirst()) !== undefined
