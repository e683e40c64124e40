import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one, sparseRows } from '../../database/wire.js'
import { alt, containing } from './orders.sql.js'

const { Coupon } = shapes

export interface CouponFields {
  readonly name: string
  readonly code: string
  readonly discountType: 'percentage' | 'amount'
  readonly discountValue: number
  readonly startDate: Date
  readonly endDate: Date | null
  readonly usageLimit: number | null
  readonly productIds: string[]
  readonly applyToFuturePayments: boolean
  readonly applyToFuturePaymentsConfig: string
  readonly limitPerCustomer: number
}

/** Whether it may be used is a question of the moment. */
const statusAt = (now: Date) =>
  sql<string>`case when "startDate" > ${now} then 'scheduled' when "endDate" <= ${now} then 'expired' else 'active' end`

const value = sql<number>`trim_scale("discountValue")`.as('discountValue')

const plain = [
  '_id',
  'usageCount',
  'limitPerCustomer',
  'name',
  'code',
  'discountType',
  'startDate',
  'endDate',
  'usageLimit',
  'productIds',
  'applyToFuturePayments',
  'applyToFuturePaymentsConfig',
  'userId',
  'createdAt',
  'updatedAt',
] as const

/** Coupons of one location, as they are at a moment. */
export const couponsOf = (db: Db, locationId: string, now: Date) => {
  const mine = db.selectFrom('coupons').where('locationId', '=', locationId)
  const wire = [...alt, value, statusAt(now).as('status')] as const
  return {
    list: async (filter: { status?: string; search?: string }, limit: number, offset: number) => {
      let asked = mine
      if (filter.status) asked = asked.where(statusAt(now), '=', filter.status)
      if (filter.search) {
        const like = containing(filter.search)
        asked = asked.where(sql<boolean>`(lower(name) like ${like} or lower(code) like ${like})`)
      }
      const { n } = await asked.select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
      const rows = asked.select(plain).select(wire).orderBy('createdAt', 'desc').orderBy('_id')
      return { data: await sparseRows(db, Coupon, rows.limit(sql.lit(limit)).offset(sql.lit(offset))), totalCount: n }
    },
    find: (by: { readonly id?: string | undefined; readonly code?: string | undefined }) => {
      let asked = mine.select(plain).select(wire)
      if (by.id) asked = asked.where('_id', '=', by.id)
      if (by.code) asked = asked.where(sql<string>`lower(code)`, '=', by.code.toLowerCase())
      return one(db, Coupon, asked)
    },
    /** Undefined where the code is taken. */
    add: (row: CouponFields & { readonly _id: string; readonly userId: string | null }) =>
      one(
        db,
        Coupon,
        db
          .insertInto('coupons')
          .values({ ...row, locationId, usageCount: 0, createdAt: now, updatedAt: now })
          .onConflict((conflict) => conflict.doNothing())
          .returning(plain)
          .returning(wire),
      ),
    /** Nobody else chooses a code here until the transaction ends. */
    holdCodes: () => sql`select pg_advisory_xact_lock(hashtextextended(${locationId}, 27))`.execute(db),
    isCodeTaken: async (code: string, exceptId: string) => {
      const other = mine.select('_id').where(sql<string>`lower(code)`, '=', code.toLowerCase()).where('_id', '!=', exceptId)
      return (await other.executeTakeFirst()) !== undefined
    },
    change: (id: string, row: CouponFields) =>
      one(
        db,
        Coupon,
        db
          .updateTable('coupons')
          .set({ ...row, updatedAt: now })
          .where('locationId', '=', locationId)
          .where('_id', '=', id)
          .returning(plain)
          .returning(wire),
      ),
    remove: async (id: string): Promise<boolean> => {
      const gone = db.deleteFrom('coupons').where('locationId', '=', locationId).where('_id', '=', id)
      return (await gone.executeTakeFirst()).numDeletedRows > 0n
    },

    /** The coupon of this code, locked: whoever counts its uses does so one after the other. */
    lockByCode: async (code: string) => {
      const row = await mine
        .selectAll()
        .select(statusAt(now).as('status'))
        .where(sql<string>`lower(code)`, '=', code.toLowerCase())
        .forUpdate()
        .executeTakeFirst()
      return row && { ...row, discountValue: Number(row.discountValue) }
    },
    /** Counts a use, or one less. */
    count: async (id: string, by: 1 | -1): Promise<void> => {
      await db
        .updateTable('coupons')
        .set({ usageCount: sql<number>`greatest("usageCount" + ${sql.lit(by)}, 0)` })
        .where('locationId', '=', locationId)
        .where('_id', '=', id)
        .execute()
    },
  }
}

export type CouponStored = NonNullable<Awaited<ReturnType<ReturnType<typeof couponsOf>['lockByCode']>>>
