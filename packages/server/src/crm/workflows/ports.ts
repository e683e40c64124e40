import type { Db } from '../../database/wire.js'
import type { ContactActs, ContactWork } from '../contacts/index.js'

/** An event of a sub-account, written in the transaction that it tells of. */
export interface WorkflowEvent {
  readonly type: string
  readonly companyId: string
  readonly locationId: string
  readonly traceId: null
  readonly now: Date
  /** How many workflows caused it, each by what it did. */
  readonly depth: number
}

export interface Message {
  readonly locationId: string
  readonly contactId: string
  readonly type: 'SMS' | 'Email'
  readonly message?: string
  readonly html?: string
  readonly subject?: string
  readonly templateId?: string
  readonly emailFrom?: string
  readonly attachments?: readonly string[]
  readonly now: Date
}

export interface NewTask {
  readonly title: string
  readonly body?: string | null
  readonly assignedTo?: string | null
  readonly dueDate: Date
}

export interface NewOpportunity {
  readonly contactId: string
  readonly pipelineId: string
  readonly pipelineStageId?: string
  readonly name?: string
  readonly monetaryValue?: number
  readonly status?: 'open' | 'won' | 'lost' | 'abandoned'
  readonly assignedTo?: string
  readonly source?: string
}

/** What came of a request. */
export interface CallAnswer {
  readonly status: number | null
  readonly body: string | null
  /** '' for any 2xx. */
  readonly error: string
}

/** What a step writes with: the work of contacts, and any other event. */
export interface StepWork extends Omit<ContactWork, 'emit'> {
  emit(type: string, record: { readonly text: string } | object): Promise<void>
}

/** A contact as single-contact replies have it. */
export type ContactRecord = Readonly<Record<string, unknown>> & { readonly id: string; readonly assignedTo?: string }

/** What the workflows room asks of others. What is not there is said in the history. */
export interface WorkflowPorts {
  readonly contacts: ContactActs
  /** Those of the contacts that nobody else is changing, locked for this transaction: never waits. */
  takeContacts(db: Db, locationId: string, ids: readonly string[]): Promise<readonly ContactRecord[]>
  holdContacts(db: Db, locationId: string, ids: readonly string[]): Promise<readonly string[]>
  /** Contacts that have a tag, in the order of their ids, after one of them. */
  taggedIds(db: Db, locationId: string, tag: string, after: string, limit: number): Promise<readonly string[]>
  location(id: string): Promise<{ readonly companyId: string; readonly timezone: string | null } | undefined>
  /** Custom fields of contacts: by id what templates and conditions call them. */
  fieldKeys(db: Db, locationId: string): Promise<readonly { readonly id: string; readonly fieldKey: string }[]>
  /** A text with the values of a contact in it. */
  render(db: Db, about: { locationId: string; contactId: string; now: Date }, text: string): Promise<string>
  addTask(work: StepWork, contactId: string, task: NewTask): Promise<{ readonly id: string }>
  readonly sendMessage?: (db: Db, message: Message) => Promise<{ readonly messageId: string; readonly status: string }>
  readonly addOpportunity?: (work: StepWork, opportunity: NewOpportunity) => Promise<{ readonly id: string }>
  /** Sends a request to an address that somebody else chose; never throws, undefined where it was cut short. */
  post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<CallAnswer | undefined>
  addEvents(db: Db, event: WorkflowEvent, payloadTexts: readonly string[]): Promise<unknown>
  /** Events have committed. */
  wake(): void
  publicUrl(): string
}
