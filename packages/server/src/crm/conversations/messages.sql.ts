import type { Json, Static } from '@groundlevel/contract-kit'
import { shapes } from '@groundlevel/contracts'
import { type SqlBool, sql } from 'kysely'
import { columnsOf, rowsOf } from '../../database/rows.js'
import { type Db, each, one } from '../../database/wire.js'

const { Message } = shapes

export type MessageJson = Json<Static<typeof Message>>

export interface Problem {
  readonly code: string
  readonly type: string
  readonly message: string
}

export type Route = 'smtp' | 'provider' | 'outbox'

export interface NewMessage {
  readonly id: string
  readonly conversationId: string
  readonly contactId: string
  readonly type: number
  readonly messageType: string
  readonly subType?: string | null
  readonly direction: 'inbound' | 'outbound'
  readonly status: string
  readonly body: string | null
  readonly contentType: string
  readonly attachments: string[]
  readonly meta?: object | null
  readonly source: string
  readonly userId: string | null
  readonly conversationProviderId: string | null
  readonly altId?: string | null
  readonly from: string | null
  readonly to: string | null
  readonly error?: Problem | null
  readonly route: Route | null
  readonly scheduledAt: Date | null
  readonly sortedAt: Date
  readonly dateAdded: Date
}

/** A message as rules decide on it. */
export interface HeldMessage {
  readonly id: string
  readonly conversationId: string
  readonly contactId: string
  readonly type: number
  readonly messageType: string
  readonly subType: string | null
  readonly direction: string
  readonly status: string
  readonly body: string | null
  readonly attachments: string[]
  readonly source: string
  readonly userId: string | null
  readonly conversationProviderId: string | null
  readonly contentType: string
  readonly altId: string | null
  readonly from: string | null
  readonly to: string | null
  readonly meta: unknown
  readonly route: string | null
  readonly dateAdded: Date
}

export interface MessageChange {
  readonly status?: string
  readonly error?: Problem | null
  readonly attachments?: string[]
  readonly body?: string | null
  readonly direction?: string
  readonly route?: Route | null
  readonly contentType?: string
  readonly sortedAt?: Date
  readonly scheduledAt?: Date | null
  readonly meta?: object | null
  readonly altId?: string
}

/** Columns that rules decide on. */
export const heldMessageColumns = [
  'id',
  'conversationId',
  'contactId',
  'type',
  'messageType',
  'subType',
  'direction',
  'status',
  'body',
  'attachments',
  'source',
  'userId',
  'conversationProviderId',
  'contentType',
  'altId',
  'from',
  'to',
  'meta',
  'route',
  'dateAdded',
] as const

const columnsAdded = columnsOf<'messages'>('locationId', ...heldMessageColumns, 'error', 'scheduledAt', 'sortedAt', 'dateUpdated')

const json = (value: unknown) => (value === undefined || value === null ? null : JSON.stringify(value))

const stored = ({ error, meta, ...rest }: MessageChange) => ({
  ...rest,
  ...(error === undefined ? {} : { error: json(error) }),
  ...(meta === undefined ? {} : { meta: json(meta) }),
})

/** Messages of one location. */
export const messagesOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('messages').where('locationId', '=', locationId)
  return {
    find: (id: string): Promise<MessageJson | undefined> => one(db, Message, mine.selectAll().where('id', '=', id)),
    read: (id: string): Promise<HeldMessage | undefined> =>
      mine.select(heldMessageColumns).where('id', '=', id).executeTakeFirst(),
    hold: (id: string): Promise<HeldMessage | undefined> =>
      mine.select(heldMessageColumns).where('id', '=', id).forUpdate().executeTakeFirst(),
    add: async ({ meta, error, ...message }: NewMessage): Promise<void> => {
      await db
        .insertInto('messages')
        .values({ ...message, meta: json(meta), error: json(error), locationId, dateUpdated: message.dateAdded })
        .execute()
    },
    addAll: async (messages: readonly NewMessage[]): Promise<void> => {
      if (messages.length === 0) return
      const rows = messages.map((message) => ({ ...message, locationId, dateUpdated: message.dateAdded }))
      await sql`insert into messages (${columnsAdded}) select ${columnsAdded} from ${rowsOf('messages', rows)}`.execute(db)
    },
    change: async (id: string, change: MessageChange, dateUpdated: Date): Promise<void> => {
      await db
        .updateTable('messages')
        .set({ ...stored(change), dateUpdated })
        .where('locationId', '=', locationId)
        .where('id', '=', id)
        .execute()
    },
    /** A thread has one more e-mail, and stands where that does. */
    addToThread: async (id: string, emailId: string, change: MessageChange, dateUpdated: Date): Promise<void> => {
      const more = sql`coalesce(meta->'email'->'messageIds', '[]'::jsonb) || to_jsonb(${emailId}::text)`
      await db
        .updateTable('messages')
        .set({
          ...stored(change),
          meta: sql`jsonb_build_object('email', jsonb_build_object('messageIds', ${more}))`,
          dateUpdated,
        })
        .where('locationId', '=', locationId)
        .where('id', '=', id)
        .execute()
    },
    remove: async (id: string): Promise<void> => {
      await db.deleteFrom('messages').where('locationId', '=', locationId).where('id', '=', id).execute()
    },
  }
}

export interface Page {
  readonly conversationId: string
  /** Begins after this message. */
  readonly lastMessageId?: string | undefined
  /** Empty: of every type. */
  readonly types: readonly string[]
  readonly limit: number
}

const after = (db: Db, locationId: string, id: string) => {
  const place = db.selectFrom('messages').select(['sortedAt', 'id']).where('locationId', '=', locationId).where('id', '=', id)
  return sql<SqlBool>`("sortedAt", id) < (${place})`
}

/** Messages of one conversation, newest first, one more than asked for where there are more. */
export const messagePage = (db: Db, locationId: string, { conversationId, lastMessageId, types, limit }: Page) => {
  let rows = db
    .selectFrom('messages')
    .selectAll()
    .where('locationId', '=', locationId)
    .where('conversationId', '=', conversationId)
  if (types.length > 0) rows = rows.where(sql<SqlBool>`"messageType" = any(${sql.val(types)}::text[])`)
  if (lastMessageId) rows = rows.where(after(db, locationId, lastMessageId))
  return each(
    db,
    Message,
    rows
      .orderBy('sortedAt', 'desc')
      .orderBy('id', 'desc')
      .limit(sql.lit(limit + 1)),
  )
}
