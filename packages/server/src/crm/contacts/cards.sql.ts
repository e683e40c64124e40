import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../database/wire.js'
import { textMatch } from './contacts.sql.js'

type Part<T> = RawBuilder<T>

/** What a record of another room shows of its contact, to be selected beside it. */
export const cardOfContact = (locationId: string, contactId: Part<unknown>): Part<unknown> =>
  sql`(select row_to_json(card) from (
    select c.id, c."contactName" as name, c."companyName", c.email, c.phone, c.tags, c.followers
    from contacts c where c."locationId" = ${locationId} and c.id = ${contactId}) card)`

/** The same as a list of relations, of which `relation` says what is no matter of the contact. */
export const relationToContact = (locationId: string, contactId: Part<unknown>, relation: Part<unknown>): Part<unknown> =>
  sql`(select coalesce(json_agg(relation), '[]') from (
    select ${relation}, c."contactName" as "fullName", c."contactName", c."companyName", c.email, c.phone, c.tags
    from contacts c where c."locationId" = ${locationId} and c.id = ${contactId}) relation)`

const columns = { name: 'contactName', companyName: 'companyName', email: 'email', phone: 'phone' } as const

/** A text of the contact of another room's record, in lower case, and whether a test of it holds. */
export const contactTest = (locationId: string, contactId: Part<unknown>, field: keyof typeof columns) => {
  const of = sql`lower(c.${sql.ref(columns[field])})`
  return {
    of,
    some: (test: Part<boolean>) =>
      sql<boolean>`exists (select from contacts c where c."locationId" = ${locationId} and c.id = ${contactId} and ${of} is not null and ${test})`,
  }
}

/** Whether the contact of another room's record is one that a search for this text finds. */
export const contactsMatching = (locationId: string, contactId: Part<unknown>, query: string): Part<boolean> =>
  sql<boolean>`${contactId} in (select id from contacts where "locationId" = ${locationId} and ${textMatch(query)})`

export const contactCountry = (locationId: string, contactId: Part<unknown>, country: string): Part<boolean> =>
  sql<boolean>`exists (select from contacts c where c."locationId" = ${locationId} and c.id = ${contactId} and lower(c.country) = ${country.toLowerCase()})`

const most = 100

/** Notes of the contact of another room's record, newest first, as a list. */
export const notesOfContact = (locationId: string, contactId: Part<unknown>): Part<unknown> =>
  sql`(select coalesce(json_agg(n), '[]') from (
    select id, body, "userId", "contactId", iso("dateAdded") as "dateAdded" from "contactNotes"
    where "locationId" = ${locationId} and "contactId" = ${contactId}
    order by "contactNotes"."dateAdded" desc limit ${sql.lit(most)}) n)`

/** First and last name of a contact; undefined where there is neither, or no such contact. */
export const contactName = async (db: Db, locationId: string, id: string): Promise<string | undefined> => {
  const row = await db
    .selectFrom('contacts')
    .select('contactName')
    .where('locationId', '=', locationId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.contactName ?? undefined
}

/** What a message about a contact needs to know of it beside its merge fields. */
export const contactNameAndZone = async (db: Db, locationId: string, id: string) =>
  db
    .selectFrom('contacts')
    .select(['contactName as name', 'timezone'])
    .where('locationId', '=', locationId)
    .where('id', '=', id)
    .executeTakeFirst()
