import { badRequest } from '@groundlevel/contract-kit'
import type { ConversationSearch } from './search.sql.js'

const dayMs = 86_400_000
const recentDays = 30

const idsOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((id) => id.trim())
    .filter(Boolean)

/** Dates that the database and we both know: the year 1 to the last that JavaScript has. */
const [firstMs, lastMs] = [-62_135_596_800_000, 8_640_000_000_000_000]

/** Where the next page begins: the `sort` of the last row, as a number or as a list that begins with it. */
const startOf = (sent: readonly string[] | undefined): Date | undefined => {
  if (sent === undefined) return undefined
  const ms = Number(sent[0])
  if (sent[0]?.trim() === '' || !(ms >= firstMs && ms <= lastMs))
    throw badRequest('startAfterDate must be the sort value of a conversation.')
  return new Date(ms)
}

const dateOf = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms))

interface Asked
  extends Pick<
    ConversationSearch,
    'contactId' | 'query' | 'id' | 'lastMessageType' | 'lastMessageAction' | 'lastMessageDirection' | 'status' | 'limit'
  > {
  readonly assignedTo?: string
  readonly followers?: string
  readonly mentions?: string
  readonly sort: 'asc' | 'desc'
  readonly sortBy: string
  readonly startAfterDate?: string[]
  readonly startDate?: number
  readonly endDate?: number
  readonly scoreProfile?: string
}

/**
 * What a search is for. Nobody has scores or deadlines here: none has a score that is asked for, and to sort
 * by them is to sort by the last message.
 *
 * @throws WireError 400 for a start that is no date
 */
export const searchOf = (asked: Asked, now: Date): ConversationSearch => {
  const { assignedTo, followers, mentions, sort, sortBy, startAfterDate, startDate, endDate, query, scoreProfile } = asked
  return {
    contactId: asked.contactId,
    id: asked.id,
    lastMessageType: asked.lastMessageType,
    lastMessageAction: asked.lastMessageAction,
    lastMessageDirection: asked.lastMessageDirection,
    status: asked.status,
    limit: asked.limit,
    none: scoreProfile !== undefined,
    query: query?.trim() || undefined,
    assignedTo: idsOf(assignedTo).map((id) => (id === 'unassigned' ? null : id)),
    followers: idsOf(followers),
    mentions: idsOf(mentions),
    by: sortBy === 'last_manual_message_date' ? 'lastManualMessageDate' : 'lastMessageDate',
    direction: sort,
    after: startOf(startAfterDate),
    addedFrom: dateOf(startDate),
    addedTo: dateOf(endDate),
    recentSince: new Date(now.getTime() - recentDays * dayMs),
  }
}
