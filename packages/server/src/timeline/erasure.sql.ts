import { sql } from 'kysely'
import { likePattern } from '../database/newest-first.js'
import type { Db } from '../database/wire.js'

/** A person as calls mention one. */
export interface Mentioned {
  readonly locationId: string
  readonly contactId: string
  readonly terms: readonly string[]
}

const most = 10_000

/** A call that was refused before its sub-account was known names none; it may have named the person all the same. */
const mentioning = ({ locationId, terms }: Mentioned) => sql`("locationId" = ${locationId} or "locationId" is null)
  and (path ilike any(${terms.map(likePattern)}::text[]) or why ilike any(${terms.map(likePattern)}::text[])
    or "requestBody" ilike any(${terms.map(likePattern)}::text[]) or "responseBody" ilike any(${terms.map(likePattern)}::text[]))`

export const mentionsInLog = async (db: Db, about: Mentioned): Promise<object[]> => {
  const { rows } = await sql<{
    row: object
  }>`select json_build_object('id', id, 'at', at, 'method', method, 'path', path, 'status', status,
      'appId', "appId", 'requestBody', "requestBody", 'responseBody', "responseBody") as row
    from "requestLog" where ${mentioning(about)} order by at limit ${sql.lit(most)}`.execute(db)
  return rows.map(({ row }) => row)
}

/** That there was a call stays; what it and its answer said goes, and what was asked for behind the question mark. */
export const eraseFromLog = async (db: Db, about: Mentioned): Promise<void> => {
  await sql`update "requestLog" set "requestBody" = null, "responseBody" = null, why = '', path = split_part(path, '?', 1)
    where ${mentioning(about)} and ("requestBody" is not null or "responseBody" is not null or why <> '' or strpos(path, '?') > 0)`.execute(
    db,
  )
}
