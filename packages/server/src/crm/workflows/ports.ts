import type { Json, WireError } from '@groundlevel/contract-kit'
import type { Db } from '../../database/wire.js'
import type { ContactActs, ContactWork, DayAbout } from '../contacts/index.js'

/** An event of a sub-account, written in the transaction that it tells of. */
export interface WorkflowEvent {
  readonly type: string
  readonly companyId: string
  readonly locationId: string
  readonly traceId: null
  readonly now: Date
  /** How many workflows caused it, each by what it did. */
  readonly depth: number
  readonly appId?: string
  readonly installId?: string
}

/** What is sent to many; a text has the values of each of them put in where it is sent. */
export interface Message {
  readonly type: 'SMS' | 'Email'
  readonly message?: string
  readonly html?: string
  readonly subject?: string
  readonly templateId?: string
  readonly emailFrom?: string
  readonly attachments?: readonly string[]
}

export interface NewTask {
  readonly contactId: string
  readonly title: string
  readonly body?: string | null
  readonly assignedTo?: string | null
  readonly dueDate: Date
}

/** What opportunities that a step makes have in common. */
export interface SharedOpportunity {
  readonly pipelineId: string
  readonly pipelineStageId?: string
  readonly monetaryValue?: number
  readonly status?: 'open' | 'won' | 'lost' | 'abandoned'
  readonly assignedTo?: string
  readonly source?: string
}

interface Titled {
  readonly contactId: string
  readonly name: string
}

/** What users are told. */
interface Notice {
  readonly channel: 'inApp' | 'email' | 'sms'
  readonly userIds: readonly string[]
  /** All who run the sub-account too. */
  readonly admins: boolean
  readonly subject: string
  readonly body: string
  readonly contactId: string
}

/** By contact what came of it, or why nothing did. */
export type CameOf<T> = Promise<ReadonlyMap<string, T | WireError>>

/** What came of a request. */
export interface CallAnswer {
  readonly status: number | null
  readonly body: string | null
  /** '' for any 2xx. */
  readonly error: string
}

/** The one install that an event is for. */
export interface EventInstall {
  readonly appId: string
  readonly installId: string
}

/** What a step writes with: the work of contacts, and any other event. */
export interface StepWork extends Omit<ContactWork, 'emit'> {
  /** @param about the one install that it is for; absent: any app may hear of it */
  emit(type: string, record: Json<object> | object, about?: EventInstall): Promise<void>
}

/** A contact as single-contact replies have it. */
export type ContactRecord = Readonly<Record<string, unknown>> & { readonly id: string; readonly assignedTo?: string }

/** A field that an app has defined. */
export interface AppField {
  readonly key: string
  readonly label: string
  readonly type: string
  readonly required?: boolean
  readonly help?: string
  readonly options?: readonly { readonly label: string; readonly value: string }[]
  readonly url?: string
}

interface AppPart {
  readonly appId: string
  readonly appName: string
  readonly key: string
  readonly name: string
  readonly description: string
  readonly version: number
  readonly headers: Readonly<Record<string, string>>
  readonly sample: Readonly<Record<string, unknown>>
}

export interface AppTrigger extends AppPart {
  readonly subscriptionUrl: string
  readonly filters: readonly AppField[]
}

export interface AppAction extends AppPart {
  readonly url: string
  readonly fields: readonly AppField[]
  readonly branching: boolean
  readonly branchFields: readonly AppField[]
  readonly pause: boolean
}

/** What installed apps supply. */
export interface Supplied {
  readonly triggers: readonly AppTrigger[]
  readonly actions: readonly AppAction[]
}

export const nothingSupplied: Supplied = { triggers: [], actions: [] }

/** What the workflows room asks of others. What is not there is said in the history. */
export interface WorkflowPorts {
  readonly contacts: ContactActs
  /** Those of the contacts that nobody else is changing, locked for this transaction: never waits. */
  takeContacts(db: Db, locationId: string, ids: readonly string[]): Promise<readonly ContactRecord[]>
  holdContacts(db: Db, locationId: string, ids: readonly string[]): Promise<readonly string[]>
  /** Contacts that have a tag, in the order of their ids, after one of them. */
  taggedIds(db: Db, locationId: string, tag: string, after: string, limit: number): Promise<readonly string[]>
  /** Contacts of a day, by their day of birth or a custom field of dates, in the same way. */
  dayIds(db: Db, locationId: string, about: DayAbout, after: string, limit: number): Promise<readonly string[]>
  location(id: string): Promise<{ readonly companyId: string; readonly timezone: string | null } | undefined>
  /** Custom fields of contacts: by id what templates and conditions call them. */
  fieldKeys(db: Db, locationId: string): Promise<readonly { readonly id: string; readonly fieldKey: string }[]>
  /** Puts values of contacts into a text; what they have in common is asked for once. */
  rendererOf(db: Db, about: { locationId: string; now: Date }, text: string): Promise<(contact: ContactRecord) => Promise<string>>
  // What is done to contacts that the engine holds: each for all of them at once.
  /** @returns ids of the tasks */
  addTasks(work: StepWork, tasks: readonly NewTask[]): CameOf<string>
  readonly sendMessages?: (
    work: StepWork,
    message: Message,
    contacts: readonly ContactRecord[],
  ) => CameOf<{ readonly messageId: string; readonly status: string }>
  /** @returns ids of the opportunities */
  readonly addOpportunities?: (work: StepWork, shared: SharedOpportunity, titled: readonly Titled[]) => CameOf<string>
  /** The stages of each pipeline, by their ids. */
  readonly stages?: (db: Db, locationId: string) => Promise<ReadonlyMap<string, ReadonlySet<string>>>
  /** The newest opportunity of a contact, of one pipeline or of any. */
  readonly opportunityOf?: (work: StepWork, contactId: string, pipelineId: string | undefined) => Promise<string | undefined>
  /** @throws WireError 400 where there is none, or what is named is not of the location */
  readonly changeOpportunity?: (work: StepWork, id: string, change: object) => Promise<void>
  readonly removeOpportunity?: (work: StepWork, id: string) => Promise<void>
  /** The appointment of a contact that comes next. */
  readonly nextAppointmentOf?: (work: StepWork, contactId: string) => Promise<string | undefined>
  readonly setAppointment?: (work: StepWork, id: string, status: string) => Promise<void>
  /** Tells users of the sub-account. */
  readonly tell?: (work: StepWork, told: Notice) => Promise<void>
  /** What the apps that a sub-account has installed supply to its workflows. */
  supplied(db: Db, locationId: string): Promise<Supplied>
  /** Reads an address that an app has given; never throws, undefined where it was cut short. */
  get(url: string, headers: Readonly<Record<string, string>>): Promise<CallAnswer | undefined>
  /** Sends a request to an address that somebody else chose; never throws, undefined where it was cut short. */
  post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<CallAnswer | undefined>
  addEvents(db: Db, event: WorkflowEvent, payloadTexts: readonly string[]): Promise<unknown>
  /** Events have committed. */
  wake(): void
  publicUrl(): string
}
