import type { Generated, GeneratedAlways } from 'kysely'

interface InstallationTable {
  name: string
  value: string
}

interface AuditTable {
  id: GeneratedAlways<number>
  at: Date
  act: string
  accountId: string | null
  appId: string | null
  companyId: string | null
  locationId: string | null
  traceId: string | null
  ip: string | null
  detail: Generated<unknown>
}

interface RequestLogTable {
  id: string
  at: Date
  traceId: string
  operation: string | null
  method: string
  path: string
  status: number
  durationMs: number
  appId: string | null
  companyId: string | null
  locationId: string | null
  familyId: string | null
  accountId: string | null
  why: string
  requestHeaders: unknown
  requestBody: string | null
  responseBody: string | null
  ip: string | null
}

interface TokenLogTable {
  id: string
  at: Date
  traceId: string | null
  act: string
  kind: 'token' | 'install'
  appId: string | null
  companyId: string | null
  locationId: string | null
  familyId: string | null
  installId: string | null
  ok: boolean
  why: string
}

interface IdempotencyKeysTable {
  ownerKey: string
  key: string
  requestHash: Buffer
  status: number | null
  body: string | null
  dateAdded: Date
}

export interface PlatformTables {
  installation: InstallationTable
  audit: AuditTable
  requestLog: RequestLogTable
  tokenLog: TokenLogTable
  idempotencyKeys: IdempotencyKeysTable
}
