import { sql } from 'kysely'
import { likePattern } from '../database/newest-first.js'
import type { Db } from '../database/wire.js'

export interface KeyedReply {
  readonly requestHash: Buffer
  readonly status: number | null
  readonly body: string | null
}

/** Replies kept under an `Idempotency-Key`, one owner's keys apart from another's. */
export const keyedRepliesOf = (db: Db, ownerKey: string) => ({
  find: (key: string): Promise<KeyedReply | undefined> =>
    db
      .selectFrom('idempotencyKeys')
      .select(['requestHash', 'status', 'body'])
      .where('ownerKey', '=', ownerKey)
      .where('key', '=', key)
      .executeTakeFirst(),

  /** False where another request holds the key: it waits for that one's transaction first. */
  claim: async (key: string, requestHash: Buffer, now: Date): Promise<boolean> => {
    const { numInsertedOrUpdatedRows = 0n } = await db
      .insertInto('idempotencyKeys')
      .values({ ownerKey, key, requestHash, status: null, body: null, dateAdded: now })
      .onConflict((conflict) => conflict.columns(['ownerKey', 'key']).doNothing())
      .executeTakeFirst()
    return numInsertedOrUpdatedRows > 0n
  },

  keep: (key: string, status: number, body: string) =>
    db.updateTable('idempotencyKeys').set({ status, body }).where('ownerKey', '=', ownerKey).where('key', '=', key).execute(),
})

/** Deletes what is older than a day: the promise of a key ends there. */
export const forgetKeyedReplies = (db: Db, before: Date) =>
  db.deleteFrom('idempotencyKeys').where('dateAdded', '<', before).execute()

/** Replies that mention an erased person; a request that is repeated runs again. */
export const eraseKeyedReplies = async (db: Db, terms: readonly string[]): Promise<void> => {
  await db
    .deleteFrom('idempotencyKeys')
    .where(sql<boolean>`body ilike any(${terms.map(likePattern)}::text[])`)
    .execute()
}
