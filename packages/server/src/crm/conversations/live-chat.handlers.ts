import { found } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { conversationsOf } from './conversations.sql.js'
import { typingOf } from './live-chat.sql.js'

/** Signals of live chats. */
export const liveChatHandlers = () =>
  implement(api.conversations.liveChat, ({ db, locationId }) => ({ typing: typingOf(db, locationId) }), {
    typing: async ({ body: { conversationId, visitorId, isTyping } }, { typing, db, locationId, now }) => {
      found(await conversationsOf(db, locationId).contactOf(conversationId), 'Conversation')
      await typing.set({ conversationId, visitorId, isTyping: isTyping === true || isTyping === 'true', at: now })
      return { success: true }
    },
  })
