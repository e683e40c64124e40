import { PUT, t } from '@groundlevel/contract-kit'
import { messages } from './module.js'

const status = t.Enum([
  'pending',
  'scheduled',
  'sent',
  'delivered',
  'read',
  'undelivered',
  'connected',
  'failed',
  'opened',
  'clicked',
])

export const emailStatus = messages.resource(
  'emailStatus',
  '/conversations/messages/email/:id/status',
  {
    set: PUT('', {
      id: 'update-email-message-status',
      summary: 'What became of an e-mail and of its recipients; only the provider that it went through may say',
      on: 'v3',
      body: t.Object({
        status,
        /** Counters by name, added to what is known. */
        events: t.Optional(t.Open({ maxProperties: 50 })),
        recipients: t.Optional(
          t.Array(
            t.Object({
              emailId: t.String({ maxLength: 320 }),
              status,
              failReason: t.Optional(t.String({ maxLength: 1000 })),
            }),
            { maxItems: 200 },
          ),
        ),
      }),
      reply: t.Object({ success: t.Boolean(), message: t.String() }),
    }),
  },
  { reaches: { email: ['id'] } },
)
