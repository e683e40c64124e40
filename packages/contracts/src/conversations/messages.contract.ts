import { cursor, DELETE, GET, POST, PUT, t } from '@groundlevel/contract-kit'
import { Email, Logged, Message, MessageError, Sent } from './message.shapes.js'
import { callStatuses, inboundTypes, sendTypes } from './message.types.js'
import { messages as module } from './module.js'

const id = t.Optional(t.String({ maxLength: 200 }))
const address = t.String({ maxLength: 400 })
const body = t.Optional(t.String({ maxLength: 200_000 }))
const html = t.Optional(t.String({ maxLength: 2_000_000 }))
const subject = t.Optional(t.String({ maxLength: 1000 }))
const attachments = t.Optional(t.Array(t.Url({ maxLength: 4000 }), { maxItems: 50 }))
const status = t.Enum(['delivered', 'failed', 'pending', 'read'])

const Forward = t.Object({
  isForwarded: t.Boolean(),
  forwardWholeThread: t.Optional(t.Boolean()),
  messageId: id,
  emailMessageId: id,
  sourceContactId: id,
  sourceConversationId: id,
  toEmail: t.Optional(t.Email({ maxLength: 320 })),
  recipientContactId: id,
  recipientConversationId: id,
})

const SendBody = t.Object({
  type: t.Enum(sendTypes),
  contactId: t.String(),
  subType: t.Optional(t.Unknown()),
  appointmentId: id,
  attachments,
  emailFrom: t.Optional(address),
  emailCc: t.Optional(t.Array(t.Email({ maxLength: 320 }), { maxItems: 100 })),
  emailBcc: t.Optional(t.Array(t.Email({ maxLength: 320 }), { maxItems: 100 })),
  html,
  message: body,
  subject,
  replyMessageId: id,
  templateId: id,
  threadId: id,
  /** Seconds since 1970, UTC. */
  scheduledTimestamp: t.Optional(t.Integer({ minimum: 0, maximum: 32_503_680_000 })),
  conversationProviderId: id,
  emailTo: t.Optional(t.Email({ maxLength: 320 })),
  customSubtypeId: id,
  emailReplyMode: t.Optional(t.Enum(['reply', 'reply_all'])),
  fromNumber: t.Optional(t.String({ maxLength: 64 })),
  toNumber: t.Optional(t.String({ maxLength: 64 })),
  forward: t.Optional(Forward),
  status: t.Optional(status),
  usesNativeSchedulingAi: t.Optional(t.Boolean()),
  optimizationPeriod: t.Optional(t.Enum(['24h', '48h', '72h'])),
  /** Users that an internal comment is meant for. */
  mentions: t.Optional(t.Array(t.String({ maxLength: 64 }), { maxItems: 50 })),
  userId: id,
  /** Other programs send it along; the token names the sub-account. */
  locationId: id,
})

const Call = t.Object({
  to: t.Optional(t.String({ maxLength: 64 })),
  from: t.Optional(t.String({ maxLength: 64 })),
  status: t.Optional(t.Enum(callStatuses)),
  /** Seconds; an extension. */
  duration: t.Optional(t.Number({ minimum: 0, maximum: 1_000_000 })),
})

const addresses = t.Optional(t.Array(address, { maxItems: 100 }))

const logged = {
  attachments,
  conversationId: id,
  contactId: id,
  conversationProviderId: id,
  altId: id,
  date: t.Optional(t.DateTime()),
  call: t.Optional(Call),
}

const InboundBody = t.Object({
  type: t.Enum(inboundTypes),
  ...logged,
  message: body,
  html,
  subject,
  emailFrom: t.Optional(address),
  emailTo: t.Optional(t.Union([address, t.Array(address, { maxItems: 100 })])),
  emailCc: addresses,
  emailBcc: addresses,
  emailMessageId: id,
  threadId: id,
  direction: t.Optional(t.Enum(['inbound', 'outbound'])),
})

const emitsSent = ['OutboundMessage', 'ProviderOutboundMessage', 'LCEmailStats'] as const
const Cancelled = t.Object({ status: t.Integer(), message: t.String() })

const ExportQuery = t.Object({
  locationId: t.String(),
  limit: t.Default(t.Integer({ minimum: 10, maximum: 500 }), 100),
  cursor: t.Optional(t.String({ maxLength: 1000 })),
  sortBy: t.Default(t.Enum(['createdAt', 'updatedAt']), 'createdAt'),
  sortOrder: t.Default(t.Enum(['asc', 'desc']), 'desc'),
  conversationId: id,
  contactId: id,
  channel: t.Optional(t.Enum(['Call', 'SMS', 'Email', 'WhatsApp', 'Instagram', 'Facebook'])),
  startDate: t.Optional(t.String({ maxLength: 40 })),
  endDate: t.Optional(t.String({ maxLength: 40 })),
})

