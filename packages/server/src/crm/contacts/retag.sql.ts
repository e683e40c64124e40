import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, each } from '../../database/wire.js'
import type { Author } from '../../http/author.js'
import { inOne } from './contacts.sql.js'

const { Contact } = shapes

/** A tag that is to become another, or to go. */
export interface Retagging {
  readonly from: string
  readonly to: string | undefined
  readonly by: Author
}

/** A tag keeps its place; one that is there already does not come twice. */
const without = ({ from, to }: Retagging) =>
  to === undefined
    ? sql<string[]>`array_remove(tags, ${from}::text)`
    : sql<string[]>`case when tags @> array[${to}::text] then array_remove(tags, ${from}::text)
        else array_replace(tags, ${from}::text, ${to}::text) end`

const changing = (db: Db, locationId: string, change: Retagging) =>
  db
    .updateTable('contacts')
    .set({ tags: without(change), lastUpdatedBy: JSON.stringify(change.by), dateUpdated: change.by.timestamp })
    .where('locationId', '=', locationId)

const tagged = (tag: string) => sql<boolean>`tags @> array[${tag}::text]`

/** Changes every contact that has the tag, in one statement. */
export const retagAll = (db: Db, locationId: string, change: Retagging) =>
  changing(db, locationId, change).where(tagged(change.from)).execute()

/** Changes at most `size` of them. @returns each as single-contact replies have it */
export const retagSome = (db: Db, locationId: string, change: Retagging, size: number) => {
  const some = db.selectFrom('contacts').select('id').where('locationId', '=', locationId).where(tagged(change.from))
  const locked = some.orderBy('id').limit(sql.lit(size)).forUpdate()
  return each(db, Contact, changing(db, locationId, change).where('id', 'in', locked).returningAll().returning(inOne))
}

/** One more than is counted exactly. */
const mostCounted = 10_001

/** How many contacts have each of the tags; who has more than ten thousand has ten thousand and one. */
export const countTagged = async (db: Db, locationId: string, names: readonly string[]) => {
  if (names.length === 0) return []
  const { rows } = await sql<{ name: string; contacts: number }>`
    select t.name, (
      select count(*)::int from (
        select 1 from contacts c where c."locationId" = ${locationId} and c.tags @> array[t.name] limit ${sql.lit(mostCounted)}
      ) few
    ) as contacts
    from unnest(${sql.val([...names])}::text[]) with ordinality as t (name, at) order by t.at
  `.execute(db)
  return rows
}
