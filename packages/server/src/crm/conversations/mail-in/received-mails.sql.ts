import type { Db } from '../../../database/wire.js'

/** Mail servers bring a mail again for so long before they give up. */
const keptMs = 5 * 86_400_000

/** What came in at one location and has no Message-ID to be known again by. */
export const receivedMailsOf = (db: Db, locationId: string) => ({
  /** @returns false where the same was kept before, or is being kept by somebody else whose transaction then commits */
  isNew: async (digest: Buffer, dateAdded: Date): Promise<boolean> =>
    (await db
      .insertInto('receivedMails')
      .values({ locationId, digest, dateAdded })
      .onConflict((conflict) => conflict.doNothing())
      .returning('locationId')
      .executeTakeFirst()) !== undefined,
})

/** Of every location. */
export const forgetReceived = async (db: Db, now: Date): Promise<void> => {
  await db
    .deleteFrom('receivedMails')
    .where('dateAdded', '<', new Date(now.getTime() - keptMs))
    .execute()
}
