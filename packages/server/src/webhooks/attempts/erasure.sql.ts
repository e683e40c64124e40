import { sql } from 'kysely'
import { likePattern } from '../../database/newest-first.js'
import type { Db } from '../../database/wire.js'

/** A person as outbox and deliveries mention one. */
export interface Mentioned {
  readonly locationId: string
  readonly contactId: string
  readonly terms: readonly string[]
}

const most = 10_000

const patterns = ({ terms }: Mentioned) => sql`${terms.map(likePattern)}::text[]`
/** The notice of the erasure itself says nothing but the id. */
const notice = ({ contactId }: Mentioned) => JSON.stringify({ id: contactId })

/** Events of the sub-account that mention the person, and what was sent of them. */
export const mentionsInWebhooks = async (db: Db, about: Mentioned) => {
  const events = await sql<{
    row: object
  }>`select json_build_object('id', id, 'type', type, 'dateAdded', "dateAdded", 'payload', payload) as row
    from events where "locationId" = ${about.locationId} and payload ilike any(${patterns(about)})
    order by seq limit ${sql.lit(most)}`.execute(db)
  const deliveries = await sql<{ row: object }>`select json_build_object('id', id, 'appId', "appId", 'url', url, 'state', state,
      'dateAdded', "dateAdded", 'body', body) as row
    from deliveries where "locationId" = ${about.locationId} and body ilike any(${patterns(about)})
    order by "dateAdded" limit ${sql.lit(most)}`.execute(db)
  return { events: events.rows.map(({ row }) => row), deliveries: deliveries.rows.map(({ row }) => row) }
}

/** That something was sent stays; what it said of the person goes, and what was still to be sent is not sent. */
export const eraseFromWebhooks = async (db: Db, about: Mentioned, now: Date): Promise<void> => {
  const ofPlace = sql`"locationId" = ${about.locationId}`
  await sql`update attempts set "responseBody" = null, error = '', "responseHeaders" = '{}'
    where ("responseBody" ilike any(${patterns(about)}) or error ilike any(${patterns(about)}))
      and "deliveryId" in (select id from deliveries where ${ofPlace})`.execute(db)
  await sql`update deliveries d set body = '{}', "lastError" = null,
      state = case when state = 'waiting' then 'cancelled' else state end,
      "finishedAt" = coalesce("finishedAt", ${now})
    from events e where e.id = d."eventId" and d."locationId" = ${about.locationId} and d.body ilike any(${patterns(about)})
      and e.payload <> ${notice(about)}`.execute(db)
  await sql`update events set payload = '{}' where ${ofPlace} and payload ilike any(${patterns(about)})
    and payload <> ${notice(about)}`.execute(db)
}
