import { sql } from 'kysely'
import { columnsOf, rowsOf } from '../../database/rows.js'
import type { Db } from '../../database/wire.js'
import { newId } from '../../ids.js'
import { numberOf } from './channels.rules.js'
import { plainText } from './texts.rules.js'

/** One line of a conversation of the demo world. */
export interface SeedMessage {
  readonly direction: 'inbound' | 'outbound'
  readonly at: Date
  readonly body: string
  /** Given: it is an e-mail, and `body` its HTML. */
  readonly subject?: string
  readonly from: string
  readonly to: string
  readonly userId: string | null
}

export interface SeedConversation {
  readonly contactId: string
  readonly messages: readonly SeedMessage[]
  readonly unreadCount: number
  readonly starred: boolean
}

const messageOf = (conversationId: string, contactId: string, message: SeedMessage) => {
  const messageType = message.subject === undefined ? 'TYPE_SMS' : 'TYPE_EMAIL'
  const id = newId(message.at)
  const emailId = newId(message.at)
  const { direction, at, from, to, userId } = message
  const status = direction === 'inbound' ? 'delivered' : 'read'
  const shared = {
    conversationId,
    contactId,
    direction,
    status,
    attachments: [],
    source: 'app',
    userId,
    dateAdded: at,
    dateUpdated: at,
  }
  const body = message.subject === undefined ? message.body : plainText(message.body)
  const mail = {
    ...shared,
    id: emailId,
    messageId: id,
    subject: message.subject,
    body: message.body,
    bodyText: body,
    contentType: 'text/html',
    provider: 'smtp',
    from,
    to: [to],
    cc: [],
    bcc: [],
    events: {},
    status: direction === 'inbound' ? 'delivered' : 'opened',
  }
  const meta = message.subject === undefined ? null : { email: { messageIds: [emailId] } }
  const row = { ...shared, id, type: numberOf(messageType), messageType, body, contentType: 'text/plain', meta, sortedAt: at }
  const plain = message.subject === undefined ? { from, to } : {}
  return { row: { ...row, ...plain }, mail: message.subject === undefined ? undefined : mail }
}

type Made = ReturnType<typeof messageOf>

const conversationOf = (id: string, { contactId, messages, unreadCount, starred }: SeedConversation, made: readonly Made[]) => {
  const last = made.at(-1)?.row
  return {
    id,
    contactId,
    type: 1,
    inbox: true,
    starred,
    unreadCount,
    mentions: [],
    lastMessageId: last?.id,
    lastMessageBody: last?.body,
    lastMessageType: last?.messageType,
    lastMessageNumber: last?.type,
    lastMessageDirection: last?.direction,
    lastOutboundMessageAction: made.some(({ row }) => row.direction === 'outbound') ? 'manual' : null,
    lastMessageDate: last?.dateAdded,
    lastManualMessageDate: last?.dateAdded,
    dateAdded: messages[0]?.at,
    dateUpdated: last?.dateAdded,
  }
}

const insert = async (db: Db, table: 'conversations' | 'messages' | 'emails', locationId: string, rows: readonly object[]) => {
  const [first] = rows
  if (!first) return
  const names = columnsOf<typeof table>(...(['locationId', ...Object.keys({ ...first, ...rows.at(-1) })] as never[]))
  const placed = rows.map((row) => ({ locationId, ...row }))
  await sql`insert into ${sql.table(table)} (${names}) select ${names} from ${rowsOf(table, placed)}`.execute(db)
}

/** Conversations of the demo world: three statements, and nobody is told. */
export const seedConversations = async (db: Db, locationId: string, seeds: readonly SeedConversation[]): Promise<void> => {
  const all = seeds.map((seed) => {
    const id = newId(seed.messages[0]?.at ?? new Date(0))
    const made = seed.messages.map((message) => messageOf(id, seed.contactId, message))
    return { made, conversation: conversationOf(id, seed, made) }
  })
  const made = all.flatMap((each) => each.made)
  const plain = { from: null, to: null }
  await insert(
    db,
    'conversations',
    locationId,
    all.map(({ conversation }) => conversation),
  )
  await insert(
    db,
    'messages',
    locationId,
    made.map(({ row }) => ({ ...plain, ...row })),
  )
  await insert(
    db,
    'emails',
    locationId,
    made.flatMap(({ mail }) => (mail ? [mail] : [])),
  )
}
