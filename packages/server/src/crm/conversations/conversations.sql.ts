import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { columnsOf, rowsOf } from '../../database/rows.js'
import { type Db, one } from '../../database/wire.js'
import { contactFaces } from '../contacts/index.js'

const { Conversation, ConversationChanged, ConversationCreated } = shapes

/** A conversation as rules decide on it. */
export interface Held {
  readonly id: string
  readonly contactId: string
  readonly type: number
  readonly inbox: boolean
  readonly starred: boolean
  readonly unreadCount: number
  readonly reviewId: string | null
  readonly mentions: string[]
  readonly lastMessageId: string | null
  readonly lastMessageDate: Date
}

export interface NewConversation {
  readonly id: string
  readonly contactId: string
  readonly type: number
  readonly now: Date
}

/** The message that a conversation shows in its list. */
export interface LastMessage {
  readonly id: string
  readonly body: string | null
  readonly messageType: string
  readonly number: number
  readonly direction: string
  readonly at: Date
  readonly automated: boolean
  /** How many are unread because of it. */
  readonly unread: number
}

export interface ConversationChange {
  readonly unreadCount?: number
  readonly starred?: boolean
  readonly inbox?: boolean
  readonly feedback?: unknown
  readonly reviewId?: string
  readonly type?: number
  readonly mentions?: string[]
}

const heldColumns = [
  'id',
  'contactId',
  'type',
  'inbox',
  'starred',
  'unreadCount',
  'reviewId',
  'mentions',
  'lastMessageId',
  'lastMessageDate',
] as const

const kept = sql<boolean>`false`.as('deleted')
const longestPreview = 1000

const lastFields = (last: LastMessage, now: Date) => ({
  lastMessageId: last.id,
  lastMessageBody: last.body?.slice(0, longestPreview) ?? null,
  lastMessageType: last.messageType,
  lastMessageNumber: last.number,
  lastMessageDirection: last.direction,
  lastMessageDate: last.at,
  ...(last.direction === 'outbound' ? { lastOutboundMessageAction: last.automated ? 'automated' : 'manual' } : {}),
  ...(last.automated ? {} : { lastManualMessageDate: last.at }),
  dateUpdated: now,
})

/** What a message that no person wrote changes of what is shown. */
const sentColumns = [
  'lastMessageId',
  'lastMessageBody',
  'lastMessageType',
  'lastMessageNumber',
  'lastMessageDirection',
  'lastMessageDate',
  'lastOutboundMessageAction',
] as const
const newer = sql`c."lastMessageId" is null or r."lastMessageDate" >= c."lastMessageDate"`

const openedColumns = columnsOf<'conversations'>(
  'locationId',
  'id',
  'contactId',
  'type',
  'inbox',
  'starred',
  'unreadCount',
  'mentions',
  'lastMessageDate',
  'dateAdded',
  'dateUpdated',
)

