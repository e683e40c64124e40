import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one, sparseRows } from '../../database/wire.js'

const { Tax } = shapes

/** A list without paging needs an end. */
const mostTaxes = 500

const rate = sql<number>`trim_scale(rate)`.as('rate')

export interface TaxFields {
  readonly name: string
  readonly rate: number
  readonly calculation: 'exclusive' | 'inclusive'
}

/** Taxes of one location. */
export const taxesOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('taxes').where('locationId', '=', locationId)
  const rest = ['_id', 'locationId', 'name', 'calculation', 'createdAt', 'updatedAt'] as const
  return {
    list: () => sparseRows(db, Tax, mine.select(rest).select(rate).orderBy('name').orderBy('_id').limit(sql.lit(mostTaxes))),
    /** Those of the ids that there are, for a calculation. */
    among: async (ids: readonly string[]) => {
      if (ids.length === 0) return []
      const asked = mine.select(['_id', 'name', 'rate', 'calculation']).where(sql<boolean>`_id = any(${sql.val(ids)}::text[])`)
      const rows = await asked.orderBy('_id').limit(sql.lit(mostTaxes)).execute()
      return rows.map((row) => ({ ...row, rate: Number(row.rate) }))
    },
    add: (_id: string, row: TaxFields, now: Date) =>
      one(
        db,
        Tax,
        db
          .insertInto('taxes')
          .values({ ...row, _id, locationId, createdAt: now, updatedAt: now })
          .returning(rest)
          .returning(rate),
      ),
    change: (id: string, row: TaxFields, now: Date) =>
      one(
        db,
        Tax,
        db
          .updateTable('taxes')
          .set({ ...row, updatedAt: now })
          .where('locationId', '=', locationId)
          .where('_id', '=', id)
          .returning(rest)
          .returning(rate),
      ),
    remove: async (id: string): Promise<boolean> => {
      const gone = db.deleteFrom('taxes').where('locationId', '=', locationId).where('_id', '=', id)
      return (await gone.executeTakeFirst()).numDeletedRows > 0n
    },
  }
}
