import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../database/wire.js'
import { textMatch } from './contacts.sql.js'

type Part<T> = RawBuilder<T>

/**
 * What a record of another room shows of its contact: a card, and the same as a list of relations, of which `relation` says what is
 * no matter of the contact.
 */
export const besideContact = (locationId: string, contactId: Part<unknown>, relation: Part<unknown>) => {
  const found = sql`from contacts c where c."locationId" = ${locationId} and c.id = ${contactId}`
  const card = sql`row_to_json((select o from (
    select c.id, c."contactName" as name, c."companyName", c.email, c.phone, c.tags, c.followers, '[]'::json as score) o))`
  const relations = sql`json_build_array((select o from (
    select ${relation}, c."contactName" as "fullName", c."contactName", c."companyName", c.email, c.phone, c.tags) o))`
  return {
    /** One look at the contact for both, to be joined laterally. `offset 0`: a look for each row, never a walk through all contacts. */
    joined: sql<{
      contact: unknown
      relations: unknown
    }>`(select ${card} as contact, ${relations} as relations ${found} offset 0)`,
    /** For what a change returns, which nothing can be joined to: a look for each. */
    contact: sql`(select ${card} ${found})`,
    relations: sql`coalesce((select ${relations} ${found}), '[]')`,
  }
}

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
