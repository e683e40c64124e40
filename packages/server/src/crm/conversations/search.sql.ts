import { shapes } from '@groundlevel/contracts'
import { type CompiledQuery, sql } from 'kysely'
import { countRowsUpTo } from '../../database/count-up-to.js'
import { type Db, page } from '../../database/wire.js'
import { contactFaces, contactIdsMatching, contactIdsOfUsers, idsAssigned } from '../contacts/index.js'

const { ConversationHit } = shapes

export interface ConversationSearch {
  readonly contactId?: string | undefined
  /** The user who sees no others; absent: all are seen. */
  readonly onlyAssignedTo?: string | undefined
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

/** Ids of the contacts that a search is for; undefined where it is for anybody. */
const people = (db: Db, locationId: string, { assignedTo, followers, query }: ConversationSearch) => {
  const ofUsers = assignedTo.length + followers.length > 0
  if (!ofUsers) return query ? contactIdsMatching(db, locationId, query) : undefined
  const ids = contactIdsOfUsers(db, locationId, { assignedTo, followers })
  return query ? ids.where('id', 'in', contactIdsMatching(db, locationId, query)) : ids
}

const demanded = (db: Db, locationId: string, search: ConversationSearch) => {
  const { by, mentions, status } = search
  let rows = db.selectFrom('conversations').where('conversations.locationId', '=', locationId)
  if (search.none) rows = rows.where(sql<boolean>`false`)
  if (search.contactId) rows = rows.where('contactId', '=', search.contactId)
  if (search.onlyAssignedTo) rows = rows.where('contactId', 'in', idsAssigned(db, locationId, search.onlyAssignedTo))
  if (search.id) rows = rows.where('id', '=', search.id)
  if (mentions.length > 0) rows = rows.where(some('conversations.mentions', mentions))
  if (search.lastMessageType) rows = rows.where('lastMessageType', '=', search.lastMessageType)
  if (search.lastMessageAction) rows = rows.where('lastOutboundMessageAction', '=', search.lastMessageAction)
  if (search.lastMessageDirection) rows = rows.where('lastMessageDirection', '=', search.lastMessageDirection)
  if (status !== 'all') rows = rows.where(byStatus[status])
  if (status === 'recents') rows = rows.where('lastMessageId', 'is not', null).where('lastMessageDate', '>=', search.recentSince)
  if (search.addedFrom) rows = rows.where('conversations.dateAdded', '>=', search.addedFrom)
  if (search.addedTo) rows = rows.where('conversations.dateAdded', '<=', search.addedTo)
  return by === 'lastManualMessageDate' ? rows.where('lastManualMessageDate', 'is not', null) : rows
}

const matching = (db: Db, locationId: string, search: ConversationSearch) => {
  const ids = people(db, locationId, search)
  const rows = demanded(db, locationId, search)
  return ids ? rows.where('contactId', 'in', ids) : rows
}

/** One page as a query. It ends where its last date does: the next one begins after that date, which is all that `sort` says. */
const conversationHits = (db: Db, locationId: string, search: ConversationSearch) => {
  const { by, direction, after, limit } = search
  const rows = matching(db, locationId, search)
  const paged = (after ? rows.where(by, direction === 'desc' ? '<' : '>', after) : rows)
    .selectAll()
    .orderBy(by, direction)
    .modifyEnd(sql`fetch first ${sql.lit(limit)} rows with ties`)
  return withFaces(db, locationId, search, paged)
}

type Paged = ReturnType<ReturnType<typeof demanded>['selectAll']>

/** Contacts are looked up for the rows of the page alone. */
const withFaces = (db: Db, locationId: string, { by, direction }: ConversationSearch, paged: Paged) =>
  db
    .selectFrom(paged.as('conversations'))
    .innerJoin(contactFaces(db, locationId).as('face'), 'face.faceId', 'conversations.contactId')
    .select(plain)
    .select(derived(by))
    .orderBy(`conversations.${by}`, direction)
    .orderBy('conversations.id')

/** Of more contacts than this it is quicker to walk the list until the page is full. */
const mostPeople = 10_000

const found = (db: Db, locationId: string, search: ConversationSearch, ids: NonNullable<ReturnType<typeof people>>) => {
  const { by, direction, after, limit } = search
  const later = after ? sql`where at ${direction === 'desc' ? sql`<` : sql`>`} ${after}` : sql``
  const rows = demanded(db, locationId, search)
    .select(['id', `${by} as at`])
    .where(sql<boolean>`"contactId" = any((select ids from people where cardinality(ids) <= ${sql.lit(mostPeople)})::text[])`)
  return sql<{ people: number; n: number; ids: string[] | null }>`/* search */ with
      people as materialized (select array(${ids.limit(sql.lit(mostPeople + 1))}) as ids),
      hits as materialized (${rows}),
      page as (select id from hits ${later} order by at ${direction === 'desc' ? sql`desc` : sql`asc`} fetch first ${sql.lit(limit)} rows with ties)
    select (select cardinality(ids) from people) as people, (select count(*)::int from hits) as n, (select array_agg(id) from page) as ids`
}

/** Conversations of a few people: they are looked for once, for the page and for the total alike. Undefined where there are too many. */
const searchAmong = async (db: Db, locationId: string, search: ConversationSearch) => {
  const ids = people(db, locationId, search)
  if (!ids) return undefined
  const [row] = (await found(db, locationId, search, ids).execute(db)).rows
  if (!row || row.people > mostPeople) return undefined
  const rows = db
    .selectFrom('conversations')
    .selectAll()
    .where('conversations.locationId', '=', locationId)
    .where(sql<boolean>`conversations.id = any(${sql.val(row.ids ?? [])}::text[])`)
  const { items } = await page(db, ConversationHit, withFaces(db, locationId, search, rows), { search: true })
  return { conversations: items, total: row.n }
}

/** Conversations of one location by what is asked for. */
export const searchConversations = async (db: Db, locationId: string, search: ConversationSearch) => {
  const few = await searchAmong(db, locationId, search)
  if (few) return few
  const [hits, total] = await Promise.all([
    page(db, ConversationHit, conversationHits(db, locationId, search), { search: true }),
    countRowsUpTo(db, matching(db, locationId, search).select('id')),
  ])
  return { conversations: hits.items, total }
}

/** The statement of a page, for those who look at its plan. */
export const compiledSearch = (db: Db, locationId: string, search: ConversationSearch): CompiledQuery =>
  conversationHits(db, locationId, search).compile()
