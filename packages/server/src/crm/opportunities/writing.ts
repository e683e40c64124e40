import { badRequest, missing } from '@groundlevel/contract-kit'
import type { Db } from '../../database/wire.js'
import type { Author } from '../../http/author.js'
import { demandUsers, foundContact, holdContacts, isAssigned, mergeValues, readValues } from '../contacts/index.js'
import { fileValues } from './field-values.sql.js'
import { lostReasonsOf } from './lost-reasons.sql.js'
import {
  type Before,
  closeDayOf,
  eventsOf,
  internalSourceOf,
  type OpportunityEvent,
  type OpportunityInput,
  slipped,
  toldOf,
} from './opportunities.rules.js'
import { type OpportunityChange, type OpportunityJson, opportunitiesOf } from './opportunities.sql.js'
import { pipelinesOf } from './pipelines.sql.js'
import type { OpportunityPorts } from './ports.js'
import { tellOwner } from './telling-owners.js'

/** What writing an opportunity needs, of a call or of a job. `db` is the transaction of whoever asks. */
export interface OpportunityWork {
  readonly db: Db
  readonly locationId: string
  readonly now: Date
  readonly author: Author
  /** The user who may reach no other opportunities than those assigned to them. */
  readonly onlyAssignedTo?: string | undefined
  newId(): string
}

export type WritePorts = Pick<OpportunityPorts, 'users' | 'locations' | 'fields' | 'tellUser'>

/** What was written, and the events that tell of it: whoever asked puts them into the outbox. */
export interface Written {
  readonly opportunity: OpportunityJson
  readonly events: readonly OpportunityEvent[]
  /** What each of the events carries. */
  readonly told: object
}

const gone = () => badRequest("Opportunity doesn't exist or is deleted.")

/** @throws WireError 400, in the live service's words */
export const foundOpportunity = <T>(row: T | undefined): T => {
  if (row === undefined) throw gone()
  return row
}

export const written = (json: OpportunityJson | undefined, events: readonly OpportunityEvent[]): Written => {
  const opportunity = foundOpportunity(json)
  return { opportunity, events, told: toldOf(opportunity.value) }
}

/** The stage that was asked for, or the first: it stays while the transaction runs. */
export const stageIn = async ({ db, locationId }: OpportunityWork, pipelineId: string, stageId: string | undefined) => {
  const stages = await pipelinesOf(db, locationId).holdStages(pipelineId)
  if (stages.length === 0) throw badRequest('The pipeline id is invalid.')
  const stage = stageId === undefined ? stages[0] : stages.find(({ id }) => id === stageId)
  if (!stage) throw badRequest('The pipeline stage id is invalid.')
  return stage.id
}

export const demandReason = async ({ db, locationId }: OpportunityWork, id: string | null | undefined) => {
  if (id && !(await lostReasonsOf(db, locationId).exists(id))) throw missing('Lost reason')
}

/** Held before an opportunity is: the order in which contacts are merged and deleted. */
const holdContact = async ({ db, locationId }: OpportunityWork, id: string) => {
  foundContact((await holdContacts(db, locationId, [id]))[0], id)
}

/** Who sees only their own makes nothing of somebody else's contact: what is made shows it. */
const demandTheirs = async ({ db, locationId, onlyAssignedTo }: OpportunityWork, contactId: string) => {
  if (onlyAssignedTo === undefined || (await isAssigned(db, locationId, contactId, onlyAssignedTo))) return
  foundContact(undefined, contactId)
}

/** Why a contact gets no second opportunity in a pipeline. */
export const duplicate = (existingId: string) =>
  badRequest('Can not create duplicate opportunity for the contact.', {
    code: 'OPPORTUNITY_NO_DUPLICATE',
    meta: { existingId },
  })

