import type { Db } from '../../database/wire.js'
import { conversationsOf, type Held } from './conversations.sql.js'
import { mailTokensOf } from './mail-in/addresses.sql.js'

const tables = ['messages', 'emails', 'messageSends', 'callTranscripts'] as const

const handOverRows = async (db: Db, locationId: string, from: string, to: string) => {
  for (const table of tables)
    await db
      .updateTable(table)
      .set({ contactId: to })
      .where('locationId', '=', locationId)
      .where('contactId', '=', from)
      .execute()
}

const joinConversations = async (db: Db, locationId: string, kept: Held, gone: Held) => {
  for (const table of ['messages', 'emails'] as const)
    await db
      .updateTable(table)
      .set({ conversationId: kept.id })
      .where('locationId', '=', locationId)
      .where('conversationId', '=', gone.id)
      .execute()
  const row = await db
    .selectFrom('conversations')
    .select([
      'lastMessageId',
      'lastMessageBody',
      'lastMessageType',
      'lastMessageNumber',
      'lastMessageDirection',
      'lastOutboundMessageAction',
      'lastMessageDate',
      'lastManualMessageDate',
    ])
    .where('locationId', '=', locationId)
    .where('id', '=', gone.id)
    .executeTakeFirstOrThrow()
  const newer = gone.lastMessageId !== null && (kept.lastMessageId === null || gone.lastMessageDate > kept.lastMessageDate)
  await conversationsOf(db, locationId).remove(gone.id)
  await db
    .updateTable('conversations')
    .set({
      ...(newer ? row : {}),
      unreadCount: kept.unreadCount + gone.unreadCount,
      starred: kept.starred || gone.starred,
      inbox: kept.inbox || gone.inbox,
      mentions: [...new Set([...kept.mentions, ...gone.mentions])],
      reviewId: kept.reviewId ?? gone.reviewId,
    })
    .where('locationId', '=', locationId)
    .where('id', '=', kept.id)
    .execute()
}

/** A stated wish goes along; where both have stated one, the wish not to be written to stays. */
const movePreferences = async (db: Db, locationId: string, from: string, to: string) => {
  const rows = await db
    .deleteFrom('emailPreferences')
    .where('locationId', '=', locationId)
    .where('contactId', '=', from)
    .returningAll()
    .execute()
  for (const row of rows)
    await db
      .insertInto('emailPreferences')
      .values({ ...row, contactId: to })
      .onConflict((conflict) =>
        conflict
          .columns(['locationId', 'contactId', 'email', 'subtypeId'])
          .doUpdateSet({ status: row.status, dateUpdated: row.dateUpdated })
          .where('emailPreferences.status', '=', row.status === 'unsubscribed' ? 'subscribed' : 'unsubscribed')
          .where((eb) => eb.val(row.status === 'unsubscribed')),
      )
      .execute()
}

/** Hands the conversation of one contact to another; where both have one, they become one. */
export const moveConversations = async (
  db: Db,
  locationId: string,
  fromContactId: string,
  toContactId: string,
): Promise<void> => {
  const conversations = conversationsOf(db, locationId)
  await movePreferences(db, locationId, fromContactId, toContactId)
  await mailTokensOf(db, locationId).move(fromContactId, toContactId)
  const gone = await conversations.holdOf(fromContactId)
  if (!gone) return
  const kept = await conversations.holdOf(toContactId)
  await handOverRows(db, locationId, fromContactId, toContactId)
  if (kept) return joinConversations(db, locationId, kept, gone)
  await db
    .updateTable('conversations')
    .set({ contactId: toContactId })
    .where('locationId', '=', locationId)
    .where('id', '=', gone.id)
    .execute()
}
