import { sql } from 'kysely'
import { rowsOf } from '../../database/rows.js'
import type { Db } from '../../database/wire.js'
import { type HeldEmail, heldEmailColumns } from './emails.sql.js'
import { type HeldMessage, heldMessageColumns, type Problem } from './messages.sql.js'
import type { Send } from './sends.sql.js'

/** Something of one location among those of many. */
interface Placed {
  readonly locationId: string
  readonly id: string
}

const pairs = (all: readonly Placed[]) =>
  sql`select * from unnest(${sql.val(all.map(({ locationId }) => locationId))}::text[], ${sql.val(all.map(({ id }) => id))}::text[])`

const among = (all: readonly Placed[]) => sql<boolean>`("locationId", id) in (${pairs(all)})`

export type DueMessage = HeldMessage & { readonly locationId: string }
export interface DueEmail extends HeldEmail {
  readonly locationId: string
  /** What its provider calls the e-mail that it answers. */
  readonly replyToAltId: string | null
}

/** What a batch of sends is about, each kind in one question. */
export const readDue = async (db: Db, sends: readonly Send[]) => {
  const ids = sends.map(({ locationId, messageId }) => ({ locationId, id: messageId }))
  const mailIds = sends.flatMap(({ locationId, emailId }) => (emailId === '' ? [] : [{ locationId, id: emailId }]))
  const messages: DueMessage[] = await db
    .selectFrom('messages')
    .select(['locationId', ...heldMessageColumns])
    .where(among(ids))
    .execute()
  const emails: DueEmail[] =
    mailIds.length === 0
      ? []
      : await db
          .selectFrom('emails')
          .select(['locationId', ...heldEmailColumns])
          .select((from) =>
            from
              .selectFrom('emails as answered')
              .select('altId')
              .whereRef('answered.locationId', '=', 'emails.locationId')
              .whereRef('answered.id', '=', 'emails.replyToMessageId')
              .as('replyToAltId'),
          )
          .where(among(mailIds))
          .execute()
  return { messages, emails }
}

/** Locks conversations in the order of their ids, so that two nodes never wait for each other. @returns those that are there */
export const lockConversations = async (db: Db, all: readonly Placed[]): Promise<ReadonlySet<string>> => {
  const rows = await db
    .selectFrom('conversations')
    .select('id')
    .where(among(all))
    .orderBy('locationId')
    .orderBy('id')
    .forUpdate()
    .execute()
  return new Set(rows.map(({ id }) => id))
}

export interface HandedRow extends Placed {
  readonly status: string
  readonly error: Problem | null
  readonly route: string | null
}

/** Where messages or e-mails stand that were handed over. */
export const storeHanded = async (db: Db, table: 'messages' | 'emails', rows: readonly HandedRow[], now: Date): Promise<void> => {
  if (rows.length === 0) return
  const place = table === 'messages' ? sql`, "sortedAt" = ${now}` : sql``
  await sql`update ${sql.table(table)} t set status = x.status, error = x.error, route = x.route, "scheduledAt" = null, "dateUpdated" = ${now}${place}
    from ${rowsOf(table, rows)} x where t."locationId" = x."locationId" and t.id = x.id`.execute(db)
}

export interface ShownRow extends Placed {
  readonly lastMessageId: string
  readonly lastMessageBody: string | null
  readonly lastMessageType: string
  readonly lastMessageNumber: number
  readonly lastOutboundMessageAction: string
}

/** Conversations show what went out. */
export const showHanded = async (db: Db, rows: readonly ShownRow[], now: Date): Promise<void> => {
  await sql`update conversations c set "lastMessageId" = x."lastMessageId", "lastMessageBody" = x."lastMessageBody",
      "lastMessageType" = x."lastMessageType", "lastMessageNumber" = x."lastMessageNumber", "lastMessageDirection" = 'outbound',
      "lastOutboundMessageAction" = x."lastOutboundMessageAction", "lastMessageDate" = ${now}, "dateUpdated" = ${now},
      "lastManualMessageDate" = case when x."lastOutboundMessageAction" = 'manual' then ${now} else c."lastManualMessageDate" end
    from ${rowsOf('conversations', rows)} x
    where c."locationId" = x."locationId" and c.id = x.id and (c."lastMessageId" is null or c."lastMessageDate" <= ${now})`.execute(
    db,
  )
}

/** Takes away what was handed over, or has become pointless. */
export const removeSends = async (db: Db, sends: readonly Send[]): Promise<void> => {
  await sql`delete from "messageSends" s using ${rowsOf('messageSends', sends)} x
    where s."locationId" = x."locationId" and s."messageId" = x."messageId" and s."emailId" = x."emailId"`.execute(db)
}
