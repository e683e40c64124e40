import type { Db } from '../../database/wire.js'

export interface Sentence {
  readonly mediaChannel: number
  readonly sentenceIndex: number
  readonly startTime: number
  readonly endTime: number
  readonly transcript: string
  readonly confidence: number
}

/** What was said in one call of one location. */
export const transcriptOf = (db: Db, locationId: string, messageId: string) => ({
  read: async (): Promise<readonly Sentence[] | undefined> => {
    const row = await db
      .selectFrom('callTranscripts')
      .select('sentences')
      .where('locationId', '=', locationId)
      .where('messageId', '=', messageId)
      .executeTakeFirst()
    return row?.sentences as readonly Sentence[] | undefined
  },
  write: async (contactId: string, sentences: readonly Sentence[]): Promise<void> => {
    const text = JSON.stringify(sentences)
    await db
      .insertInto('callTranscripts')
      .values({ locationId, messageId, contactId, sentences: text })
      .onConflict((conflict) => conflict.columns(['locationId', 'messageId']).doUpdateSet({ sentences: text }))
      .execute()
  },
})
