import { shapes } from '@groundlevel/contracts'
import { type Insertable, sql, type Updateable } from 'kysely'
import type { Tables } from '../../database/tables.js'
import { type Db, one, sparseRows } from '../../database/wire.js'
import type { DayRange } from '../money/index.js'
import { alt, amount, amountRefunded, containing, markAsTest, sourceAs } from './orders.sql.js'

const { Transaction, TransactionRow } = shapes

export type NewTransaction = Omit<Insertable<Tables['transactions']>, 'locationId'>

export interface TransactionFilter extends DayRange {
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
  sql<string | null>`null::text`.as('paymentProviderConnectedAccount'),
] as const

const inRow = [...alt, ...flat, amount, amountRefunded] as const

const inOne = [
  ...alt,
  amount,
  amountRefunded,
  markAsTest,
  sourceAs('entitySource'),
  sql<unknown>`jsonb_build_object('type', provider)`.as('paymentProvider'),
  sql<boolean>`true`.as('isParent'),
  sql<boolean>`false`.as('qboSynced'),
] as const

/** Transactions of one location. */
export const transactionsOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('transactions').where('locationId', '=', locationId)

  const matching = (filter: TransactionFilter) => {
    const { paymentMode, entitySourceType, entitySourceSubType, search, subscriptionId, entityId, contactId, from, until } =
      filter
    let rows = mine
    if (paymentMode === 'live' || paymentMode === 'test') rows = rows.where('liveMode', '=', paymentMode === 'live')
    else if (paymentMode) rows = rows.where(sql<boolean>`"paymentMethod" ->> 'mode' = ${paymentMode}`)
    if (entitySourceType) rows = rows.where('sourceType', '=', entitySourceType)
    if (entitySourceSubType) rows = rows.where('sourceSubType', '=', entitySourceSubType)
    if (search) rows = rows.where(sql<boolean>`"searchText" like ${containing(search)}`)
    if (subscriptionId) rows = rows.where('subscriptionId', '=', subscriptionId)
    if (entityId) rows = rows.where('entityId', '=', entityId)
    if (contactId) rows = rows.where('contactId', '=', contactId)
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
    lock: (id: string) => mine.selectAll().where('_id', '=', id).forUpdate().executeTakeFirst(),
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
