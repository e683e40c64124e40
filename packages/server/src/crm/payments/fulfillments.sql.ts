import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one, sparseRows } from '../../database/wire.js'
import { alt } from './orders.sql.js'

const { Fulfillment } = shapes

const most = 1000

/** What of one order was sent. */
export const fulfillmentsOf = (db: Db, locationId: string, orderId: string) => {
  const mine = db.selectFrom('fulfillments').where('locationId', '=', locationId).where('orderId', '=', orderId)
  return {
    list: () =>
      sparseRows(db, Fulfillment, mine.selectAll().select(alt).orderBy('createdAt').orderBy('_id').limit(sql.lit(most))),
    items: async () => (await mine.select('items').limit(sql.lit(most)).execute()).map(({ items }) => items),
    add: (row: { readonly _id: string; readonly trackings: string; readonly items: string }, now: Date) =>
      one(
        db,
        Fulfillment,
        db
          .insertInto('fulfillments')
          .values({ ...row, locationId, orderId, createdAt: now, updatedAt: now })
          .returningAll()
          .returning(alt),
      ),
  }
}
