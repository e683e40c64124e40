import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'
import { textMatch } from './contacts.sql.js'

/** What other rooms show of the contacts of a location beside their own rows: a part of a query. */
export const contactFaces = (db: Db, locationId: string) =>
  db
    .selectFrom('contacts')
    .where('locationId', '=', locationId)
    .select(['id as faceId', 'contactName', 'companyName', 'email', 'phone', 'tags', 'assignedTo', 'followers'])

/** Ids of the contacts of a location that a text is found in: a part of a query. */
export const contactIdsMatching = (db: Db, locationId: string, query: string) =>
  db
    .selectFrom('contacts')
    .select('id')
    .where('locationId', '=', locationId)
    .where(sql<boolean>`${textMatch(query)}`)
