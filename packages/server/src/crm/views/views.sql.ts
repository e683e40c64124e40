import { api } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one, page } from '../../database/wire.js'

const { view: SavedView } = api.views.saved.create.reply.properties

/** Who keeps views, and where. */
export interface ViewOwner {
  readonly accountId: string
  readonly locationId: string
}

export interface NewView {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly definition: object
  readonly now: Date
}

export const mostViews = 100

/** Views that one person keeps in one sub-account. */
export const viewsOf = (db: Db, owner: ViewOwner) => {
  const mine = db.selectFrom('savedViews').where((eb) => eb.and(owner))
  return {
    list: (kind: string) =>
      page(db, SavedView, mine.selectAll().where('kind', '=', kind).orderBy(sql`lower(name)`).limit(sql.lit(mostViews))),
    count: async (kind: string) => {
      const row = await mine
        .select((eb) => eb.fn.countAll<number>().as('size'))
        .where('kind', '=', kind)
        .executeTakeFirstOrThrow()
      return Number(row.size)
    },
    add: ({ definition, now, ...view }: NewView) =>
      one(
        db,
        SavedView,
        db
          .insertInto('savedViews')
          .values({ ...owner, ...view, definition: JSON.stringify(definition), dateAdded: now, dateUpdated: now })
          .onConflict((conflict) => conflict.doNothing())
          .returningAll(),
      ),
    nameTaken: async (kind: string, name: string, butId = '') =>
      (await mine
        .select('id')
        .where('kind', '=', kind)
        .where(sql<string>`lower(name)`, '=', name.toLowerCase())
        .where('id', '<>', butId)
        .executeTakeFirst()) !== undefined,
    lock: (id: string) => mine.select(['kind']).where('id', '=', id).forUpdate().executeTakeFirst(),
    change: (id: string, { name, definition }: { name?: string | undefined; definition?: object | undefined }, now: Date) =>
      one(
        db,
        SavedView,
        db
          .updateTable('savedViews')
          .set({
            dateUpdated: now,
            ...(name === undefined ? {} : { name }),
            ...(definition === undefined ? {} : { definition: JSON.stringify(definition) }),
          })
          .where((eb) => eb.and({ ...owner, id }))
          .returningAll(),
      ),
    remove: async (id: string) =>
      (await db
        .deleteFrom('savedViews')
        .where((eb) => eb.and({ ...owner, id }))
        .returning('id')
        .executeTakeFirst()) !== undefined,
  }
}
