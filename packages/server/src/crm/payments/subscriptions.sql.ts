import { shapes } from '@groundlevel/contracts'
import { type Insertable, sql, type Updateable } from 'kysely'
import type { Tables } from '../../database/tables.js'
import { type Db, one, sparseRows } from '../../database/wire.js'
import { idsAssigned } from '../contacts/index.js'
import type { DayRange } from '../money/index.js'
import { alt, amount, containing, markAsTest, sourceAs } from './orders.sql.js'
import { flat, paidThrough } from './transactions.sql.js'

const { Subscription, SubscriptionRow } = shapes

export type NewSubscription = Omit<Insertable<Tables['subscriptions']>, 'locationId'>

export interface SubscriptionFilter extends DayRange {
  readonly onlyAssignedTo?: string | undefined
  readonly paymentMode?: string | undefined
  readonly entitySourceType?: string | undefined
  readonly search?: string | undefined
  readonly entityId?: string | undefined
  readonly contactId?: string | undefined
  readonly id?: string | undefined
}

const snapshot = sql<unknown>`jsonb_build_object('status', status, 'start_time', iso("startedAt"), 'next_payment', iso("nextAt"),
  'cycles_done', "cyclesDone", 'total_cycles', "totalCycles", 'quantity', (item ->> 'qty')::integer) || coalesce("providerSnapshot", '{}')`.as(
  'subscriptionSnapshot',
)

const order = sql<string>`'order'`.as('entityType')
const own = sql<string>`_id`.as('subscriptionId')

const inRow = (locationId: string, counted: boolean) =>
  [
    ...alt,
    ...flat,
    amount,
    snapshot,
    order,
    own,
    counted
      ? sql<number | null>`(select count(*)::integer from transactions t where t."locationId" = ${locationId}
          and t."subscriptionId" = subscriptions._id and t.status = 'succeeded')`.as('paymentsCollectedCount')
      : sql<number | null>`null::integer`.as('paymentsCollectedCount'),
  ] as const

const inOne = [
  ...alt,
  amount,
  markAsTest,
  snapshot,
  order,
  own,
  sourceAs('entitySource'),
  paidThrough,
  sql<unknown>`jsonb_build_object('enable', provider <> 'manual')`.as('autoPayment'),
  sql<unknown>`item`.as('recurringProduct'),
  sql<unknown>`null::jsonb`.as('meta'),
  sql<unknown>`case when "nextAt" is not null then jsonb_build_object('executeAt', iso("nextAt"), 'rrule', jsonb_build_object(
    'intervalType', case recurring ->> 'interval' when 'day' then 'daily' when 'week' then 'weekly' when 'month' then 'monthly'
      else 'yearly' end,
    'interval', (recurring ->> 'intervalCount')::integer, 'startDate', left(iso("startedAt"), 10), 'count', "totalCycles")) end`.as(
    'schedule',
  ),
] as const

/** Subscriptions of one location. */
export const subscriptionsOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('subscriptions').where('locationId', '=', locationId)

  const matching = (filter: SubscriptionFilter) => {
    const { paymentMode, entitySourceType, search, entityId, contactId, id, from, until, onlyAssignedTo } = filter
    let rows = mine
    if (paymentMode === 'live' || paymentMode === 'test') rows = rows.where('liveMode', '=', paymentMode === 'live')
    else if (paymentMode) rows = rows.where('provider', '=', paymentMode)
    if (entitySourceType) rows = rows.where('sourceType', '=', entitySourceType)
    if (search) rows = rows.where(sql<boolean>`"searchText" like ${containing(search)}`)
    if (entityId) rows = rows.where('entityId', '=', entityId)
    if (contactId) rows = rows.where('contactId', '=', contactId)
    if (onlyAssignedTo) rows = rows.where('contactId', 'in', idsAssigned(db, locationId, onlyAssignedTo))
    if (id) rows = rows.where('_id', '=', id)
    if (from) rows = rows.where('createdAt', '>=', from)
    if (until) rows = rows.where('createdAt', '<', until)
    return rows
  }

  return {
    list: async (filter: SubscriptionFilter, counted: boolean, limit: number, offset: number) => {
      const asked = matching(filter)
      const { n } = await asked.select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
      const rows = asked.selectAll().select(inRow(locationId, counted)).orderBy('createdAt', 'desc').orderBy('_id')
      return { data: await sparseRows(db, SubscriptionRow, rows.limit(sql.lit(limit)).offset(sql.lit(offset))), totalCount: n }
    },
    find: (id: string) => one(db, Subscription, mine.selectAll().select(inOne).where('_id', '=', id)),
    lock: (id: string) => mine.selectAll().where('_id', '=', id).forUpdate().executeTakeFirst(),
    /** As it stands, held by nobody. */
    row: (id: string) => mine.selectAll().where('_id', '=', id).executeTakeFirst(),
    /** Unless it has ended meanwhile. @returns whether this did */
    cancel: async (id: string, by: string | null, now: Date): Promise<boolean> => {
      const end = { status: 'canceled', nextAt: null, canceledAt: now, canceledBy: by, updatedAt: now }
      const one = db.updateTable('subscriptions').set(end).where('locationId', '=', locationId).where('_id', '=', id)
      return (await one.where('status', '<>', 'canceled').returning('_id').executeTakeFirst()) !== undefined
    },
    exists: async (id: string) => (await mine.select('_id').where('_id', '=', id).executeTakeFirst()) !== undefined,
    addAll: async (rows: readonly NewSubscription[]): Promise<void> => {
      if (rows.length === 0) return
      await db
        .insertInto('subscriptions')
        .values(rows.map((row) => ({ ...row, locationId })))
        .execute()
    },
    change: async (id: string, change: Updateable<Tables['subscriptions']>): Promise<void> => {
      await db.updateTable('subscriptions').set(change).where('locationId', '=', locationId).where('_id', '=', id).execute()
    },
    /** Unless somebody else has let it come round meanwhile. */
    postpone: async ({ _id, nextAt: before }: { _id: string; nextAt: Date | null }, nextAt: Date): Promise<void> => {
      const one = db.updateTable('subscriptions').set({ nextAt }).where('locationId', '=', locationId).where('_id', '=', _id)
      await one.where('nextAt', '=', before).execute()
    },
  }
}

/** A subscription of any sub-account that is due, held by this transaction; others take other ones meanwhile. */
export const dueSubscription = (db: Db, now: Date) =>
  db
    .selectFrom('subscriptions')
    .selectAll()
    .where('nextAt', '<=', now)
    .orderBy('nextAt')
    .limit(sql.lit(1))
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()

export type DueSubscription = NonNullable<Awaited<ReturnType<typeof dueSubscription>>>
