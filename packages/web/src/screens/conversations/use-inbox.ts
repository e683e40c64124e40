import { conversations } from '@groundlevel/contracts'
import { useMemo } from 'react'
import { call } from '../../api.js'
import type { ListAddress } from '../../parts/list/address.js'
import { type Pages, usePages } from '../../parts/list/pages.js'
import type { Hit, Message } from './words.js'

/** How often an open inbox looks for what has come in. */
const everyMs = 5_000

const listSize = 30
const threadSize = 30

interface InboxQuestion {
  readonly locationId: string
  readonly query: string
  readonly status: string
  readonly assignedTo: string
  readonly lastMessageDirection: string
}

/** What the address asks for. */
export const inboxQuestion = (address: ListAddress, locationId: string): InboxQuestion => ({
  locationId,
  query: address.query,
  status: address.get('status') || 'all',
  assignedTo: address.get('user'),
  lastMessageDirection: address.get('last'),
})

/** Conversations, those with the newest message first; what comes in appears by itself. */
export const useInbox = (question: InboxQuestion): Pages<Hit> =>
  usePages<Hit, number>(
    [conversations.conversation.search.key, 'inbox', question],
    async (after, signal) => {
      const given = Object.entries(question).filter(([, value]) => value !== '')
      const query = { ...Object.fromEntries(given), limit: listSize, ...(after ? { startAfterDate: [String(after)] } : {}) }
      const reply = await call(conversations.conversation.search, { query: query as never }, signal)
      const last = reply.conversations.at(-1)?.sort?.[0]
      return { rows: reply.conversations, total: reply.total, next: reply.conversations.length === listSize ? last : undefined }
    },
    { everyMs },
  )

/** Messages of a conversation, the newest last as they are read. */
export const useThread = (conversationId: string): Pages<Message> => {
  const pages = usePages<Message, string>(
    [conversations.conversationMessages.list.key, 'thread', conversationId],
    async (after, signal) => {
      const query = { limit: threadSize, ...(after ? { lastMessageId: after } : {}) }
      const { messages } = await call(conversations.conversationMessages.list, { conversationId, query }, signal)
      return { rows: messages.messages, next: messages.nextPage ? messages.messages.at(-1)?.id : undefined }
    },
    { everyMs },
  )
  const { rows } = pages
  return { ...pages, rows: useMemo(() => [...rows].reverse(), [rows]) }
}
