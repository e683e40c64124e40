import { t } from '@groundlevel/contract-kit'
import { callStatuses, messageSources, messageStatuses, messageTypes } from './message.types.js'

const direction = t.Enum(['inbound', 'outbound'])

export const MessageMeta = t.Object({
  callDuration: t.Optional(t.Number()),
  callStatus: t.Optional(t.Enum(callStatuses)),
  email: t.Optional(t.Object({ messageIds: t.Array(t.String()) })),
  /** Of a review. */
  rating: t.Optional(t.Number()),
})

/** Why a message did not arrive. */
export const MessageError = t.Object({ code: t.String(), type: t.String(), message: t.String() })

/** A line of a conversation; that of an e-mail is its thread and lists its e-mails in `meta`. */
export const Message = t.Object({
  id: t.String(),
  type: t.Integer(),
  messageType: t.Enum(messageTypes),
  subType: t.Optional(t.String()),
  locationId: t.String(),
  contactId: t.String(),
  conversationId: t.String(),
  dateAdded: t.DateTime(),
  dateUpdated: t.DateTime(),
  body: t.Optional(t.String()),
  direction,
  status: t.Optional(t.Enum(messageStatuses)),
  contentType: t.String(),
  attachments: t.Array(t.String()),
  meta: t.Optional(MessageMeta),
  source: t.Optional(t.Enum(messageSources)),
  userId: t.Optional(t.String()),
  conversationProviderId: t.Optional(t.String()),
  chatWidgetId: t.Optional(t.String()),
  altId: t.Optional(t.String()),
  from: t.Optional(t.String()),
  to: t.Optional(t.String()),
  error: t.Optional(MessageError),
  scheduledAt: t.Optional(t.DateTime()),
})

export const Email = t.Object({
  id: t.String(),
  altId: t.Optional(t.String()),
  /** The message that is the thread. */
  threadId: t.String(),
  locationId: t.String(),
  contactId: t.String(),
  conversationId: t.String(),
  dateAdded: t.DateTime(),
  subject: t.Optional(t.String()),
  body: t.String(),
  direction,
  status: t.Optional(
    t.Enum(['pending', 'scheduled', 'sent', 'delivered', 'read', 'undelivered', 'connected', 'failed', 'opened']),
  ),
  contentType: t.String(),
  attachments: t.Array(t.String()),
  provider: t.String(),
  from: t.String(),
  to: t.Array(t.String()),
  cc: t.Array(t.String()),
  bcc: t.Array(t.String()),
  replyToMessageId: t.Optional(t.String()),
  source: t.Optional(t.Enum(messageSources)),
  conversationProviderId: t.Optional(t.String()),
  error: t.Optional(MessageError),
  scheduledAt: t.Optional(t.DateTime()),
})

const ids = { conversationId: t.String(), messageId: t.String(), emailMessageId: t.Optional(t.String()) }

/** What sending answers: whether it arrives, nobody knows yet. */
export const Sent = t.Object({
  ...ids,
  messageIds: t.Optional(t.Array(t.String())),
  msg: t.Optional(t.String()),
  forwardData: t.Optional(
    t.Object({
      forwardWholeThread: t.Optional(t.Boolean()),
      messageId: t.Optional(t.String()),
      emailMessageId: t.Optional(t.String()),
      sourceContactId: t.Optional(t.String()),
      sourceConversationId: t.Optional(t.String()),
      forwardToEmail: t.Optional(t.String()),
      recipientContactId: t.Optional(t.String()),
      recipientConversationId: t.Optional(t.String()),
    }),
  ),
  status: t.Enum(['delivered', 'failed', 'pending', 'read']),
})

/** What logging a message answers. */
export const Logged = t.Object({
  success: t.Boolean(),
  ...ids,
  message: t.String(),
  contactId: t.Optional(t.String()),
  dateAdded: t.Optional(t.DateTime()),
})
