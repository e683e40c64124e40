import { badRequest, found } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { contactRecord, foundContact } from '../contacts/index.js'
import { searchOf } from './conversations.rules.js'
import { conversationsOf } from './conversations.sql.js'
import { searchConversations } from './search.sql.js'
import { openConversation, tellUnread } from './storing.js'
import { workOf } from './work.js'

/** As recorded of the live service: the id is how programs go on. */
const alreadyThere = (conversationId: string) =>
  badRequest('Conversation already exists', {
    canonicalCode: 'CONVERSATIONS_CONVERSATION_ALREADY_EXISTS',
    conversationId,
  })

/** Conversations: found, opened, read, starred, deleted. */
export const conversationHandlers = () =>
  implement(
    api.conversations.conversation,
    (context) => ({ context, conversations: conversationsOf(context.db, context.locationId) }),
    {
      search: async ({ query }, { db, locationId, now, principal: { onlyAssignedTo } }) =>
        searchConversations(db, locationId, { ...searchOf(query, now), onlyAssignedTo }),

      create: async ({ body: { contactId } }, { context, conversations, db, locationId }) => {
        foundContact(await contactRecord(db, locationId, contactId), contactId)
        const { id, opened } = await openConversation(workOf(context), contactId, 1)
        if (!opened) throw alreadyThere(id)
        return { success: true, conversation: found(await conversations.created(id), 'Conversation') }
      },

      get: async ({ conversationId }, { conversations }) => found(await conversations.find(conversationId), 'Conversation'),

      update: async ({ conversationId, body: { locationId: _, ...change } }, { context, conversations, now }) => {
        const before = found(await conversations.hold(conversationId), 'Conversation')
        const after = found(await conversations.change(conversationId, change, now), 'Conversation')
        const told = (['unreadCount', 'starred', 'inbox'] as const).some((field) => before[field] !== after[field])
        if (told) await tellUnread(workOf(context), after)
        return { success: true, conversation: found(await conversations.changed(conversationId), 'Conversation') }
      },

      remove: async ({ conversationId }, { context, conversations }) => {
        const removed = found(await conversations.remove(conversationId), 'Conversation')
        await tellUnread(workOf(context), removed, true)
        return { success: true }
      },
    },
  )