/** Conversations of one location. */
export const conversationsOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('conversations').where('conversations.locationId', '=', locationId)
  const shown = mine.innerJoin(contactFaces(db, locationId).as('face'), 'face.faceId', 'conversations.contactId')
  const update = db.updateTable('conversations').where('locationId', '=', locationId)
  return {
    find: (id: string) =>
      one(
        db,
        Conversation,
        shown
          .select([
            'conversations.id',
            'conversations.contactId',
            'conversations.locationId',
            'conversations.inbox',
            'conversations.type',
            'conversations.unreadCount',
            'conversations.starred',
            'conversations.lastMessageBody',
            'conversations.reviewId',
            'face.assignedTo',
            kept,
            sql<number | null>`"lastMessageNumber"`.as('lastMessageType'),
            sql<unknown>`case when "lastMessageId" is not null then json_build_object(
              'seconds', floor(extract(epoch from "lastMessageDate"))::bigint,
              'nanoseconds', (extract(milliseconds from "lastMessageDate")::int % 1000) * 1000000) end`.as('lastMessageDate'),
          ])
          .where('conversations.id', '=', id),
      ),
    created: (id: string) =>
      one(
        db,
        ConversationCreated,
        shown.selectAll('conversations').select(['face.assignedTo', kept]).where('conversations.id', '=', id),
      ),
    changed: (id: string) =>
      one(
        db,
        ConversationChanged,
        shown
          .select([
            'conversations.id',
            'conversations.locationId',
            'conversations.contactId',
            'face.assignedTo',
            'face.assignedTo as userId',
            'conversations.lastMessageBody',
            'conversations.lastMessageDate',
            'conversations.lastMessageNumber as lastMessageType',
            'conversations.dateAdded',
            'conversations.dateUpdated',
            'conversations.unreadCount',
            'conversations.inbox',
            'conversations.starred',
            kept,
          ])
          .where('conversations.id', '=', id),
      ),

    /** Locked until the transaction ends. */
    hold: (id: string): Promise<Held | undefined> => mine.select(heldColumns).where('id', '=', id).forUpdate().executeTakeFirst(),
    /** That of a contact, the same. */
    holdOf: (contactId: string): Promise<Held | undefined> =>
      mine.select(heldColumns).where('contactId', '=', contactId).forUpdate().executeTakeFirst(),
    idOf: async (contactId: string) => (await mine.select('id').where('contactId', '=', contactId).executeTakeFirst())?.id,
    contactOf: async (id: string) => (await mine.select('contactId').where('id', '=', id).executeTakeFirst())?.contactId,

    /** A contact has one conversation: whoever comes second finds it there. @returns whether it was made now */
    open: async ({ id, contactId, type, now }: NewConversation): Promise<boolean> => {
      const row = { locationId, id, contactId, type, inbox: true, starred: false, unreadCount: 0, mentions: [] }
      const made = await db
        .insertInto('conversations')
        .values({ ...row, lastMessageDate: now, dateAdded: now, dateUpdated: now })
        .onConflict((conflict) => conflict.columns(['locationId', 'contactId']).doNothing())
        .returning('id')
        .executeTakeFirst()
      return made !== undefined
    },

    /** The same for many; those who have one keep it. */
    openAll: async (made: readonly NewConversation[]): Promise<void> => {
      const rows = made.map(({ now, ...row }) => ({
        ...row,
        ...{ locationId, inbox: true, starred: false, unreadCount: 0, mentions: [] },
        ...{ lastMessageDate: now, dateAdded: now, dateUpdated: now },
      }))
      await sql`insert into conversations (${openedColumns}) select ${openedColumns} from ${rowsOf('conversations', rows)}
        on conflict ("locationId", "contactId") do nothing`.execute(db)
    },
    /** Those of many contacts, locked in one order. */
    holdOfAll: (contactIds: readonly string[]): Promise<Held[]> =>
      mine
        .select(heldColumns)
        .where(sql<boolean>`"contactId" = any(${sql.val(contactIds)}::text[])`)
        .orderBy('contactId')
        .forUpdate()
        .execute(),
    /** Shows a message that went out in each of many conversations that the caller holds. */
    showSent: async (shown: readonly { readonly held: Held; readonly last: LastMessage }[], now: Date): Promise<void> => {
      const rows = shown.map(({ held, last }) => ({ id: held.id, ...lastFields(last, now) }))
      await sql`
        update conversations c set "dateUpdated" = r."dateUpdated", ${sql.join(
          sentColumns.map(
            (name) => sql`${sql.ref(name)} = case when ${newer} then r.${sql.ref(name)} else c.${sql.ref(name)} end`,
          ),
        )} from ${rowsOf('conversations', rows)} r
        where c."locationId" = ${locationId} and c.id = r.id`.execute(db)
    },

    change: async (id: string, { feedback, ...change }: ConversationChange, now: Date): Promise<Held | undefined> =>
      update
        .set({ ...change, ...(feedback === undefined ? {} : { feedback: JSON.stringify(feedback) }), dateUpdated: now })
        .where('id', '=', id)
        .returning(heldColumns)
        .executeTakeFirst(),

    /** Shows a newer message; an older one only counts. */
    show: async (held: Held, last: LastMessage, now: Date): Promise<Held | undefined> => {
      const newest = held.lastMessageId === null || last.at.getTime() >= held.lastMessageDate.getTime()
      return update
        .set((eb) => ({
          ...(newest ? lastFields(last, now) : { dateUpdated: now }),
          inbox: last.direction === 'inbound' ? true : eb.ref('inbox'),
          unreadCount: eb('unreadCount', '+', last.unread),
        }))
        .where('id', '=', held.id)
        .returning(heldColumns)
        .executeTakeFirst()
    },

    remove: async (id: string): Promise<Held | undefined> =>
      db
        .deleteFrom('conversations')
        .where('locationId', '=', locationId)
        .where('id', '=', id)
        .returning(heldColumns)
        .executeTakeFirst(),
  }
}
