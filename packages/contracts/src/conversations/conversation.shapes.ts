import { t } from '@groundlevel/contract-kit'
import { messageTypes } from './message.types.js'

export const conversationTypes = ['TYPE_PHONE', 'TYPE_EMAIL', 'TYPE_FB_MESSENGER', 'TYPE_REVIEW', 'TYPE_GROUP_SMS'] as const

const lastMessageType = t.Optional(t.Enum(messageTypes))
const direction = t.Enum(['inbound', 'outbound'])

/** A row of the search: dates are milliseconds, and `sort` is where the next page begins (live facts). */
export const ConversationHit = t.Object({
  id: t.String(),
  locationId: t.String(),
  contactId: t.String(),
  fullName: t.Optional(t.String()),
  contactName: t.Optional(t.String()),
  companyName: t.Optional(t.String()),
  email: t.Optional(t.String()),
  phone: t.Optional(t.String()),
  tags: t.Array(t.String()),
  assignedTo: t.Optional(t.String()),
  followers: t.Array(t.String()),
  mentions: t.Array(t.String()),
  type: t.Enum(conversationTypes),
  unreadCount: t.Integer(),
  inbox: t.Boolean(),
  starred: t.Boolean(),
  deleted: t.Boolean(),
  lastMessageBody: t.Optional(t.String()),
  lastMessageType,
  lastMessageDirection: t.Optional(direction),
  lastOutboundMessageAction: t.Optional(t.Enum(['automated', 'manual'])),
  lastMessageDate: t.Integer(),
  lastManualMessageDate: t.Optional(t.Integer()),
  isLastMessageInternalComment: t.Boolean(),
  scoring: t.Array(t.Unknown()),
  dateAdded: t.Integer(),
  dateUpdated: t.Integer(),
  sort: t.Array(t.Integer()),
})

/** One conversation: types are numbers, the date of the last message is in seconds, empty fields are left out (live facts). */
export const Conversation = t.Object({
  id: t.String(),
  contactId: t.String(),
  locationId: t.String(),
  deleted: t.Boolean(),
  inbox: t.Boolean(),
  type: t.Integer(),
  unreadCount: t.Integer(),
  assignedTo: t.Optional(t.String()),
  starred: t.Boolean(),
  lastMessageBody: t.Optional(t.String()),
  lastMessageType: t.Optional(t.Integer()),
  lastMessageDate: t.Optional(t.Object({ seconds: t.Integer(), nanoseconds: t.Integer() })),
  reviewId: t.Optional(t.String()),
})

export const ConversationCreated = t.Object({
  id: t.String(),
  dateUpdated: t.DateTime(),
  dateAdded: t.DateTime(),
  deleted: t.Boolean(),
  contactId: t.String(),
  locationId: t.String(),
  lastMessageDate: t.DateTime(),
  assignedTo: t.Optional(t.String()),
})

/** As an update answers it: dates as everywhere, the type of the last message a number (live facts). */
export const ConversationChanged = t.Object({
  id: t.String(),
  locationId: t.String(),
  contactId: t.String(),
  assignedTo: t.Optional(t.String()),
  /** The same person. */
  userId: t.Optional(t.String()),
  lastMessageBody: t.Optional(t.String()),
  lastMessageDate: t.Optional(t.DateTime()),
  lastMessageType: t.Optional(t.Integer()),
  dateAdded: t.DateTime(),
  dateUpdated: t.DateTime(),
  unreadCount: t.Integer(),
  inbox: t.Boolean(),
  starred: t.Boolean(),
  deleted: t.Boolean(),
})
