import type { Run } from './many-contacts.js'

export interface ManyMessages {
  readonly locationId: string
  /** Conversations, each with a contact of `addManyContacts` of the same number. */
  readonly conversations: number
  /** Messages of each, one in ten an e-mail. */
  readonly each: number
}

const conversationId = `'talk' || lpad(n::text, 16, '0')`
const at = `timestamptz '2026-11-01' - n * interval '7 seconds'`

/** Conversations and messages as a busy sub-account has them, made by the database. The contacts must be there. */
export const addManyMessages = async (run: Run, { locationId, conversations, each }: ManyMessages): Promise<void> => {
  const step = 10_000
  for (let from = 0; from < conversations; from += step) {
    const series = `generate_series(${from}::bigint, ${Math.min(from + step, conversations) - 1}) n`
    await run(`insert into conversations ("locationId", id, "contactId", type, inbox, starred, "unreadCount", mentions, "lastMessageId",
        "lastMessageBody", "lastMessageType", "lastMessageNumber", "lastMessageDirection", "lastOutboundMessageAction", "lastMessageDate",
        "lastManualMessageDate", "dateAdded", "dateUpdated")
      select '${locationId}', ${conversationId}, 'many' || lpad(n::text, 16, '0'), 1, true, n % 25 = 0, case when n % 40 = 0 then 1 else 0 end,
        '{}', 'm' || n, 'See you on Thursday', 'TYPE_SMS', 2, case when n % 3 = 0 then 'inbound' else 'outbound' end, 'manual', ${at}, ${at},
        ${at} - interval '30 days', ${at} from ${series}`)
    await run(`insert into messages ("locationId", id, "conversationId", "contactId", type, "messageType", direction, status, body, "contentType",
        attachments, source, "sortedAt", "dateAdded", "dateUpdated")
      select '${locationId}', 'mesg' || lpad(n::text, 10, '0') || lpad(m::text, 6, '0'), ${conversationId}, 'many' || lpad(n::text, 16, '0'),
        case when m % 10 = 3 then 3 else 2 end, case when m % 10 = 3 then 'TYPE_EMAIL' else 'TYPE_SMS' end,
        case when m % 2 = 0 then 'inbound' else 'outbound' end, 'delivered', 'A line of about sixty letters, as people write to each other. ' || m,
        'text/plain', '{}', 'app', t, t, t
      from ${series}, generate_series(1, ${each}) m, lateral (select ${at} - m * interval '3 hours' as t) d`)
  }
}
