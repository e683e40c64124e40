import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { countRowsUpTo } from '../../database/count-up-to.js'
import { type Db, page } from '../../database/wire.js'
import { contactFaces, contactIdsMatching } from '../contacts/index.js'

const { ConversationHit } = shapes

export interface ConversationSearch {
  readonly contactId?: string | undefined
  /** Empty: of anybody. `null` among them: of nobody. */
  readonly assignedTo: readonly (string | null)[]
  readonly followers: readonly string[]
  readonly mentions: readonly string[]
  readonly query?: string | undefined
  readonly id?: string | undefined
  readonly lastMessageType?: string | undefined
  readonly lastMessageAction?: string | undefined
  readonly lastMessageDirection?: string | undefined
  readonly status: 'all' | 'read' | 'unread' | 'starred' | 'recents'
  readonly addedFrom?: Date | undefined
  readonly addedTo?: Date | undefined
  /** Only with a message since then. */
  readonly recentSince: Date
  readonly by: 'lastMessageDate' | 'lastManualMessageDate'
  readonly direction: 'asc' | 'desc'
  readonly after?: Date | undefined
  readonly limit: number
  /** Asked for what no conversation has. */
  readonly none: boolean
}

const ms = (column: string) => sql<string | null>`(extract(epoch from ${sql.ref(column)}) * 1000)::bigint`

const typeName = sql<string>`case conversations.type when 2 then 'TYPE_EMAIL' when 3 then 'TYPE_FB_MESSENGER'
  when 4 then 'TYPE_REVIEW' when 5 then 'TYPE_GROUP_SMS' else 'TYPE_PHONE' end`

const plain = [
  'conversations.id',
  'conversations.locationId',
  'conversations.contactId',
  'face.contactName as fullName',
  'face.companyName',
  'face.email',
  'face.phone',
  'face.tags',
  'face.assignedTo',
  'face.followers',
  'conversations.mentions',
  'conversations.unreadCount',
  'conversations.inbox',
  'conversations.starred',
  'conversations.lastMessageBody',
  'conversations.lastMessageType',
  'conversations.lastMessageDirection',
  'conversations.lastOutboundMessageAction',
] as const

const derived = (by: ConversationSearch['by']) =>
  [
    sql<string | null>`coalesce("contactName", "companyName")`.as('contactName'),
    typeName.as('type'),
    sql<boolean>`false`.as('deleted'),
    ms('conversations.lastMessageDate').as('lastMessageDate'),
    ms('conversations.lastManualMessageDate').as('lastManualMessageDate'),
    sql<boolean>`"lastMessageType" is not distinct from 'TYPE_INTERNAL_COMMENT'`.as('isLastMessageInternalComment'),
    sql<unknown>`json_build_array()`.as('scoring'),
    ms('conversations.dateAdded').as('dateAdded'),
    ms('conversations.dateUpdated').as('dateUpdated'),
    sql<unknown>`json_build_array(${ms(`conversations.${by}`)})`.as('sort'),
  ] as const

const some = (column: string, ids: readonly string[]) => sql<boolean>`${sql.ref(column)} && ${sql.val(ids)}::text[]`

const assigned = (ids: readonly (string | null)[]) => {
  const named = ids.filter((id) => id !== null)
  const mine = sql<boolean>`face."assignedTo" = any(${sql.val(named)}::text[])`
  return ids.includes(null) ? sql<boolean>`(${mine} or face."assignedTo" is null)` : mine
}

const byStatus = {
  all: sql<boolean>`true`,
  read: sql<boolean>`"unreadCount" = 0`,
  unread: sql<boolean>`"unreadCount" > 0`,
  starred: sql<boolean>`starred`,
  recents: sql<boolean>`true`,
}

/** Conversations of one location by what is asked for. */
export const searchConversations = async (db: Db, locationId: string, search: ConversationSearch) => {
  const { by, direction, after, limit, query, assignedTo, followers, mentions, status } = search
  let rows = db
    .selectFrom('conversations')
    .innerJoin(contactFaces(db, locationId).as('face'), 'face.faceId', 'conversations.contactId')
    .where('conversations.locationId', '=', locationId)
  if (search.none) rows = rows.where(sql<boolean>`false`)
  if (search.contactId) rows = rows.where('conversations.contactId', '=', search.contactId)
  if (search.id) rows = rows.where('conversations.id', '=', search.id)
  if (assignedTo.length > 0) rows = rows.where(assigned(assignedTo))
  if (followers.length > 0) rows = rows.where(some('face.followers', followers))
  if (mentions.length > 0) rows = rows.where(some('conversations.mentions', mentions))
  if (query) rows = rows.where('conversations.contactId', 'in', contactIdsMatching(db, locationId, query))
  if (search.lastMessageType) rows = rows.where('lastMessageType', '=', search.lastMessageType)
  if (search.lastMessageAction) rows = rows.where('lastOutboundMessageAction', '=', search.lastMessageAction)
  if (search.lastMessageDirection) rows = rows.where('lastMessageDirection', '=', search.lastMessageDirection)
  if (status !== 'all') rows = rows.where(byStatus[status])
  if (status === 'recents') rows = rows.where('lastMessageId', 'is not', null).where('lastMessageDate', '>=', search.recentSince)
  if (search.addedFrom) rows = rows.where('conversations.dateAdded', '>=', search.addedFrom)
  if (search.addedTo) rows = rows.where('conversations.dateAdded', '<=', search.addedTo)
  if (by === 'lastManualMessageDate') rows = rows.where('lastManualMessageDate', 'is not', null)
  const paged = after ? rows.where(`conversations.${by}`, direction === 'desc' ? '<' : '>', after) : rows
  // A page ends where its last date does: the next one begins after that date, which is all that `sort` says.
  const hits = paged
    .select(plain)
    .select(derived(by))
    .orderBy(`conversations.${by}`, direction)
    .modifyEnd(sql`fetch first ${sql.lit(limit)} rows with ties`)
  const [found, total] = await Promise.all([
    page(db, ConversationHit, hits, { search: true }),
    countRowsUpTo(db, rows.select('conversations.id')),
  ])
  return { conversations: found.items, total }
}
