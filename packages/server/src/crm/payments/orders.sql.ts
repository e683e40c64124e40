import { shapes } from '@groundlevel/contracts'
import { type Insertable, sql, type Updateable } from 'kysely'
import type { Tables } from '../../database/tables.js'
import { type Db, one, sparseRows } from '../../database/wire.js'
import { idsAssigned } from '../contacts/index.js'
import type { DayRange } from '../money/index.js'

const { Order, OrderNote, OrderRow } = shapes

export type NewOrder = Omit<Insertable<Tables['orders']>, 'locationId'>
export type OrderChange = Updateable<Tables['orders']>

/** What of orders a list is asked for. */
export interface OrderFilter extends DayRange {
  readonly onlyAssignedTo?: string | undefined
  readonly status?: string | undefined
  readonly paymentStatus?: string | undefined
  readonly paymentMode?: string | undefined
  readonly search?: string | undefined
  readonly contactId?: string | undefined
  readonly productIds?: readonly string[] | undefined
  readonly sourceId?: string | undefined
}

export const containing = (text: string) => `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`

/** The tenant in the words of this family. */
export const alt = [sql<string>`"locationId"`.as('altId'), sql<string>`'location'`.as('altType')] as const
export const amount = sql<number>`major("amountMinor", digits)`.as('amount')
export const amountRefunded = sql<number>`major("refundedMinor", digits)`.as('amountRefunded')
export const markAsTest = sql<boolean>`not "liveMode"`.as('markAsTest')

/** Where it came from, as one object. */
export const sourceAs = <N extends string>(name: N) =>
  sql<unknown>`jsonb_build_object('type', "sourceType", 'subType', "sourceSubType", 'id', "sourceId", 'name', "sourceName",
    'meta', "sourceMeta")`.as(name)

const inOne = [
  ...alt,
  amount,
  amountRefunded,
  markAsTest,
  sourceAs('source'),
  sql<number>`major("paidMinor", digits)`.as('amountPaid'),
  sql<unknown>`jsonb_build_object('subtotal', major("subtotalMinor", digits), 'discount', major("discountMinor", digits),
    'tax', major("taxMinor", digits), 'shipping', major("shippingMinor", digits))`.as('amountSummary'),
  sql<boolean>`false`.as('automaticTaxesCalculated'),
] as const

const inRow = [
  ...alt,
  amount,
  sql<number>`major("subtotalMinor", digits)`.as('subtotal'),
  sql<number>`major("discountMinor", digits)`.as('discount'),
] as const

/** Orders of one location. */
export const ordersOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('orders').where('orders.locationId', '=', locationId)

  const paidBy = (mode: string) => sql<boolean>`exists (select from transactions t where t."locationId" = ${locationId}
    and t."entityId" = orders._id and t."paymentMethod" ->> 'mode' = ${mode})`

  const matching = (filter: OrderFilter) => {
    const { status, paymentStatus, paymentMode, search, contactId, productIds, sourceId, from, until, onlyAssignedTo } = filter
    let rows = mine
    if (status) rows = rows.where('status', '=', status)
    if (paymentStatus) rows = rows.where('paymentStatus', '=', paymentStatus)
    if (paymentMode === 'live' || paymentMode === 'test') rows = rows.where('liveMode', '=', paymentMode === 'live')
    else if (paymentMode) rows = rows.where(paidBy(paymentMode))
    if (search) rows = rows.where(sql<boolean>`"searchText" like ${containing(search)}`)
    if (contactId) rows = rows.where('contactId', '=', contactId)
    if (onlyAssignedTo) rows = rows.where('contactId', 'in', idsAssigned(db, locationId, onlyAssignedTo))
    if (productIds) rows = rows.where(sql<boolean>`"productIds" && ${sql.val([...productIds])}::text[]`)
    if (sourceId) rows = rows.where('sourceId', '=', sourceId)
    if (from) rows = rows.where('createdAt', '>=', from)
    if (until) rows = rows.where('createdAt', '<', until)
    return rows
  }

  return {
    list: async (filter: OrderFilter, limit: number, offset: number) => {
      const asked = matching(filter)
      const { n } = await asked.select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
      const rows = asked.selectAll().select(inRow).orderBy('createdAt', 'desc').orderBy('_id')
      return { data: await sparseRows(db, OrderRow, rows.limit(sql.lit(limit)).offset(sql.lit(offset))), totalCount: n }
    },
    find: (id: string) => one(db, Order, mine.selectAll().select(inOne).where('_id', '=', id)),
    exists: async (id: string) => (await mine.select('_id').where('_id', '=', id).executeTakeFirst()) !== undefined,
    stored: (id: string) => mine.selectAll().where('_id', '=', id).executeTakeFirst(),
    /** As it is stored, locked until the transaction ends. */
    lock: (id: string) => mine.selectAll().where('_id', '=', id).forUpdate().executeTakeFirst(),
    add: (row: NewOrder) =>
      one(
        db,
        Order,
        db
          .insertInto('orders')
          .values({ ...row, locationId })
          .returningAll()
          .returning(inOne),
      ),
    change: (id: string, change: OrderChange) =>
      one(
        db,
        Order,
        db
          .updateTable('orders')
          .set(change)
          .where('locationId', '=', locationId)
          .where('_id', '=', id)
          .returningAll()
          .returning(inOne),
      ),
    remove: async (id: string): Promise<void> => {
      await db.deleteFrom('orders').where('locationId', '=', locationId).where('_id', '=', id).execute()
    },
    /** Whether this contact has used the coupon in an order that still stands. */
    hasUsed: async (couponId: string, contactId: string, exceptOrderId: string): Promise<boolean> => {
      const used = mine.select('_id').where('couponId', '=', couponId).where('contactId', '=', contactId)
      const other = used.where('status', '!=', 'cancelled').where('_id', '!=', exceptOrderId)
      return (await other.executeTakeFirst()) !== undefined
    },
  }
}

export type OrderStored = NonNullable<Awaited<ReturnType<ReturnType<typeof ordersOf>['lock']>>>

/** More notes of one order than anybody writes. */
const mostNotes = 1000

/** Notes of one order. */
export const orderNotesOf = (db: Db, locationId: string, orderId: string) => ({
  list: () =>
    sparseRows(
      db,
      OrderNote,
      db
        .selectFrom('orderNotes')
        .selectAll()
        .where('locationId', '=', locationId)
        .where('orderId', '=', orderId)
        .orderBy('createdAt', 'desc')
        .orderBy('_id')
        .limit(sql.lit(mostNotes)),
    ),
  add: (row: { readonly _id: string; readonly body: string; readonly userId: string | null; readonly createdAt: Date }) =>
    one(
      db,
      OrderNote,
      db
        .insertInto('orderNotes')
        .values({ ...row, locationId, orderId })
        .returningAll(),
    ),
})
