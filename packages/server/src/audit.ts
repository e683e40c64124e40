import type { Db } from './database/wire.js'

/** What must be found again later: who did what to whom. Never a secret. */
export interface AuditEntry {
  readonly at: Date
  /** `noun.verb`, such as `secret.create`. */
  readonly act: string
  readonly accountId?: string | null
  readonly appId?: string | null
  readonly companyId?: string | null
  readonly locationId?: string | null
  readonly traceId?: string | null
  readonly ip?: string | null
  readonly detail?: Readonly<Record<string, unknown>>
}

/** Writes the entry in the transaction of the act itself: neither is there without the other. */
export const writeAudit = async (db: Db, { detail = {}, ...entry }: AuditEntry): Promise<void> => {
  const absent = { accountId: null, appId: null, companyId: null, locationId: null, traceId: null, ip: null }
  await db
    .insertInto('audit')
    .values({ ...absent, ...entry, detail: JSON.stringify(detail) })
    .execute()
}
