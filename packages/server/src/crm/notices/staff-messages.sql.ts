import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { claimRows, type Lease } from '../../database/leases.js'
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

const standingBy = { delivered: 'sent', read: 'sent', failed: 'failed', pending: 'pending' } as const

/** What a provider says became of a text. @returns whether there is such a text */
export const settleText = async (
  db: Db,
  told: {
    readonly locationId: string
    readonly id: string
    readonly status: keyof typeof standingBy
    readonly error: string | null
  },
): Promise<boolean> =>
  (await db
    .updateTable('staffMessages')
    .set({ status: standingBy[told.status], error: told.error?.slice(0, 500) ?? null })
    .where('locationId', '=', told.locationId)
    .where('id', '=', told.id)
    .where('channel', '=', 'sms')
    .where('status', '<>', 'kept')
    .returning('id')
    .executeTakeFirst()) !== undefined

/** The queue of all locations. */
export const staffMails = (db: Db) => ({
  /** Mails that are due, for one process until it says what became of them. */
  claim: (lease: Lease, now: Date, limit: number) =>
    claimRows(db, 'staffMessages', lease, {
      key: ['locationId', 'id'],
      due: sql`status = 'pending' and channel = 'email' and "dueAt" <= ${now}`,
      limit,
    }),
  /** Where a mail stands, as long as nobody else has it by now. */
  settle: async (
    { locationId, id, leaseOwner }: { readonly locationId: string; readonly id: string; readonly leaseOwner: string | null },
    to: { readonly status: string; readonly error: string | null; readonly attempts: number; readonly dueAt: Date },
  ): Promise<void> => {
    await db
      .updateTable('staffMessages')
      .set({ ...to, leaseUntil: null, leaseOwner: null })
      .where('locationId', '=', locationId)
      .where('id', '=', id)
      .where('leaseOwner', '=', leaseOwner ?? '')
      .execute()
  },
})
