import { DELETE, GET, POST, PUT, t } from '@groundlevel/contract-kit'
import { Conversation, ConversationChanged, ConversationCreated, ConversationHit } from './conversation.shapes.js'
import { messageTypes } from './message.types.js'
import { conversations } from './module.js'

const text = t.Optional(t.String({ maxLength: 2000 }))
const ms = t.Optional(t.Integer({ minimum: 0, maximum: 8_640_000_000_000_000 }))

const SearchQuery = t.Object({
  locationId: t.String(),
  contactId: text,
  /** Ids after commas; `unassigned` for what nobody has. */
  assignedTo: text,
  followers: text,
  mentions: text,
  query: t.Optional(t.String({ maxLength: 200 })),
  sort: t.Default(t.Enum(['asc', 'desc']), 'desc'),
  /** The `sort` of the last row, as a number or as a list that begins with it. */
  startAfterDate: t.Optional(t.Array(t.String({ maxLength: 40 }), { minItems: 1, maxItems: 4 })),
  id: text,
  limit: t.Default(t.Integer({ minimum: 1, maximum: 100 }), 20),
  lastMessageType: t.Optional(t.Enum(messageTypes)),
  lastMessageAction: t.Optional(t.Enum(['automated', 'manual'])),
  lastMessageDirection: t.Optional(t.Enum(['inbound', 'outbound'])),
  status: t.Default(t.Enum(['all', 'read', 'unread', 'starred', 'recents']), 'all'),
  sortBy: t.Default(
    t.Enum(['last_manual_message_date', 'last_message_date', 'score_profile', 'overdue_at', 'due_at']),
    'last_message_date',
  ),
  sortScoreProfile: text,
  scoreProfile: text,
  scoreProfileMin: t.Optional(t.Number()),
  scoreProfileMax: t.Optional(t.Number()),
  startDate: ms,
  endDate: ms,
})

export const conversation = conversations.resource('conversation', '/conversations', {
  search: GET('/search', {
    id: 'search-conversation',
    summary: 'Search conversations, those with the newest message first',
    reaches: 'narrowed',
    tenant: 'query',
    query: SearchQuery,
    reply: t.Object({ conversations: t.Array(t.Row(ConversationHit)), total: t.Integer() }),
  }),
  create: POST('', {
    id: 'create-conversation',
    summary: 'Open the conversation with a contact',
    reaches: { contact: ['contactId'] },
    tenant: 'body',
    body: t.Object({ locationId: t.String(), contactId: t.String() }),
    status: 201,
    reply: t.Object({ success: t.Boolean(), conversation: ConversationCreated }),
  }),
  get: GET('/:conversationId', {
    id: 'get-conversation',
    summary: 'One conversation',
    reaches: { conversation: ['conversationId'] },
    reply: Conversation,
  }),
  update: PUT('/:conversationId', {
    id: 'update-conversation',
    summary: 'Mark as read or unread, star, take out of the inbox',
    reaches: { conversation: ['conversationId'] },
    tenant: 'body',
    body: t.Object({
      locationId: t.String(),
      unreadCount: t.Optional(t.Integer({ minimum: 0, maximum: 1_000_000 })),
      starred: t.Optional(t.Boolean()),
      feedback: t.Optional(t.Open()),
      /** An extension: the event of the documents tells of it, no operation sets it. */
      inbox: t.Optional(t.Boolean()),
    }),
    reply: t.Object({ success: t.Boolean(), conversation: ConversationChanged }),
    emits: ['ConversationUnreadUpdate'],
  }),
  remove: DELETE('/:conversationId', {
    id: 'delete-conversation',
    summary: 'Delete a conversation with its messages; what is scheduled in it is not sent',
    reaches: { conversation: ['conversationId'] },
    reply: t.Object({ success: t.Boolean() }),
    emits: ['ConversationUnreadUpdate'],
  }),
})
