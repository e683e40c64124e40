import { sql } from 'kysely'
import { equals, likePattern, rounded, searchMark, within } from '../../database/newest-first.js'
import type { Db } from '../../database/wire.js'
import { isUuid } from '../../ids.js'
import type { EntryFilter } from '../../timeline/index.js'

export interface ListedDelivery {
  readonly id: string
  readonly eventId: string
  readonly appId: string
  readonly type: string
  readonly test: boolean
  readonly companyId: string | null
  readonly locationId: string | null
  readonly url: string
  readonly state: 'waiting' | 'succeeded' | 'dead' | 'cancelled'
  readonly attempts: number
  readonly lastStatus: number | null
  readonly lastError: string | null
  readonly lastDurationMs: number | null
  readonly runAt: Date
  readonly traceId: string | null
  readonly dateAdded: Date
}

export interface ListedEvent {
  readonly id: string
  readonly appId: string
  readonly type: string
  readonly test: boolean
  readonly companyId: string | null
  readonly locationId: string | null
  readonly traceId: string | null
  readonly dateAdded: Date
  /** Why the app was not sent it; '' where it was. */
  readonly why: string
}

const searchedDelivery = ({ query }: EntryFilter) => {
  if (!query) return sql``
  const id = query.toLowerCase()
  if (isUuid(id)) {
    return sql`and (d.id = ${id}::uuid or d."eventId" = ${id}::uuid or d."webhookId" = ${id}::uuid or d."traceId" = ${id} or d.body like ${likePattern(id)})`
  }
  const like = likePattern(query)
  return sql`and (d.type ilike ${like} or d.url ilike ${like} or d."lastError" ilike ${like} or d.body ilike ${like})`
}

const outcomeOfDelivery = ({ outcome }: EntryFilter) => {
  if (outcome === undefined) return sql``
  if (outcome === 'ok') return sql`and d.state = 'succeeded'`
  return outcome === 'waiting' ? sql`and d.state = 'waiting'` : sql`and d.state in ('dead', 'cancelled')`
}

export const listDeliveries = async (db: Db, filter: EntryFilter): Promise<readonly ListedDelivery[]> => {
  const { rows } =
    await sql<ListedDelivery>`${searchMark(filter)}select r.* from unnest(${filter.appIds}::text[]) as a(id) cross join lateral (
      select d.id, d."eventId", d."appId", d.type, d.test, d."companyId", d."locationId", d.url, d.state, d.attempts, d."lastStatus",
        d."lastError", d."lastDurationMs", d."runAt", d."traceId", d."dateAdded"
      from deliveries d where d."appId" = a.id ${within(filter, sql`d."dateAdded"`, sql`d.id`)}
        ${equals(sql`d."locationId"`, filter.locationId)} ${equals(sql`d."traceId"`, filter.traceId)}
        ${outcomeOfDelivery(filter)} ${searchedDelivery(filter)}
      order by d."dateAdded" desc, d.id desc limit ${rounded(filter.limit)}) r
    order by r."dateAdded" desc, r.id desc limit ${rounded(filter.limit)}`.execute(db)
  return rows.slice(0, filter.limit)
}

const searchedEvent = ({ query }: EntryFilter, why: ReturnType<typeof sql>) => {
  if (!query) return sql``
  const like = likePattern(query)
  return sql`and (e.type ilike ${like} or e.id::text = ${query} or e."traceId" = ${query} or ${why} ilike ${like})`
}

/** Half of the events of an app: those it was sent (`deliveries`, of which an event may have several), or those it was not (`eventSkips`). */
const half = (filter: EntryFilter, table: 'deliveries' | 'eventSkips', why: ReturnType<typeof sql>) => sql`
  (select distinct on (x."dateAdded", x."eventId") e.id, x."appId", e.type, e.test, e."companyId", e."locationId", e."traceId", e."dateAdded", ${why} as why
  from ${sql.table(table)} x join events e on e.id = x."eventId"
  where x."appId" = a.id ${within(filter, sql`x."dateAdded"`, sql`x."eventId"`)} ${equals(sql`e."locationId"`, filter.locationId)}
    ${equals(sql`e."traceId"`, filter.traceId)} ${searchedEvent(filter, why)}
  order by x."dateAdded" desc, x."eventId" desc limit ${rounded(filter.limit)})`

/** An event that concerned several of the apps is one row, of the first of them that was sent it. */
export const listEvents = async (db: Db, filter: EntryFilter): Promise<readonly ListedEvent[]> => {
  // An event has happened: it neither fails nor waits, its deliveries do.
  if (filter.outcome !== undefined && filter.outcome !== 'ok') return []
  const { rows } = await sql<ListedEvent>`${searchMark(filter)}select distinct on (r."dateAdded", r.id) r.*
    from unnest(${filter.appIds}::text[]) as a(id) cross join lateral (
      ${half(filter, 'deliveries', sql`''`)} union all ${half(filter, 'eventSkips', sql`x.why`)}) r
    order by r."dateAdded" desc, r.id desc, r.why limit ${rounded(filter.limit)}`.execute(db)
  return rows.slice(0, filter.limit)
}

export interface EventOfApp extends ListedEvent {
  /** The body that the app was sent; null where it was sent none, and so may not see it. */
  readonly body: string | null
}

export const findEvent = async (db: Db, appIds: readonly string[], id: string): Promise<EventOfApp | undefined> => {
  const { rows } = await sql<EventOfApp>`
    select e.id, x."appId", e.type, e.test, e."companyId", e."locationId", e."traceId", e."dateAdded", x.why, x.body from events e
    join (select "eventId", "appId", '' as why, body from deliveries where "eventId" = ${id}::uuid
      union all select "eventId", "appId", why, null from "eventSkips" where "eventId" = ${id}::uuid) x on x."eventId" = e.id
    where e.id = ${id}::uuid and x."appId" = any(${appIds}::text[]) order by x.why limit 1`.execute(db)
  return rows[0]
}

export interface WholeDelivery extends ListedDelivery {
  readonly installId: string | null
  readonly body: string
}

export const findDelivery = async (db: Db, id: string): Promise<WholeDelivery | undefined> =>
  (await sql<WholeDelivery>`select * from deliveries where id = ${id}::uuid`.execute(db)).rows[0]

export interface StoredAttempt {
  readonly number: number
  readonly startedAt: Date
  readonly durationMs: number
  readonly status: number | null
  readonly errorClass: string
  readonly error: string
  readonly requestHeaders: Record<string, unknown>
  readonly responseHeaders: Record<string, unknown>
  readonly responseBody: string | null
}

/** Tries of a delivery, oldest first. */
export const attemptsOf = async (db: Db, deliveryId: string): Promise<readonly StoredAttempt[]> => {
  const { rows } = await sql<StoredAttempt>`
    select number, "startedAt", "durationMs", status, "errorClass", error, "requestHeaders", "responseHeaders", "responseBody"
    from attempts where "deliveryId" = ${deliveryId}::uuid order by number, "startedAt" limit 200`.execute(db)
  return rows
}
