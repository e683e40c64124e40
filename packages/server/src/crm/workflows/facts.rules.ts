import { conditionsIn, judge, type Lookup } from './conditions.rules.js'
import type { Trigger, TriggerType } from './triggers.rules.js'
import { lookupIn } from './world.rules.js'

type WireRecord = Readonly<Record<string, unknown>>

/** What is listened for: triggers, and (`condition`) what may make the conditions of a goal hold. */
export type HeardType = TriggerType | 'condition'

/** Something that happened to a contact, as triggers judge it. */
export interface Occurrence {
  readonly locationId: string
  readonly contactId: string
  readonly type: HeardType
  /** What conditions of the trigger may ask. */
  readonly facts: WireRecord
  /** What the enrolment keeps of it, for `trigger.…` in its conditions. */
  readonly kept: WireRecord
  readonly depth: number
}

/** An event of the outbox. */
export interface Happened {
  readonly type: string
  readonly locationId: string | null
  readonly appId: string | null
  readonly test: boolean
  readonly payload: string
  readonly depth: number
}

/** What an event may begin or reach. */
const begins: Readonly<Record<string, readonly HeardType[]>> = {
  ContactCreate: ['contact_created', 'tag_added'],
  ContactUpdate: ['contact_changed', 'condition'],
  ContactDndUpdate: ['contact_changed', 'dnd_changed', 'condition'],
  ContactTagUpdate: ['tag_added', 'tag_removed', 'condition'],
  NoteCreate: ['note_added'],
  TaskCreate: ['task_added'],
  TaskComplete: ['task_completed'],
  FormSubmission: ['form_submitted'],
  SurveySubmission: ['form_submitted'],
  InboundMessage: ['message_received'],
  LCEmailStats: ['email_event'],
  AppointmentCreate: ['appointment'],
  AppointmentUpdate: ['appointment'],
  AppointmentDelete: ['appointment'],
  OpportunityCreate: ['opportunity_created', 'opportunity_stage'],
  OpportunityStageUpdate: ['opportunity_stage', 'opportunity_changed'],
  OpportunityStatusUpdate: ['opportunity_status', 'opportunity_changed'],
  OpportunityMonetaryValueUpdate: ['opportunity_changed'],
  OpportunityAssignedToUpdate: ['opportunity_changed'],
  OrderCreate: ['order'],
  OrderStatusUpdate: ['order'],
}

export const beginsSomething = (type: string): readonly HeardType[] => (Object.hasOwn(begins, type) ? (begins[type] ?? []) : [])

/** The events that may begin it. */
export const beginningsOf = (trigger: HeardType): readonly string[] =>
  Object.keys(begins).filter((type) => beginsSomething(type).includes(trigger))

const isContactEvent = (type: string) => type.startsWith('Contact')

const contactIdIn = (type: string, payload: WireRecord): string | undefined => {
  const { appointment } = payload as { appointment?: { contactId?: unknown } }
  const id = isContactEvent(type) ? payload.id : (payload.contactId ?? appointment?.contactId)
  return typeof id === 'string' && id !== '' ? id : undefined
}

/** The tags that came with it: those of a new contact, or those that were added; or those that went. */
const tagsMeant = (trigger: HeardType, type: string, payload: WireRecord): unknown => {
  if (trigger === 'tag_removed') return payload.tagsRemoved
  return type === 'ContactCreate' ? payload.tags : payload.tagsAdded
}

/** What a mail server tells, under the names that filters of `email_event` have. */
const mailFacts = ({ webhookPayload }: WireRecord): WireRecord => {
  const { event, recipient, message } = webhookPayload as WireRecord
  const { headers = {} } = (message ?? {}) as { headers?: WireRecord }
  return { event, recipient, subject: headers.subject, emailMessageId: headers['message-id'] }
}

const factsOf = (type: string, payload: WireRecord): WireRecord => {
  if (type === 'LCEmailStats') return mailFacts(payload)
  const { appointment, surveyId } = payload as { appointment?: WireRecord; surveyId?: unknown }
  return { ...payload, ...appointment, ...(surveyId ? { formId: surveyId } : {}), event: type }
}

const occurrence = (trigger: HeardType, event: Happened, payload: WireRecord, contactId: string): Occurrence | undefined => {
  const { type, locationId, depth } = event
  const isTag = trigger === 'tag_added' || trigger === 'tag_removed'
  const tags = isTag ? tagsMeant(trigger, type, payload) : undefined
  if (isTag && !(Array.isArray(tags) && tags.length > 0)) return undefined
  const facts = { ...factsOf(type, payload), ...(tags ? { tag: tags } : {}) }
  // Of a contact only what is not in its record stays: the record is read anew at every step.
  const kept = isContactEvent(type) ? { type: trigger, event: type, ...(tags ? { tag: tags } : {}) } : { ...facts, type: trigger }
  return { locationId: locationId ?? '', contactId, type: trigger, facts, kept, depth }
}

/** What an event of the outbox means for triggers. */
export const occurrencesOf = (event: Happened): readonly Occurrence[] => {
  const triggers = beginsSomething(event.type)
  if (triggers.length === 0 || event.test || event.appId !== null || event.locationId === null) return []
  const payload = JSON.parse(event.payload) as WireRecord
  // Two programs that answer each other would never end, and an absence note is no answer that anybody waits for.
  if (event.type === 'InboundMessage' && payload.automatic === true) return []
  const contactId = contactIdIn(event.type, payload)
  if (!contactId) return []
  return triggers.map((trigger) => occurrence(trigger, event, payload, contactId)).filter((each) => each !== undefined)
}

const noFields: ReadonlyMap<string, string> = new Map()

const lookupOf = (facts: WireRecord): Lookup => {
  const find = lookupIn({ contact: facts, trigger: facts, vars: {}, fieldIds: noFields })
  // What the event itself calls so goes before what a contact calls so.
  return (field) => (Object.hasOwn(facts, field.split('.')[0] ?? '') ? find(`trigger.${field}`) : find(field))
}

/** Whether the trigger's filters let it through. */
export const passes = ({ filters }: Pick<Trigger, 'filters'>, { facts }: Pick<Occurrence, 'facts'>): boolean =>
  judge(conditionsIn(filters), 'all', lookupOf(facts)).holds