/** Refuses a second opportunity of a contact in a pipeline where the sub-account does not want any. */
const demandFirst = async (ports: WritePorts, work: OpportunityWork, contactId: string, pipelineId: string, own?: string) => {
  const location = await ports.locations.location(work.locationId)
  if (location?.settings.allowDuplicateOpportunity !== false) return
  const opportunities = opportunitiesOf(work.db, work.locationId)
  await opportunities.hold(contactId, pipelineId)
  const other = await opportunities.ofContact(contactId, pipelineId)
  if (other && other.id !== own) throw duplicate(other.id)
}

const sentValues = async (ports: WritePorts, { db, locationId }: OpportunityWork, sent: OpportunityInput['customFields']) => {
  if (!sent?.length) return undefined
  const definitions = await ports.fields.definitions(db, locationId)
  const country = (await ports.locations.location(locationId))?.country ?? null
  return { definitions, values: readValues(sent, definitions, country, 'opportunity') }
}

type Stored = { readonly id: string; readonly fieldValue: unknown }

const asStored = (values: readonly { readonly id: string; readonly value: unknown }[]): Stored[] =>
  values.map(({ id, value }) => ({ id, fieldValue: value }))
const asValues = (stored: unknown) => (stored as Stored[]).map(({ id, fieldValue }) => ({ id, value: fieldValue }))

export interface NewOpportunityInput extends OpportunityInput {
  readonly pipelineId: string
  readonly contactId: string
  readonly name: string
}

/** What is stored of one that is made now, custom fields aside. */
export const rowFor = (
  work: Pick<OpportunityWork, 'author' | 'newId'>,
  { contactId, pipelineId, name, status = 'open', ...input }: NewOpportunityInput,
  pipelineStageId: string,
) => ({
  ...{ id: work.newId(), contactId, pipelineId, pipelineStageId, name, status },
  monetaryValue: input.monetaryValue ?? 0,
  assignedTo: input.assignedTo || null,
  source: input.source || null,
  lostReasonId: status === 'lost' ? (input.lostReasonId ?? null) : null,
  forecastExpectedCloseDate: closeDayOf(input.forecastExpectedCloseDate) ?? null,
  forecastProbability: input.forecastProbability ?? null,
  followers: [...new Set(input.followers ?? [])],
  internalSource: internalSourceOf(work.author),
})

/**
 * Creates an opportunity in the transaction that it is given.
 *
 * @throws WireError 400 where contact, pipeline, stage, owner or reason are not of the location, or the contact has one already
 */
export const createOpportunity = async (
  ports: WritePorts,
  work: OpportunityWork,
  input: NewOpportunityInput,
): Promise<Written> => {
  const { db, locationId, now } = work
  const { contactId, pipelineId } = input
  await holdContact(work, contactId)
  await demandTheirs(work, contactId)
  const pipelineStageId = await stageIn(work, pipelineId, input.pipelineStageId)
  await demandUsers(ports.users, db, locationId, [...(input.assignedTo ? [input.assignedTo] : []), ...(input.followers ?? [])])
  await demandReason(work, input.lostReasonId)
  await demandFirst(ports, work, contactId, pipelineId)
  const sent = await sentValues(ports, work, input.customFields)
  const customFields = asStored(mergeValues([], sent?.values ?? []))
  const row = { ...rowFor(work, input, pipelineStageId), customFields }
  const opportunity = foundOpportunity(await opportunitiesOf(db, locationId).add(row, now))
  await tellOwner(ports, work, opportunity, null)
  if (sent) await fileValues(db, locationId, row.id, sent.values, sent.definitions)
  return written(opportunity, ['OpportunityCreate', 'OpportunityUpdate'])
}

type Locked = Before & { readonly id: string; readonly contactId: string; readonly customFields: unknown }

