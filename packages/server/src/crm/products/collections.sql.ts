import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one, sparseRows } from '../../database/wire.js'

const { Collection } = shapes

export interface CollectionFields {
  readonly name: string
  readonly slug: string
  readonly image: string
  readonly seo: string
}

const containing = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`
const altId = sql<string>`"locationId"`.as('altId')

/** Collections of products of one location. */
export const collectionsOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('productCollections').where('locationId', '=', locationId)
  return {
    list: async (ids: readonly string[] | undefined, name: string | undefined, limit: number, offset: number) => {
      let asked = mine
      if (ids) asked = asked.where(sql<boolean>`_id = any(${sql.val(ids)}::text[])`)
      if (name) asked = asked.where('name', 'ilike', containing(name))
      const { n } = await asked.select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
      const rows = asked.selectAll().select(altId).orderBy('createdAt', 'desc').orderBy('_id')
      return { data: await sparseRows(db, Collection, rows.limit(sql.lit(limit)).offset(sql.lit(offset))), total: n }
    },
    idsBySlug: async (slug: string) => {
      const rows = await mine.select('_id').where('slug', '=', slug).limit(sql.lit(1)).execute()
      return rows.map(({ _id }) => _id)
    },
    find: (id: string) => one(db, Collection, mine.selectAll().select(altId).where('_id', '=', id)),
    lock: (id: string) => mine.select('slug').where('_id', '=', id).forUpdate().executeTakeFirst(),
    /** Undefined where its id or its slug is taken. */
    add: (row: CollectionFields & { readonly _id: string }, now: Date) =>
      one(
        db,
        Collection,
        db
          .insertInto('productCollections')
          .values({ ...row, locationId, createdAt: now, updatedAt: now })
          .onConflict((conflict) => conflict.doNothing())
          .returningAll()
          .returning(altId),
      ),
    isSlugTaken: async (slug: string, exceptId: string) =>
      (await mine.select('_id').where('slug', '=', slug).where('_id', '!=', exceptId).executeTakeFirst()) !== undefined,
    holdSlugs: () => sql`select pg_advisory_xact_lock(hashtextextended(${locationId}, 26))`.execute(db),
    change: async (id: string, change: Partial<CollectionFields>, now: Date): Promise<boolean> => {
      const changed = db.updateTable('productCollections').set({ ...change, updatedAt: now })
      const { numUpdatedRows } = await changed.where('locationId', '=', locationId).where('_id', '=', id).executeTakeFirst()
      return numUpdatedRows > 0n
    },
    /** Its products stay, and are in it no longer. */
    remove: async (id: string): Promise<boolean> => {
      const gone = db.deleteFrom('productCollections').where('locationId', '=', locationId).where('_id', '=', id)
      if ((await gone.executeTakeFirst()).numDeletedRows === 0n) return false
      await db
        .updateTable('products')
        .set({ collectionIds: sql<string[]>`array_remove("collectionIds", ${id})` })
        .where('locationId', '=', locationId)
        .where(sql<boolean>`"collectionIds" && array[${id}]::text[]`)
        .execute()
      return true
    },
  }
}
