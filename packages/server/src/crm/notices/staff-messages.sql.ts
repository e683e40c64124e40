import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, sparseRows } from '../../database/wire.js'

const { StaffMessage } = shapes

export interface StaffMessageRow {
  readonly locationId: string
  readonly id: string
  readonly channel: 'email' | 'sms' | 'whatsapp'
  readonly to: string
  readonly from: string | null
  readonly subject: string
  readonly body: string
  readonly status: 'pending' | 'failed' | 'kept'
  readonly error: string | null
  readonly contactId: string | null
  readonly dateAdded: Date
}

/** Messages of one location to people who are no contacts. */
export const staffMessagesOf = (db: Db, locationId: string) => ({
  add: async (rows: readonly Omit<StaffMessageRow, 'locationId'>[]): Promise<void> => {
    if (rows.length === 0) return
    const whole = rows.map((row) => ({ ...row, locationId, attempts: 0, dueAt: row.dateAdded }))
    await db.insertInto('staffMessages').values(whole).execute()
  },
  list: (limit: number) =>
    sparseRows(
      db,
      StaffMessage,
      db
        .selectFrom('staffMessages')
        .selectAll()
        .where('locationId', '=', locationId)
        .orderBy('dateAdded', 'desc')
        .orderBy('id', 'desc')
        .limit(sql.lit(limit)),
    ),
})

const columns = ['locationId', 'id', 'to', 'from', 'subject', 'body', 'attempts'] as const

/** The queue of all locations. A row's lock is its lease: it ends with the transaction, however that ends. */
export const staffMails = (db: Db) => ({
  due: (now: Date, limit: number) =>
    db
      .selectFrom('staffMessages')
      .select(columns)
      .where('status', '=', 'pending')
      .where('dueAt', '<=', now)
      .orderBy('dueAt')
      .limit(sql.lit(limit))
      .forUpdate()
      .skipLocked()
      .execute(),
  settle: async (
    { locationId, id }: { readonly locationId: string; readonly id: string },
    to: { readonly status: string; readonly error: string | null; readonly attempts: number; readonly dueAt: Date },
  ): Promise<void> => {
    await db.updateTable('staffMessages').set(to).where('locationId', '=', locationId).where('id', '=', id).execute()
  },
})
