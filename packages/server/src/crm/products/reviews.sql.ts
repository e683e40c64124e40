import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one, sparseRows } from '../../database/wire.js'

const { Review } = shapes

export interface ReviewFilter {
  readonly rating?: number | undefined
  readonly from?: Date | undefined
  readonly until?: Date | undefined
  readonly productIds?: readonly string[] | undefined
  readonly storeIds?: readonly string[] | undefined
}

export interface ReviewFields {
  readonly status?: string
  readonly rating?: number
  readonly headline?: string
  readonly detail?: string
  readonly reply?: string
}

const alt = [sql<string>`"locationId"`.as('altId'), sql<string>`'location'`.as('altType')] as const
const texts = (values: readonly string[]) => sql`${sql.val([...values])}::text[]`

/** Reviews of products of one location. */
export const reviewsOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('productReviews').where('locationId', '=', locationId)
  const changed = (change: ReviewFields, now: Date) =>
    db
      .updateTable('productReviews')
      .set({ ...change, updatedAt: now })
      .where('locationId', '=', locationId)

  const matching = ({ rating, from, until, productIds, storeIds }: ReviewFilter) => {
    let rows = mine
    if (rating !== undefined) rows = rows.where('rating', '=', rating)
    if (from) rows = rows.where('createdAt', '>=', from)
    if (until) rows = rows.where('createdAt', '<', until)
    if (productIds) rows = rows.where(sql<boolean>`"productId" = any(${texts(productIds)})`)
    if (storeIds) rows = rows.where(sql<boolean>`"storeId" = any(${texts(storeIds)})`)
    return rows
  }

  return {
    list: async (
      filter: ReviewFilter,
      page: { limit: number; offset: number; sortField: 'createdAt' | 'rating'; sortOrder: 'asc' | 'desc' },
    ) => {
      const asked = matching(filter)
      const { n } = await asked.select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
      const rows = asked.selectAll().select(alt).orderBy(page.sortField, page.sortOrder).orderBy('_id')
      const some = rows.limit(sql.lit(page.limit)).offset(sql.lit(page.offset))
      return { data: await sparseRows(db, Review, some), total: n }
    },
    countByStatus: (filter: ReviewFilter) =>
      matching(filter)
        .select(({ fn }) => ['status', fn.countAll<number>().as('count')])
        .groupBy('status')
        .orderBy('status')
        .limit(sql.lit(100))
        .execute(),
    add: (
      row: {
        readonly _id: string
        readonly productId: string
        readonly storeId: string | null
        readonly rating: number
        readonly headline: string | null
        readonly detail: string | null
        readonly user: string | null
      },
      now: Date,
    ) =>
      one(
        db,
        Review,
        db
          .insertInto('productReviews')
          .values({ ...row, locationId, status: 'pending', reply: '[]', createdAt: now, updatedAt: now })
          .returningAll()
          .returning(alt),
      ),
    change: async (id: string, productId: string, change: ReviewFields, now: Date): Promise<boolean> => {
      const rows = changed(change, now).where('_id', '=', id).where('productId', '=', productId)
      return (await rows.executeTakeFirst()).numUpdatedRows > 0n
    },
    /** @returns how many there were */
    setStatus: async (ids: readonly string[], status: string, now: Date): Promise<number> => {
      const rows = changed({ status }, now).where(sql<boolean>`_id = any(${texts(ids)})`)
      return Number((await rows.executeTakeFirst()).numUpdatedRows)
    },
    remove: async (id: string, productId: string): Promise<boolean> => {
      const gone = db.deleteFrom('productReviews').where('locationId', '=', locationId).where('_id', '=', id)
      return (await gone.where('productId', '=', productId).executeTakeFirst()).numDeletedRows > 0n
    },
  }
}
