import { type RawBuilder, sql } from 'kysely'
import type { Seeing } from '../../assigned.js'
import { idsAssigned } from '../contacts/index.js'

/** Events that somebody has themselves, that are of contacts which they were given, or that block a calendar for everybody. */
export const theirs = ({ db, locationId, userId }: Seeing): RawBuilder<boolean> =>
  sql<boolean>`coalesce("assignedUserId" = ${userId} or users @> array[${userId}]::text[]
    or (kind = 'blocked' and "assignedUserId" is null) or "contactId" in (${idsAssigned(db, locationId, userId)}), false)`

/** Whether there is such an event, and it is none of theirs. */
export const isOthers = async (seeing: Seeing, id: string): Promise<boolean> =>
  (await seeing.db
    .selectFrom('calendarEvents')
    .select('id')
    .where('locationId', '=', seeing.locationId)
    .where('id', '=', id)
    .where(sql<boolean>`not ${theirs(seeing)}`)
    .executeTakeFirst()) !== undefined
