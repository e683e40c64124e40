import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, each } from '../../database/wire.js'
import { inOne } from './contacts.sql.js'

/** Those of the ids that are contacts of the location; their rows stay while the transaction runs. */
export const holdContacts = async (db: Db, locationId: string, ids: readonly string[]): Promise<string[]> => {
  if (ids.length === 0) return []
  const held = db
    .selectFrom('contacts')
    .select('id')
    .where('locationId', '=', locationId)
    .where(sql<boolean>`id = any(${sql.val(ids)}::text[])`)
    .orderBy('id')
    .forKeyShare()
  const known = new Set((await held.execute()).map(({ id }) => id))
  return ids.filter((id) => known.has(id))
}

/** Those of the contacts that nobody else is changing, as single-contact replies have them, locked until the transaction ends: it never waits. */
export const takeContacts = async (db: Db, locationId: string, ids: readonly string[]) => {
  if (ids.length === 0) return []
  const free = db
    .selectFrom('contacts')
    .where('locationId', '=', locationId)
    .where(sql<boolean>`id = any(${sql.val(ids)}::text[])`)
    .selectAll()
    .select(inOne)
    .orderBy('id')
    .forUpdate()
    .skipLocked()
  return (await each(db, shapes.Contact, free)).map(({ value }) => value)
}

/** Ids of contacts that have a tag, in their order, after one of them. */
export const taggedIds = async (db: Db, locationId: string, tag: string, after: string, limit: number): Promise<string[]> => {
  const rows = await db
    .selectFrom('contacts')
    .select('id')
    .where('locationId', '=', locationId)
    .where(sql<boolean>`tags @> array[${tag}::text]`)
    .where('id', '>', after)
    .orderBy('id')
    .limit(sql.lit(limit))
    .execute()
  return rows.map(({ id }) => id)
}

/** Which contacts a day is about. */
export interface DayAbout {
  /** A custom field of dates; absent: the day of birth. */
  readonly fieldId: string | undefined
  /** `YYYY-MM-DD`. */
  readonly day: string
  /** Whatever the year. */
  readonly everyYear: boolean
}

/** Who was born on the 29th of February has their day on the 28th of other years. */
const daysOfYear = (day: string): string[] => {
  const isLeap = new Date(`${day.slice(0, 4)}-02-29T00:00:00Z`).getUTCMonth() === 1
  const own = day.slice(5)
  return own === '02-28' && !isLeap ? [own, '02-29'] : [own]
}

/** Ids of contacts that have a date on a day, in their order, after one of them. */
export const dayIds = async (
  db: Db,
  locationId: string,
  { fieldId, day, everyYear }: DayAbout,
  after: string,
  limit: number,
): Promise<string[]> => {
  const days = sql`any(${sql.val(daysOfYear(day))}::text[])`
  if (fieldId === undefined) {
    const born = db.selectFrom('contacts').select('id').where('locationId', '=', locationId)
    const match = everyYear
      ? sql<boolean>`substr("dateOfBirth", 6, 5) = ${days}`
      : sql<boolean>`substr("dateOfBirth", 1, 10) = ${day}`
    const rows = born.where(match).where('dateOfBirth', 'is not', null).where('id', '>', after).orderBy('id')
    return (await rows.limit(sql.lit(limit)).execute()).map(({ id }) => id)
  }
  const filed = db.selectFrom('contactFieldValues').select('contactId').distinct().where('locationId', '=', locationId)
  const match = everyYear
    ? sql<boolean>`to_char(at at time zone 'UTC', 'MM-DD') = ${days}`
    : sql<boolean>`at >= ${`${day}T00:00:00Z`}::timestamptz and at < ${`${day}T00:00:00Z`}::timestamptz + interval '1 day'`
  const rows = filed.where('fieldId', '=', fieldId).where(match).where('contactId', '>', after).orderBy('contactId')
  return (await rows.limit(sql.lit(limit)).execute()).map(({ contactId }) => contactId)
}
