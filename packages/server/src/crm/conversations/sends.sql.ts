import { sql } from 'kysely'
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

const columns = ['locationId', 'messageId', 'emailId', 'contactId', 'stage', 'attempts', 'dueAt'] as const

/** The queue of one stage, of every location. A lock is a row's lease: it ends with the transaction, however that ends. */
export const sendsOf = (db: Db) => ({
  add: async (send: Send): Promise<void> => {
    await db.insertInto('messageSends').values(send).execute()
  },
  /** Keeps the transaction from being ended for idleness. */
  stayAwake: async (): Promise<void> => {
    await sql`select 1`.execute(db)
  },
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
  take: ({ locationId, messageId, emailId }: Pick<Send, 'locationId' | 'messageId' | 'emailId'>) =>
    db
      .deleteFrom('messageSends')
      .where('locationId', '=', locationId)
      .where('messageId', '=', messageId)
      .where('emailId', '=', emailId)
      .where('stage', '=', 'scheduled')
      .returning('messageId')
      .executeTakeFirst(),
  remove: async ({ locationId, messageId, emailId }: Pick<Send, 'locationId' | 'messageId' | 'emailId'>): Promise<void> => {
    await db
      .deleteFrom('messageSends')
      .where('locationId', '=', locationId)
      .where('messageId', '=', messageId)
      .where('emailId', '=', emailId)
      .execute()
  },
  move: async (
    { locationId, messageId, emailId }: Pick<Send, 'locationId' | 'messageId' | 'emailId'>,
    to: Pick<Send, 'stage' | 'dueAt' | 'attempts'>,
  ): Promise<void> => {
    await db
      .updateTable('messageSends')
      .set(to)
      .where('locationId', '=', locationId)
      .where('messageId', '=', messageId)
      .where('emailId', '=', emailId)
      .execute()
  },
})
