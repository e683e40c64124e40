import { shapes } from '@groundlevel/contracts'
import { type Insertable, sql, type Updateable } from 'kysely'
import type { Tables } from '../../database/tables.js'
import { type Db, one, sparseRows } from '../../database/wire.js'
import { idsAssigned } from '../contacts/index.js'
import type { DayRange } from '../money/index.js'
import { alt, amount, amountRefunded, containing, markAsTest, sourceAs } from './orders.sql.js'

const { Transaction, TransactionRow } = shapes

export type NewTransaction = Omit<Insertable<Tables['transactions']>, 'locationId'>

export interface TransactionFilter extends DayRange {
  readonly onlyAssignedTo?: string | undefined
  readonly paymentMode?: string | undefined
  readonly entitySourceType?: string | undefined
  readonly entitySourceSubType?: string | undefined
  readonly search?: string | undefined
  readonly subscriptionId?: string | undefined
  readonly entityId?: string | undefined
  readonly contactId?: string | undefined
}

/** Source and provider as the rows of lists have them. */
export const flat = [
  sql<string>`"sourceType"`.as('entitySourceType'),
  sql<string | null>`"sourceSubType"`.as('entitySourceSubType'),
  sql<string | null>`"sourceName"`.as('entitySourceName'),
  sql<string>`"sourceId"`.as('entitySourceId'),
  sql<unknown>`"sourceMeta"`.as('entitySourceMeta'),
  sql<string>`provider`.as('paymentProviderType'),
  sql<string | null>`"providerId"`.as('paymentProviderConnectedAccount'),
] as const

/** Who takes the money: an app by its id as a provider, people and the test provider by their names. */
export const paidThrough = sql<unknown>`jsonb_strip_nulls(jsonb_build_object('type', provider, 'connectedAccount',
  case when "providerId" is not null then jsonb_build_object('_id', "providerId") end))`.as('paymentProvider')

const inRow = [...alt, ...flat, amount, amountRefunded] as const

const inOne = [
  ...alt,
  amount,
  amountRefunded,
  markAsTest,
  sourceAs('entitySource'),
  paidThrough,
  sql<boolean>`true`.as('isParent'),
  sql<boolean>`false`.as('qboSynced'),
] as const

/** Transactions of one location. */
export const transactionsOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('transactions').where('locationId', '=', locationId)

  const matching = (filter: TransactionFilter) => {
    const { paymentMode, entitySourceType, entitySourceSubType, search, subscriptionId, entityId, contactId } = filter
    const { from, until, onlyAssignedTo } = filter
    let rows = mine
    if (paymentMode === 'live' || paymentMode === 'test') rows = rows.where('liveMode', '=', paymentMode === 'live')
    else if (paymentMode) rows = rows.where(sql<boolean>`"paymentMethod" ->> 'mode' = ${paymentMode}`)
    if (entitySourceType) rows = rows.where('sourceType', '=', entitySourceType)
    if (entitySourceSubType) rows = rows.where('sourceSubType', '=', entitySourceSubType)
    if (search) rows = rows.where(sql<boolean>`"searchText" like ${containing(search)}`)
    if (subscriptionId) rows = rows.where('subscriptionId', '=', subscriptionId)
    if (entityId) rows = rows.where('entityId', '=', entityId)
    if (contactId) rows = rows.where('contactId', '=', contactId)
    if (onlyAssignedTo) rows = rows.where('contactId', 'in', idsAssigned(db, locationId, onlyAssignedTo))
    if (from) rows = rows.where('createdAt', '>=', from)
    if (until) rows = rows.where('createdAt', '<', until)
    return rows
  }

  return {
    list: async (filter: TransactionFilter, limit: number, offset: number) => {
      const asked = matching(filter)
      const { n } = await asked.select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
      const rows = asked.selectAll().select(inRow).orderBy('createdAt', 'desc').orderBy('_id')
      return { data: await sparseRows(db, TransactionRow, rows.limit(sql.lit(limit)).offset(sql.lit(offset))), totalCount: n }
    },
    find: (id: string) => one(db, Transaction, mine.selectAll().select(inOne).where('_id', '=', id)),
    /** Which order it paid, without a lock: the order is locked before what paid it. */
    orderOf: async (id: string) => (await mine.select('entityId').where('_id', '=', id).executeTakeFirst())?.entityId,
    stored: (id: string) => mine.selectAll().where('_id', '=', id).executeTakeFirst(),
    lock: (id: string) => mine.selectAll().where('_id', '=', id).forUpdate().executeTakeFirst(),
    /** What a buyer has begun to pay of an order, by this provider, and has not finished. */
    begun: (orderId: string, providerId: string, amountMinor: number) =>
      mine
        .select(['_id', 'subscriptionId'])
        .where('entityId', '=', orderId)
        .where('providerId', '=', providerId)
        .where('status', '=', 'pending')
        .where('amountMinor', '=', amountMinor)
        .where(sql<boolean>`"paymentMethod" ->> 'mode' = 'checkout'`)
        .orderBy('createdAt', 'desc')
        .limit(sql.lit(1))
        .executeTakeFirst(),
    /** A payment that has begun, where it is one of this order. */
    ofOrder: (id: string, orderId: string) =>
      mine
        .select(['providerId', 'subscriptionId', 'status'])
        .where('_id', '=', id)
        .where('entityId', '=', orderId)
        .executeTakeFirst(),
    isOf: async (id: string, providerId: string) =>
      (await mine.select('_id').where('_id', '=', id).where('providerId', '=', providerId).executeTakeFirst()) !== undefined,
    /** Whether a saved payment method is being charged for an order since a moment. */
    isCharging: async (orderId: string, since: Date): Promise<boolean> => {
      const pending = mine.select('_id').where('entityId', '=', orderId).where('status', '=', 'pending')
      const saved = pending.where(sql<boolean>`"paymentMethod" ->> 'mode' = 'saved'`).where('createdAt', '>=', since)
      return (await saved.limit(sql.lit(1)).executeTakeFirst()) !== undefined
    },
    /** Nobody else counts this charge until the transaction ends. */
    holdCharge: (providerId: string, chargeId: string) =>
      sql`select pg_advisory_xact_lock(hashtextextended(${`${locationId} ${providerId} ${chargeId}`}, 45))`.execute(db),
    ofCharge: (providerId: string, chargeId: string) =>
      mine.select(['_id', 'status']).where('providerId', '=', providerId).where('chargeId', '=', chargeId).executeTakeFirst(),
    /** What came in for an order and was not given back. */
    keptOf: async (orderId: string): Promise<number> => {
      const { sum } = await mine
        .select(sql<number>`coalesce(sum("amountMinor" - "refundedMinor"), 0)::bigint`.as('sum'))
        .where('entityId', '=', orderId)
        .where('status', 'in', ['succeeded', 'partially_refunded', 'refunded'])
        .executeTakeFirstOrThrow()
      return sum
    },
    add: async (row: NewTransaction): Promise<void> => {
      await db
        .insertInto('transactions')
        .values({ ...row, locationId })
        .execute()
    },
    change: (id: string, change: Updateable<Tables['transactions']>) =>
      one(
        db,
        Transaction,
        db
          .updateTable('transactions')
          .set(change)
          .where('locationId', '=', locationId)
          .where('_id', '=', id)
          .returningAll()
          .returning(inOne),
      ),
  }
}
