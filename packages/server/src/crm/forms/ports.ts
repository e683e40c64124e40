import type { Blobs } from '../../blobs/index.js'
import type { Db } from '../../database/wire.js'
import type { Attribution, ContactActs } from '../contacts/index.js'
import type { FieldDefinition } from '../custom-fields/index.js'

/** An event of a sub-account, written in the transaction that it tells of. */
export interface FormEvent {
  readonly type: string
  readonly companyId: string
  readonly locationId: string
  readonly payloadText: string
  readonly traceId: null
  readonly now: Date
}

/** What the forms room asks of others. */
export interface FormPorts {
  readonly contacts: ContactActs
  readonly blobs: Blobs
  /** Custom fields of contacts. */
  definitions(db: Db, locationId: string): Promise<readonly FieldDefinition[]>
  /** The live sub-account, undefined once it is deleted. */
  location(id: string): Promise<{ readonly companyId: string; readonly country?: string | null } | undefined>
  /** Keeps where a contact came from: the first time it was known, and the last. */
  attribute(db: Db, locationId: string, contactId: string, attribution: Attribution, now: Date): Promise<unknown>
  addEvent(db: Db, event: FormEvent): Promise<unknown>
  /** Events have committed. */
  wake(): void
  publicUrl(): string
}
