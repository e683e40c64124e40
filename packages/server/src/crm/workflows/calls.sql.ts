import { sql } from 'kysely'
import { columnsOf, rowsOf } from '../../database/rows.js'
import type { Db } from '../../database/wire.js'

export interface NewCall {
  readonly id: string
  readonly actionId: string
  readonly awaited: boolean
  readonly url: string
  readonly headers: object
  readonly body: string
}

interface Owner {
  readonly locationId: string
  /** Null where it tells of a trigger. */
  readonly enrolmentId: string | null
  readonly now: Date
}

const columns = columnsOf<'workflowCalls'>(
  'locationId',
  'id',
  'enrolmentId',
  'actionId',
  'awaited',
  'url',
  'headers',
  'body',
  'dueAt',
  'dateAdded',
)

/** Writes requests in the transaction of the steps that make them. */
export const addCalls = async (db: Db, calls: readonly (NewCall & Owner)[]): Promise<void> => {
  if (calls.length === 0) return
  const rows = calls.map(({ now, ...call }) => ({ ...call, dueAt: now, dateAdded: now }))
  await sql`insert into "workflowCalls" (${columns}, status, attempts) select ${columns}, 'waiting', 0 from ${rowsOf('workflowCalls', rows)}`.execute(
    db,
  )
}

/** A request that is due, taken by whoever sends it until the lease ends. */
export interface DueCall {
  readonly locationId: string
  readonly id: string
  readonly enrolmentId: string | null
  readonly actionId: string
  readonly awaited: boolean
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly attempts: number
}

/** Takes what is due and puts it off by the lease: a sender that dies leaves it to be taken again. */
export const takeCalls = async (db: Db, now: Date, leaseMs: number, limit: number): Promise<DueCall[]> => {
  const { rows } = await sql<DueCall>`
    update "workflowCalls" c set "dueAt" = ${new Date(now.getTime() + leaseMs)}, attempts = attempts + 1
    where (c."locationId", c.id) in (
      select "locationId", id from "workflowCalls" where status = 'waiting' and "dueAt" <= ${now}
      order by "dueAt", id limit ${sql.lit(limit)} for update skip locked)
    returning "locationId", id, "enrolmentId", "actionId", awaited, url, headers, body, attempts`.execute(db)
  return rows
}

export interface CallResult {
  readonly status: 'waiting' | 'succeeded' | 'failed'
  readonly dueAt: Date
  readonly lastStatus: number | null
  readonly lastError: string | null
  readonly finishedAt: Date | null
}

export const finishCall = (db: Db, { locationId, id }: Pick<DueCall, 'locationId' | 'id'>, result: CallResult) =>
  db
    .updateTable('workflowCalls')
    .set(result)
    .where('locationId', '=', locationId)
    .where('id', '=', id)
    .where('status', '=', 'waiting')
    .returning('id')
    .executeTakeFirst()
