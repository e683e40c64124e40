import { shapes } from '@groundlevel/contracts'
import { type CompiledQuery, sql } from 'kysely'
import { countRowsUpTo } from '../../database/count-up-to.js'
import { type Db, page } from '../../database/wire.js'
import { contactFaces, contactIdsMatching, contactIdsOfUsers } from '../contacts/index.js'

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

const byStatus = {
  all: sql<boolean>`true`,
  read: sql<boolean>`"unreadCount" = 0`,
  unread: sql<boolean>`"unreadCount" > 0`,
  starred: sql<boolean>`starred`,
  recents: sql<boolean>`true`,
}

const matching = (db: Db, locationId: string, search: ConversationSearch) => {
  const { by, query, assignedTo, followers, mentions, status } = search
  let rows = db.selectFrom('conversations').where('conversations.locationId', '=', locationId)
  if (search.none) rows = rows.where(sql<boolean>`false`)
  if (search.contactId) rows = rows.where('contactId', '=', search.contactId)
  if (search.id) rows = rows.where('id', '=', search.id)
  if (assignedTo.length + followers.length > 0)
    rows = rows.where('contactId', 'in', contactIdsOfUsers(db, locationId, { assignedTo, followers }))
  if (mentions.length > 0) rows = rows.where(some('conversations.mentions', mentions))
  if (query) rows = rows.where('contactId', 'in', contactIdsMatching(db, locationId, query))
  if (search.lastMessageType) rows = rows.where('lastMessageType', '=', search.lastMessageType)
  if (search.lastMessageAction) rows = rows.where('lastOutboundMessageAction', '=', search.lastMessageAction)
  if (search.lastMessageDirection) rows = rows.where('lastMessageDirection', '=', search.lastMessageDirection)
  if (status !== 'all') rows = rows.where(byStatus[status])
  if (status === 'recents') rows = rows.where('lastMessageId', 'is not', null).where('lastMessageDate', '>=', search.recentSince)
  if (search.addedFrom) rows = rows.where('conversations.dateAdded', '>=', search.addedFrom)
  if (search.addedTo) rows = rows.where('conversations.dateAdded', '<=', search.addedTo)
  return by === 'lastManualMessageDate' ? rows.where('lastManualMessageDate', 'is not', null) : rows
}

/** One page as a query. It ends where its last date does: the next one begins after that date, which is all that `sort` says. */
const conversationHits = (db: Db, locationId: string, search: ConversationSearch) => {
  const { by, direction, after, limit } = search
  const rows = matching(db, locationId, search)
  const paged = (after ? rows.where(by, direction === 'desc' ? '<' : '>', after) : rows)
    .selectAll()
    .orderBy(by, direction)
    .modifyEnd(sql`fetch first ${sql.lit(limit)} rows with ties`)
  // Contacts are looked up for the rows of the page alone.
  return db
    .selectFrom(paged.as('conversations'))
    .innerJoin(contactFaces(db, locationId).as('face'), 'face.faceId', 'conversations.contactId')
    .select(plain)
    .select(derived(by))
    .orderBy(`conversations.${by}`, direction)
    .orderBy('conversations.id')
}

/** Conversations of one location by what is asked for. */
export const searchConversations = async (db: Db, locationId: string, search: ConversationSearch) => {
  const [found, total] = await Promise.all([
    page(db, ConversationHit, conversationHits(db, locationId, search), { search: true }),
    countRowsUpTo(db, matching(db, locationId, search).select('id')),
  ])
  return { conversations: found.items, total }
}

/** The statement of a page, for those who look at its plan. */
export const compiledSearch = (db: Db, locationId: string, search: ConversationSearch): CompiledQuery =>
  conversationHits(db, locationId, search).compile()
