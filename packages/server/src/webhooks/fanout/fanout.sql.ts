import { sql } from 'kysely'
import { columnsOf, rowsOf } from '../../database/rows.js'
import type { Db } from '../../database/wire.js'

export interface WaitingEvent {
  readonly id: string
  readonly type: string
  readonly companyId: string | null
  readonly locationId: string | null
  readonly appId: string | null
  readonly installId: string | null
  readonly test: boolean
  readonly payload: string
  readonly traceId: string | null
  readonly depth: number
  readonly dateAdded: Date
}

export interface NewDelivery {
  readonly id: string
  readonly eventId: string
  readonly appId: string
  readonly versionId: string
  readonly installId: string | null
  readonly type: string
  readonly test: boolean
  readonly companyId: string | null
  readonly locationId: string | null
  readonly url: string
  readonly webhookId: string
  readonly body: string
  readonly runAt: Date
  readonly traceId: string | null
  readonly dateAdded: Date
}

export interface NewSkip {
  readonly eventId: string
  readonly appId: string
  readonly dateAdded: Date
  readonly why: string
}

export const anyWaiting = async (db: Db): Promise<boolean> => {
  const row = await db.selectFrom('events').select('id').where('fannedOutAt', 'is', null).limit(sql.lit(1)).executeTakeFirst()
  return row !== undefined
}

/** Locks the oldest waiting events for this transaction; another worker takes the next ones. */
export const takeWaiting = (transaction: Db, limit: number): Promise<WaitingEvent[]> =>
  transaction
    .selectFrom('events')
    .select(['id', 'type', 'companyId', 'locationId', 'appId', 'installId', 'test', 'payload', 'traceId', 'depth', 'dateAdded'])
    .where('fannedOutAt', 'is', null)
    .orderBy('seq')
    .limit(sql.lit(limit))
    .forUpdate()
    .skipLocked()
    .execute()

const deliveryColumns = columnsOf<'deliveries'>(
  'id',
  'eventId',
  'appId',
  'versionId',
  'installId',
  'type',
  'test',
  'companyId',
  'locationId',
  'url',
  'webhookId',
  'body',
  'runAt',
  'traceId',
  'dateAdded',
)

/** One delivery for each (event, app, URL), however often an event is fanned out. */
export const addDeliveries = async (db: Db, deliveries: readonly NewDelivery[]): Promise<void> => {
  if (deliveries.length === 0) return
  await sql`insert into deliveries (${deliveryColumns}, state) select ${deliveryColumns}, 'waiting' from ${rowsOf('deliveries', deliveries)}
    on conflict ("eventId", "appId", url) do nothing`.execute(db)
}

const skipColumns = columnsOf<'eventSkips'>('eventId', 'appId', 'dateAdded', 'why')

export const addSkips = async (db: Db, skips: readonly NewSkip[]): Promise<void> => {
  if (skips.length === 0) return
  await sql`insert into "eventSkips" (${skipColumns}) select ${skipColumns} from ${rowsOf('eventSkips', skips)} on conflict do nothing`.execute(
    db,
  )
}

export const markFannedOut = async (db: Db, eventIds: readonly string[], now: Date): Promise<void> => {
  await sql`update events set "fannedOutAt" = ${now} where id = any(${eventIds}::uuid[])`.execute(db)
}
