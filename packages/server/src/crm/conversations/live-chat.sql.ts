import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'

export interface Typing {
  readonly conversationId: string
  readonly visitorId: string
  readonly isTyping: boolean
  readonly at: Date
}

/** Who is typing in the live chats of one location. */
export const typingOf = (db: Db, locationId: string) => ({
  set: async ({ conversationId, visitorId, isTyping, at }: Typing): Promise<void> => {
    await db
      .insertInto('liveChatTyping')
      .values({ locationId, conversationId, visitorId, isTyping, at })
      .onConflict((conflict) => conflict.columns(['locationId', 'conversationId', 'visitorId']).doUpdateSet({ isTyping, at }))
      .execute()
  },
  /** A signal is good for a few seconds: nobody has to say that they have stopped. */
  since: (at: Date) =>
    db
      .selectFrom('liveChatTyping')
      .select(['conversationId', 'visitorId'])
      .where('locationId', '=', locationId)
      .where('isTyping', '=', true)
      .where('at', '>', at)
      .limit(sql.lit(200))
      .execute(),
})
