import { event, t } from '@groundlevel/contract-kit'

const text = t.Optional(t.String())
const list = t.Optional(t.Array(t.String()))

const message = t.Object({
  attachments: t.Array(t.String()),
  body: text,
  contactId: t.String(),
  contentType: t.String(),
  conversationId: t.String(),
  dateAdded: t.DateTime(),
  direction: t.String(),
  messageType: t.String(),
  status: t.String(),
  messageId: t.String(),
  userId: text,
  source: text,
  conversationProviderId: text,
  messageTypeId: t.Integer(),
  messageTypeString: t.String(),
  /** Calls: seconds. */
  callDuration: t.Optional(t.Number()),
  callStatus: text,
  /** E-mails, from here on. */
  emailMessageId: text,
  threadId: text,
  provider: text,
  from: text,
  /** A list of e-mail addresses, or one number. */
  to: t.Optional(t.Union([t.String(), t.Array(t.String())])),
  cc: list,
  bcc: list,
  subject: text,
})

const scope = 'conversations/message.readonly'

export const InboundMessage = event('InboundMessage', { scope, payload: message, summary: 'A contact sent a message' })
export const OutboundMessage = event('OutboundMessage', { scope, payload: message, summary: 'A message was sent to a contact' })

export const ConversationUnreadUpdate = event('ConversationUnreadUpdate', {
  scope: 'conversations.readonly',
  payload: t.Object({
    id: t.String(),
    contactId: t.String(),
    deleted: t.Boolean(),
    inbox: t.Boolean(),
    starred: t.Boolean(),
    unreadCount: t.Integer(),
  }),
  summary: 'A conversation was read, starred, or has something new',
})

/** Goes to the delivery URL of one conversation provider, never to the app's webhook URL; `type` is the channel. */
export const ProviderOutboundMessage = event('ProviderOutboundMessage', {
  scope: 'conversations/message.write',
  bare: true,
  payload: t.Object({
    /** Absent: the text is for somebody who is no contact. */
    contactId: text,
    locationId: t.String(),
    messageId: t.String(),
    emailMessageId: text,
    type: t.String(),
    phone: text,
    message: text,
    emailTo: list,
    emailFrom: text,
    attachments: t.Array(t.String()),
    html: text,
    subject: text,
    userId: text,
    replyToAltId: text,
    /** Not in the documents; programs with several providers tell by it whose message it is. */
    conversationProviderId: text,
  }),
  summary: 'A message is to be sent by this app’s conversation provider',
})

/** What the mail server said of an e-mail, in the form of a well-known mail service. */
export const LCEmailStats = event('LCEmailStats', {
  scope: '',
  payload: t.Object({ companyId: t.String(), webhookPayload: t.Open() }),
  summary: 'An e-mail was delivered, or was not',
})
