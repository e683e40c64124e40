import { sql } from 'kysely'
import { equals, likePattern, rounded, searchMark, within } from '../database/newest-first.js'
import type { Db } from '../database/wire.js'
import { isUuid } from '../ids.js'
import type { LoggedCall, LoggedToken } from './log.sql.js'
import type { EntryFilter } from './source.js'

const at = sql`r.at`
const id = sql`r.id`
const order = sql`order by r.at desc, r.id desc`

const searchedCall = ({ query }: EntryFilter) => {
  if (!query) return sql``
  const like = likePattern(query)
  return sql`and (r.path ilike ${like} or r.method || ' ' || r.path ilike ${like} or r.why ilike ${like} or r."traceId" = ${query}
    or r."requestBody" ilike ${like} or r."responseBody" ilike ${like})`
}

const outcomeOfCall = ({ outcome }: EntryFilter) => {
  if (outcome === undefined) return sql``
  return outcome === 'ok' ? sql`and r.status < 400` : outcome === 'failed' ? sql`and r.status >= 400` : sql`and false`
}

/** By the id, which is the trace: it has the index. */
const traced = ({ traceId }: EntryFilter) => {
  if (traceId === undefined) return sql``
  return isUuid(traceId) ? sql`and r.id = ${traceId}::uuid` : sql`and false`
}

export type ListedCall = Omit<LoggedCall, 'requestHeaders' | 'requestBody' | 'responseBody'>

export const listCalls = async (db: Db, filter: EntryFilter): Promise<readonly ListedCall[]> => {
  const { rows } =
    await sql<ListedCall>`${searchMark(filter)}select r.* from unnest(${filter.appIds}::text[]) as a(id) cross join lateral (
      select r.id, r.at, r."traceId", r.operation, r.method, r.path, r.status, r."durationMs", r."appId", r."companyId", r."locationId",
        r."familyId", r.why, r.ip
      from "requestLog" r where r."appId" = a.id ${within(filter, at, id)} ${equals(sql`r."locationId"`, filter.locationId)}
        ${traced(filter)} ${outcomeOfCall(filter)} ${searchedCall(filter)}
      ${order} limit ${rounded(filter.limit)}) r
    ${order} limit ${rounded(filter.limit)}`.execute(db)
  return rows.slice(0, filter.limit)
}

export const findCall = async (db: Db, appIds: readonly string[], callId: string): Promise<LoggedCall | undefined> =>
  (await sql<LoggedCall>`select * from "requestLog" where id = ${callId}::uuid and "appId" = any(${appIds}::text[])`.execute(db))
    .rows[0]

const searchedToken = ({ query }: EntryFilter) => {
  if (!query) return sql``
  const like = likePattern(query)
  return sql`and (r.act ilike ${like} or r.why ilike ${like} or r."traceId" = ${query} or r."installId" = ${query} or r."familyId" = ${query})`
}

const outcomeOfToken = ({ outcome }: EntryFilter) => {
  if (outcome === undefined) return sql``
  return outcome === 'ok' ? sql`and r.ok` : outcome === 'failed' ? sql`and not r.ok` : sql`and false`
}

export const listTokens = async (
  db: Db,
  filter: EntryFilter,
  kind: 'token' | 'install' | undefined,
): Promise<readonly LoggedToken[]> => {
  const { rows } =
    await sql<LoggedToken>`${searchMark(filter)}select r.* from unnest(${filter.appIds}::text[]) as a(id) cross join lateral (
      select r.* from "tokenLog" r where r."appId" = a.id ${within(filter, at, id)} ${equals(sql`r."locationId"`, filter.locationId)}
        ${equals(sql`r."traceId"`, filter.traceId)} ${equals(sql`r.kind`, kind)} ${outcomeOfToken(filter)} ${searchedToken(filter)}
      ${order} limit ${rounded(filter.limit)}) r
    ${order} limit ${rounded(filter.limit)}`.execute(db)
  return rows.slice(0, filter.limit)
}

export const findToken = async (db: Db, appIds: readonly string[], rowId: string): Promise<LoggedToken | undefined> =>
  (await sql<LoggedToken>`select * from "tokenLog" where id = ${rowId}::uuid and "appId" = any(${appIds}::text[])`.execute(db))
    .rows[0]
