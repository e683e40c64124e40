import { sql } from 'kysely'
import { columnsOf, rowsOf } from '../database/rows.js'
import type { Db } from '../database/wire.js'

/** A call as it is stored. */
export interface LoggedCall {
  readonly id: string
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

const callColumns = columnsOf<'requestLog'>(
  'id',
  'at',
  'traceId',
  'operation',
  'method',
  'path',
  'status',
  'durationMs',
  'appId',
  'companyId',
  'locationId',
  'familyId',
  'accountId',
  'why',
  'requestHeaders',
  'requestBody',
  'responseBody',
  'ip',
)

export const addCalls = async (db: Db, calls: readonly LoggedCall[]): Promise<void> => {
  await sql`insert into "requestLog" (${callColumns}) select ${callColumns} from ${rowsOf('requestLog', calls)}`.execute(db)
}

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