export const messages = module.resource('messages', '/conversations/messages', {
  send: POST('', {
    id: 'send-a-new-message',
    summary: 'Send a message to a contact, now or at a given second',
    reaches: { contact: ['contactId'], email: ['forward.emailMessageId'], thread: ['forward.messageId'] },
    body: SendBody,
    reply: Sent,
    emits: emitsSent,
  }),
  inbound: POST('/inbound', {
    id: 'add-an-inbound-message',
    summary: 'Tell of a message that a contact has sent',
    reaches: { contact: ['contactId'], conversation: ['conversationId'] },
    body: InboundBody,
    reply: Logged,
    emits: ['InboundMessage', 'OutboundMessage', 'ConversationUnreadUpdate'],
  }),
  outbound: POST('/outbound', {
    id: 'add-an-outbound-message',
    summary: 'Tell of a call that was made elsewhere',
    reaches: { contact: ['contactId'], conversation: ['conversationId'] },
    body: t.Object({ type: t.Enum(['Call']), ...logged }),
    reply: Logged,
    emits: ['OutboundMessage'],
  }),
  reviewReply: POST('/review-reply', {
    id: 'send-review-reply',
    summary: 'Answer the review that a conversation is about',
    reaches: { conversation: ['conversationId'] },
    tenant: 'body',
    body: t.Object({
      conversationId: t.String(),
      locationId: t.String(),
      message: t.String({ minLength: 1, maxLength: 4096 }),
    }),
    reply: Sent,
    emits: emitsSent,
  }),
  export: GET('/export', {
    id: 'export-messages-by-location',
    summary: 'Every message of a sub-account, page by page',
    reaches: 'narrowed',
    tenant: 'query',
    query: ExportQuery,
    reply: t.Object({ messages: t.Array(Message), nextCursor: t.Nullable(t.String()), total: t.Integer() }),
    page: cursor('messages'),
  }),
  get: GET('/:id', {
    id: 'get-message',
    summary: 'One message',
    reaches: { message: ['id'] },
    reply: t.Object({ message: Message }),
  }),
  cancel: DELETE('/:messageId/schedule', {
    id: 'cancel-scheduled-message',
    summary: 'Do not send a scheduled message',
    reaches: { message: ['messageId'] },
    reply: Cancelled,
  }),
  setStatus: PUT('/:messageId/status', {
    id: 'update-message-status',
    summary: 'What became of a message; only the provider that it went through may say',
    reaches: { message: ['messageId'] },
    body: t.Object({
      status,
      error: t.Optional(t.Partial(MessageError)),
      emailMessageId: id,
      recipients: t.Optional(t.Array(address, { maxItems: 200 })),
    }),
    reply: Sent,
  }),
  setAttachments: PUT('/:messageId/attachments', {
    id: 'add-message-attachments',
    summary: 'Recordings of a call that was made elsewhere',
    reaches: { message: ['messageId'] },
    body: t.Object({ attachments: t.Array(t.Url({ maxLength: 4000 }), { maxItems: 5 }) }),
    reply: t.Object({ success: t.Boolean(), message: Message }),
  }),
})

export const conversationMessages = module.resource(
  'conversationMessages',
  '/conversations/:conversationId/messages',
  {
    list: GET('', {
      id: 'get-messages',
      summary: 'Messages of a conversation, newest first',
      query: t.Object({
        lastMessageId: id,
        limit: t.Default(t.Integer({ minimum: 1, maximum: 100 }), 20),
        /** Types after commas. */
        type: t.Optional(t.String({ maxLength: 2000 })),
        locationId: id,
      }),
      reply: t.Object({
        messages: t.Object({ lastMessageId: t.Optional(t.String()), nextPage: t.Boolean(), messages: t.Array(Message) }),
      }),
    }),
  },
  { reaches: { conversation: ['conversationId'] } },
)

export const emails = module.resource('emails', '/conversations/messages/email', {
  get: GET('/:id', {
    id: 'get-email-by-id',
    summary: 'One e-mail',
    reaches: { email: ['id'] },
    versionOptional: true,
    reply: Email,
  }),
  cancel: DELETE('/:emailMessageId/schedule', {
    id: 'cancel-scheduled-email-message',
    versionOptional: true,
    summary: 'Do not send a scheduled e-mail',
    reaches: { email: ['emailMessageId'] },
    reply: Cancelled,
  }),
})
