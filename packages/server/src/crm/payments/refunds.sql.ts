import { shapes } from '@groundlevel/contracts'
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Tables } from '../../database/tables.js'
import { type Db, one, sparseRows } from '../../database/wire.js'
import { amount } from './orders.sql.js'

type Refunds = Tables['refunds']

export type RefundStored = Selectable<Refunds>

/** Nobody asks for more of one payment back than this. */
const mostRefunds = 1000

/** What was asked back of payments of one location. */
export const refundsOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('refunds').where('locationId', '=', locationId)
  return {
    list: (transactionId: string) =>
      sparseRows(
        db,
        shapes.Refund,
        mine
          .selectAll()
          .select(amount)
          .where('transactionId', '=', transactionId)
          .orderBy('createdAt')
          .orderBy('_id')
          .limit(sql.lit(mostRefunds)),
      ),
    find: (id: string) => one(db, shapes.Refund, mine.selectAll().select(amount).where('_id', '=', id)),
    stored: (id: string): Promise<RefundStored | undefined> => mine.selectAll().where('_id', '=', id).executeTakeFirst(),
    lock: (id: string): Promise<RefundStored | undefined> =>
      mine.selectAll().where('_id', '=', id).forUpdate().executeTakeFirst(),
    /** What of a payment is asked back, and may be given back already. */
    pendingOf: async (transactionId: string): Promise<number> => {
      const { sum } = await mine
        .select(sql<number>`coalesce(sum("amountMinor"), 0)::bigint`.as('sum'))
        .where('transactionId', '=', transactionId)
        .where('status', '=', 'pending')
        .executeTakeFirstOrThrow()
      return sum
    },
    add: async (row: Omit<Insertable<Refunds>, 'locationId'>): Promise<void> => {
      await db
        .insertInto('refunds')
        .values({ ...row, locationId })
        .execute()
    },
    change: async (id: string, change: Updateable<Refunds>): Promise<void> => {
      await db.updateTable('refunds').set(change).where('locationId', '=', locationId).where('_id', '=', id).execute()
    },
  }
}

/** Refunds of any sub-account whose provider is to be asked, each taken by one: they come again at `nextAt` at the earliest. */
export const takeDueRefunds = async (db: Db, now: Date, nextAt: Date, most: number): Promise<RefundStored[]> => {
  const due = db
    .selectFrom('refunds')
    .select(['locationId', '_id'])
    .where('askAt', '<=', now)
    .orderBy('askAt')
    .limit(sql.lit(most))
    .forUpdate()
    .skipLocked()
  const { rows } = await sql<RefundStored>`update refunds r set "askAt" = ${nextAt}, tries = r.tries + 1 from (${due}) d
    where r."locationId" = d."locationId" and r._id = d._id returning r.*`.execute(db)
  return rows
}