const placeOf = async (ports: WritePorts, work: OpportunityWork, before: Locked, input: OpportunityInput) => {
  const { pipelineId = before.pipelineId } = input
  const contactId = input.contactId || before.contactId
  const moves = pipelineId !== before.pipelineId
  if (moves || contactId !== before.contactId) await demandFirst(ports, work, contactId, pipelineId, before.id)
  if (!moves && input.pipelineStageId === undefined) return {}
  const pipelineStageId = await stageIn(work, pipelineId, input.pipelineStageId)
  if (!moves && pipelineStageId === before.pipelineStageId) return {}
  return { pipelineId, pipelineStageId, lastStageChangeAt: work.now }
}

const stateOf = (before: Locked, { status, lostReasonId }: OpportunityInput, now: Date): OpportunityChange => {
  const after = status ?? before.status
  const changed = after === before.status ? {} : { status: after, lastStatusChangeAt: now }
  // A reason is one for having lost: whatever is not lost has none.
  if (after !== 'lost') return before.lostReasonId === null ? changed : { ...changed, lostReasonId: null }
  return lostReasonId === undefined ? changed : { ...changed, lostReasonId }
}

const plainOf = ({ name, monetaryValue, assignedTo, source, forecastProbability, followers }: OpportunityInput) => ({
  ...(name === undefined ? {} : { name }),
  ...(monetaryValue === undefined ? {} : { monetaryValue: monetaryValue ?? 0 }),
  ...(assignedTo === undefined ? {} : { assignedTo: assignedTo || null }),
  ...(source === undefined ? {} : { source: source || null }),
  ...(forecastProbability === undefined ? {} : { forecastProbability }),
  ...(followers === undefined ? {} : { followers }),
})

/**
 * Changes the sent fields of an opportunity in the transaction that it is given: its stage, for one.
 *
 * @throws WireError 400 where there is no such opportunity, or something that is named is not of the location
 */
export const changeOpportunity = async (
  ports: WritePorts,
  work: OpportunityWork,
  id: string,
  input: OpportunityInput,
): Promise<Written> => {
  const { db, locationId, now, onlyAssignedTo } = work
  const opportunities = opportunitiesOf(db, locationId, onlyAssignedTo)
  if (input.contactId) await holdContact(work, input.contactId)
  const before = foundOpportunity(await opportunities.lock(id))
  if (input.contactId && input.contactId !== before.contactId) await demandTheirs(work, input.contactId)
  const added = input.followers?.filter((user) => !before.followers.includes(user)) ?? []
  await demandUsers(ports.users, db, locationId, [...(input.assignedTo ? [input.assignedTo] : []), ...added])
  await demandReason(work, input.lostReasonId)
  const sent = await sentValues(ports, work, input.customFields)
  const change: OpportunityChange = {
    ...plainOf(input),
    ...(input.contactId ? { contactId: input.contactId } : {}),
    ...stateOf(before, input, now),
    ...(await placeOf(ports, work, before, input)),
    ...slipped(before, closeDayOf(input.forecastExpectedCloseDate), now),
    ...(sent ? { customFields: asStored(mergeValues(asValues(before.customFields), sent.values)) } : {}),
  }
  const opportunity = foundOpportunity(await opportunities.change(id, change, now))
  await tellOwner(ports, work, opportunity, before.assignedTo)
  if (sent) await fileValues(db, locationId, id, sent.values, sent.definitions)
  const after = {
    pipelineStageId: change.pipelineStageId ?? before.pipelineStageId,
    status: change.status ?? before.status,
    monetaryValue: change.monetaryValue ?? before.monetaryValue,
    assignedTo: change.assignedTo === undefined ? before.assignedTo : change.assignedTo,
  }
  return written(opportunity, eventsOf(before, after))
}

/** Deletes an opportunity in the transaction that it is given. */
export const removeOpportunity = async (work: OpportunityWork, id: string): Promise<Written> => {
  const opportunities = opportunitiesOf(work.db, work.locationId, work.onlyAssignedTo)
  foundOpportunity(await opportunities.lock(id))
  return written(await opportunities.remove(id), ['OpportunityDelete', 'OpportunityUpdate'])
}
