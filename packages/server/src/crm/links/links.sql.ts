import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one, page } from '../../database/wire.js'

const { Link } = shapes

export interface NewLink {
  readonly id: string
  readonly name: string
  readonly redirectTo: string
  readonly dateAdded: Date
}

/** A list without paging needs an end. */
const mostLinks = 10_000

const derived = sql<string>`'{{trigger_link.' || id || '}}'`.as('fieldKey')

/** Trigger links of one location. */
export const linksOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('links').where('locationId', '=', locationId)
  const newestFirst = mine.selectAll().select(derived).orderBy('dateAdded', 'desc').orderBy('id', 'desc')
  return {
    list: () => page(db, Link, newestFirst.limit(sql.lit(mostLinks))),
    search: (query: string | undefined, limit: number, skip: number) => {
      const pattern = `%${(query ?? '')
        .trim()
        .toLowerCase()
        .replace(/[\\%_]/g, '\\$&')}%`
      const matching = newestFirst.where(sql<boolean>`lower(name || ' ' || "redirectTo") like ${pattern}`)
      return page(db, Link, matching.limit(sql.lit(limit)).offset(sql.lit(skip)), { search: true })
    },
    existing: async (ids: readonly string[]) => {
      const rows = await mine
        .select('id')
        .where('id', 'in', [...ids])
        .execute()
      return rows.map(({ id }) => id)
    },
    find: (id: string) => one(db, Link, mine.selectAll().select(derived).where('id', '=', id)),
    add: ({ dateAdded, ...row }: NewLink) =>
      one(
        db,
        Link,
        db
          .insertInto('links')
          .values({ ...row, locationId, dateAdded, dateUpdated: dateAdded })
          .returningAll()
          .returning(derived),
      ),
    change: (id: string, change: { name: string; redirectTo: string }, dateUpdated: Date) =>
      one(
        db,
        Link,
        db
          .updateTable('links')
          .set({ ...change, dateUpdated })
          .where('locationId', '=', locationId)
          .where('id', '=', id)
          .returningAll()
          .returning(derived),
      ),
    remove: async (id: string) => {
      const gone = db.deleteFrom('links').where('locationId', '=', locationId).where('id', '=', id).returning('id')
      return gone.executeTakeFirst()
    },
  }
}

/** Where a link leads, whosever it is: whoever follows it has nothing but its id. */
export const linkById = (db: Db, id: string) =>
  db.selectFrom('links').select(['locationId', 'id', 'redirectTo']).where('id', '=', id).executeTakeFirst()
