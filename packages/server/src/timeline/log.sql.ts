import { sql } from 'kysely'
import type { Pool } from 'pg'
import { copyInto, copyRow } from '../database/copy.js'
import { columnsOf, rowsOf, storableJson } from '../database/rows.js'
import type { Db } from '../database/wire.js'

/** A call as it is stored; its trace is its id. */
export interface LoggedCall {
  readonly at: Date
  readonly traceId: string
  readonly operation: string | null
  readonly method: string
  readonly path: string
  readonly status: number
  readonly durationMs: number
  readonly appId: string | null
  readonly companyId: string | null
  readonly locationId: string | null
  readonly familyId: string | null
  readonly accountId: string | null
  readonly why: string
  readonly requestHeaders: Readonly<Record<string, string>>
  readonly requestBody: string | null
  readonly responseBody: string | null
  readonly ip: string | null
}

/** A call on its way into the log. */
export interface WrittenCall extends Omit<LoggedCall, 'requestHeaders'> {
  /** Of `headersText`. */
  readonly requestHeaders: string
}

/** Headers as the log's column takes them. */
export const headersText: (headers: LoggedCall['requestHeaders']) => string = storableJson

/** What happened to a token or an install, as it is stored. */
export interface LoggedToken {
  readonly id: string
  readonly at: Date
  readonly traceId: string | null
  readonly act: string
  readonly kind: 'token' | 'install'
  readonly appId: string | null
  readonly companyId: string | null
  readonly locationId: string | null
  readonly familyId: string | null
  readonly installId: string | null
  readonly ok: boolean
  readonly why: string
}

const cellsOf = (call: WrittenCall): readonly unknown[] => [
  call.traceId,
  call.at,
  call.traceId,
  call.operation,
  call.method,
  call.path,
  call.status,
  call.durationMs,
  call.appId,
  call.companyId,
  call.locationId,
  call.familyId,
  call.accountId,
  call.why,
  call.requestHeaders,
  call.requestBody,
  call.responseBody,
  call.ip,
]

const calls = `"requestLog" (id, at, "traceId", operation, method, path, status, "durationMs", "appId", "companyId", "locationId",
  "familyId", "accountId", why, "requestHeaders", "requestBody", "responseBody", ip)`

/** A call's trace is also its id: one index less to keep for each call. */
export const addCalls = (pool: Pool, rows: readonly WrittenCall[]): Promise<void> =>
  copyInto(pool, calls, rows.map((call) => copyRow(cellsOf(call))).join(''))

const tokenColumns = columnsOf<'tokenLog'>(
  'id',
  'at',
  'traceId',
  'act',
  'kind',
  'appId',
  'companyId',
  'locationId',
  'familyId',
  'installId',
  'ok',
  'why',
)

export const addTokens = async (db: Db, tokens: readonly LoggedToken[]): Promise<void> => {
  await sql`insert into "tokenLog" (${tokenColumns}) select ${tokenColumns} from ${rowsOf('tokenLog', tokens)}`.execute(db)
}
