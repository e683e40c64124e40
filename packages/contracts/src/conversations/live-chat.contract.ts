import { POST, t } from '@groundlevel/contract-kit'
import { conversations } from './module.js'

export const liveChat = conversations.resource(
  'liveChat',
  '/conversations/providers/live-chat',
  {
    typing: POST('/typing', {
      id: 'live-chat-agent-typing',
      summary: 'Whether somebody is typing an answer in a live chat',
      scope: 'conversations/livechat.write',
      tenant: 'body',
      body: t.Object({
        locationId: t.String(),
        /** Whoever says nothing is typing. */
        isTyping: t.Default(t.Union([t.Boolean(), t.Enum(['true', 'false'])]), true),
        visitorId: t.String({ minLength: 1, maxLength: 200 }),
        conversationId: t.String({ maxLength: 200 }),
      }),
      status: 201,
      reply: t.Object({ success: t.Boolean() }),
    }),
  },
  { reaches: { conversation: ['conversationId'] } },
)
