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
