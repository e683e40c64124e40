import { apiModule, GET, POST, t } from '@groundlevel/contract-kit'
import { MessageError } from '../conversations/message.shapes.js'

/** What is said to contacts is kept, also what nothing really sends: a phone and a mail client in which a person answers as the contact. */
const lab = apiModule({ name: 'lab', version: '2021-04-15', actors: ['location'], scope: 'conversations/message' })

export const KeptMessage = t.Object({
  id: t.String(),
  emailMessageId: t.Optional(t.String()),
  conversationId: t.String(),
  contactId: t.String(),
  contactName: t.Optional(t.String()),
  messageType: t.String(),
  direction: t.Enum(['inbound', 'outbound']),
  from: t.Optional(t.String()),
  to: t.Array(t.String()),
  subject: t.Optional(t.String()),
  body: t.Optional(t.String()),
  html: t.Optional(t.String()),
  attachments: t.Array(t.String()),
  status: t.String(),
  error: t.Optional(MessageError),
  /** Of the provider whose app was given the message: it may really have been sent. */
  providerName: t.Optional(t.String()),
  dateAdded: t.DateTime(),
})

export const outbox = lab.resource('outbox', '/_ground/lab/outbox', {
  list: GET('', {
    id: 'lab-outbox',
    summary: 'Messages that this local start has kept, newest first; those that an app was given to send name its provider',
    reaches: 'narrowed',
    extension: true,
    tenant: 'query',
    query: t.Object({
      locationId: t.String(),
      contactId: t.Optional(t.String()),
      channel: t.Optional(t.Enum(['email', 'other'])),
      /** Only older ones than this message or e-mail. */
      before: t.Optional(t.String()),
      limit: t.Default(t.Integer({ minimum: 1, maximum: 100 }), 50),
    }),
    reply: t.Object({
      messages: t.Array(KeptMessage),
      hasMore: t.Boolean(),
      /** Visitors of live chats to whom somebody is typing an answer. */
      typing: t.Array(t.Object({ conversationId: t.String(), visitorId: t.String() })),
    }),
  }),
  answer: POST('/answers', {
    id: 'lab-outbox-answer',
    summary: 'Write as the contact: a message really comes in',
    reaches: { contact: ['contactId'] },
    extension: true,
    tenant: 'body',
    status: 201,
    body: t.Object({
      locationId: t.String(),
      contactId: t.String(),
      type: t.Default(
        t.Enum(['SMS', 'RCS', 'Email', 'WhatsApp', 'GMB', 'IG', 'FB', 'WebChat', 'Live_Chat', 'TIKTOK', 'Review']),
        'SMS',
      ),
      message: t.Optional(t.String({ maxLength: 20_000 })),
      html: t.Optional(t.String({ maxLength: 200_000 })),
      subject: t.Optional(t.String({ maxLength: 1000 })),
      attachments: t.Optional(t.Array(t.Url({ maxLength: 4000 }), { maxItems: 10 })),
      /** The e-mail that is answered. */
      emailMessageId: t.Optional(t.String()),
      /** Of a review. */
      rating: t.Optional(t.Integer({ minimum: 1, maximum: 5 })),
    }),
    reply: t.Object({ conversationId: t.String(), messageId: t.String(), emailMessageId: t.Optional(t.String()) }),
    emits: ['InboundMessage', 'ConversationUnreadUpdate'],
  }),
})
