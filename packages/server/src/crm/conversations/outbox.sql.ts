import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, each } from '../../database/wire.js'
import { contactFaces, idsAssigned } from '../contacts/index.js'
import { mailTypes } from './channels.rules.js'

const { KeptMessage } = shapes

/** E-mails are listed one by one; a comment goes to nobody. */
const notPlain = [...mailTypes, 'TYPE_INTERNAL_COMMENT']

export interface OutboxFilter {
  readonly contactId?: string | undefined
  /** The user who sees no others; absent: all are seen. */
  readonly onlyAssignedTo?: string | undefined
  readonly channel?: 'email' | 'other' | undefined
  readonly before?: string | undefined
  readonly limit: number
}

const text = (column: string) => sql.ref<string | null>(column)

/** What goes in and out of one location, e-mails one by one, newest first; one more than asked for where there are more. */
export const outboxPage = (db: Db, locationId: string, filter: OutboxFilter) => {
  const { contactId, onlyAssignedTo, channel, before, limit } = filter
  const theirs = onlyAssignedTo ? sql`and "contactId" in (${idsAssigned(db, locationId, onlyAssignedTo)})` : sql``
  const ofContact = contactId ? sql`${theirs} and "contactId" = ${contactId}` : theirs
  const place = before
    ? sql`and ("dateAdded", coalesce("emailMessageId", id)) < (select "dateAdded", id from (
        select "dateAdded", id from messages where "locationId" = ${locationId} and id = ${before}
        union all select "dateAdded", id from emails where "locationId" = ${locationId} and id = ${before}) p limit 1)`
    : sql``
  const order = sql`order by "dateAdded" desc, coalesce("emailMessageId", id) desc limit ${sql.lit(limit + 1)}`
  const plain = sql`(select * from (select id, null::text as "emailMessageId", "conversationId", "contactId", "messageType", direction, "from",
      case when "to" is null then '{}'::text[] else array["to"] end as "to", null::text as subject, body, null::text as html, attachments,
      status, error, "conversationProviderId", "dateAdded"
    from messages where "locationId" = ${locationId} and "messageType" <> all(${sql.val(notPlain)}::text[])
      and status <> 'scheduled' ${ofContact}) m where true ${place} ${order})`
  const mails = sql`(select * from (select "messageId" as id, id as "emailMessageId", "conversationId", "contactId", 'TYPE_EMAIL' as "messageType",
      direction, "from", "to", subject, coalesce("bodyText", body) as body,
      case when "contentType" = 'text/html' then body end as html, attachments, status, error, "conversationProviderId",
      "dateAdded"
    from emails where "locationId" = ${locationId} and status <> 'scheduled' ${ofContact}) e where true ${place} ${order})`
  const parts = channel === 'email' ? mails : channel === 'other' ? plain : sql`${plain} union all ${mails}`
  const query = db
    .selectFrom(sql<{ contactId: string }>`(${parts})`.as('kept'))
    .innerJoin(contactFaces(db, locationId).as('face'), 'face.faceId', 'kept.contactId')
    .leftJoin('conversationProviders as provider', (join) =>
      join.on(sql<boolean>`provider.id = kept."conversationProviderId" and kept.direction = 'outbound'`),
    )
    .select(['face.contactName', 'provider.name as providerName'])
    .select(
      Object.keys(KeptMessage.properties)
        .filter((name) => name !== 'contactName' && name !== 'providerName')
        .map((name) => text(`kept.${name}`).as(name)),
    )
    .orderBy(sql`kept."dateAdded"`, 'desc')
    .orderBy(sql`coalesce(kept."emailMessageId", kept.id)`, 'desc')
    .limit(sql.lit(limit + 1))
  return each(db, KeptMessage, query as never)
}
