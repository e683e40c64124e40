import { sql } from 'kysely'
import { claimRows, type Lease } from '../../database/leases.js'
import { columnsOf, rowsOf } from '../../database/rows.js'
import type { Db } from '../../database/wire.js'

/** Something that is still to be handed over. */
export interface Send {
  readonly locationId: string
  readonly messageId: string
  /** '' for what is no e-mail. */
  readonly emailId: string
  readonly contactId: string
  readonly stage: 'scheduled' | 'smtp'
  readonly attempts: number
  readonly dueAt: Date
}

/** What names a send. */
export type SendKey = Pick<Send, 'locationId' | 'messageId' | 'emailId'>

const columns = ['locationId', 'messageId', 'emailId', 'contactId', 'stage', 'attempts', 'dueAt'] as const

/** The queue of one stage, of every location. */
export const sendsOf = (db: Db) => ({
  add: async (send: Send): Promise<void> => {
    await db.insertInto('messageSends').values(send).execute()
  },
  addAll: async (sends: readonly Send[]): Promise<void> => {
    if (sends.length === 0) return
    const names = columnsOf<'messageSends'>(...columns)
    await sql`insert into "messageSends" (${names}) select ${names} from ${rowsOf('messageSends', sends)}`.execute(db)
  },
  /** E-mails that are due, for one process until it says what became of them. */
  claim: (lease: Lease, now: Date, limit: number): Promise<Send[]> =>
    claimRows(db, 'messageSends', lease, {
      key: ['locationId', 'messageId', 'emailId'],
      due: sql`stage = 'smtp' and "dueAt" <= ${now}`,
      limit,
    }),
  /** Whether the send still is that process's own, and nobody else's until the transaction ends. */
  isHeld: async ({ locationId, messageId, emailId }: SendKey, owner: string): Promise<boolean> =>
    (await db
      .selectFrom('messageSends')
      .select('messageId')
      .where('locationId', '=', locationId)
      .where('messageId', '=', messageId)
      .where('emailId', '=', emailId)
      .where('leaseOwner', '=', owner)
      .forUpdate()
      .executeTakeFirst()) !== undefined,
  /** What is due, oldest first; nobody else gets it until the transaction ends. */
  due: (stage: Send['stage'], now: Date, limit: number): Promise<Send[]> =>
    db
      .selectFrom('messageSends')
      .select(columns)
      .where('stage', '=', stage)
      .where('dueAt', '<=', now)
      .orderBy('dueAt')
      .limit(sql.lit(limit))
      .forUpdate()
      .skipLocked()
      .execute(),
  /** The scheduled row of a message or of one e-mail, taken away; undefined where it is handed over already. */
  take: ({ locationId, messageId, emailId }: SendKey) =>
    db
      .deleteFrom('messageSends')
      .where('locationId', '=', locationId)
      .where('messageId', '=', messageId)
      .where('emailId', '=', emailId)
      .where('stage', '=', 'scheduled')
      .returning('messageId')
      .executeTakeFirst(),
  remove: async ({ locationId, messageId, emailId }: SendKey): Promise<void> => {
    await db
      .deleteFrom('messageSends')
      .where('locationId', '=', locationId)
      .where('messageId', '=', messageId)
      .where('emailId', '=', emailId)
      .execute()
  },
  move: async ({ locationId, messageId, emailId }: SendKey, to: Pick<Send, 'dueAt' | 'attempts'>): Promise<void> => {
    await db
      .updateTable('messageSends')
      .set({ ...to, leaseUntil: null, leaseOwner: null })
      .where('locationId', '=', locationId)
      .where('messageId', '=', messageId)
      .where('emailId', '=', emailId)
      .execute()
  },
})
