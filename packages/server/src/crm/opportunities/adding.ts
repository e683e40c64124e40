import type { WireError } from '@groundlevel/contract-kit'
import { demandUsers } from '../contacts/index.js'
import { opportunitiesOf } from './opportunities.sql.js'
import { tellOwnerOfAll } from './telling-owners.js'
import {
  demandReason,
  duplicate,
  type NewOpportunityInput,
  type OpportunityWork,
  rowFor,
  stageIn,
  type WritePorts,
  type Written,
  written,
} from './writing.js'

/** What opportunities that are made together have in common. */
export type SharedInput = Omit<NewOpportunityInput, 'contactId' | 'name' | 'customFields'>

interface Titled {
  readonly contactId: string
  readonly name: string
}

/** Contacts that may have no second one, by id with why. */
const refusedOf = async (ports: WritePorts, work: OpportunityWork, titled: readonly Titled[], pipelineId: string) => {
  const location = await ports.locations.location(work.locationId)
  if (location?.settings.allowDuplicateOpportunity !== false) return new Map<string, WireError>()
  const opportunities = opportunitiesOf(work.db, work.locationId)
  const ids = titled.map(({ contactId }) => contactId)
  await opportunities.holdAll(ids, pipelineId)
  const there = await opportunities.ofContacts(ids, pipelineId)
  return new Map([...there].map(([contactId, id]) => [contactId, duplicate(id)]))
}

/**
 * One opportunity for each of many contacts that the caller holds, in one statement.
 *
 * @returns by contact what was written, or why nothing was
 * @throws WireError 400 where pipeline, stage, owner or reason are not of the location: nothing is written then
 */
export const addOpportunitiesToHeld = async (
  ports: WritePorts,
  work: OpportunityWork,
  shared: SharedInput,
  titled: readonly Titled[],
): Promise<ReadonlyMap<string, Written | WireError>> => {
  const { db, locationId, now } = work
  const { pipelineId, pipelineStageId, assignedTo, followers = [] } = shared
  const stageId = await stageIn(work, pipelineId, pipelineStageId)
  await demandUsers(ports.users, db, locationId, [...(assignedTo ? [assignedTo] : []), ...followers])
  await demandReason(work, shared.lostReasonId)
  const refused = await refusedOf(ports, work, titled, pipelineId)
  const rows = titled
    .filter(({ contactId }) => !refused.has(contactId))
    .map((each) => ({ ...rowFor(work, { ...shared, ...each }, stageId), customFields: [] }))
  const made = await opportunitiesOf(db, locationId).addAll(rows, now)
  await tellOwnerOfAll(ports, work, made)
  return new Map<string, Written | WireError>([
    ...refused,
    ...made.map((json) => {
      const each = written(json, ['OpportunityCreate', 'OpportunityUpdate'])
      return [each.opportunity.value.contactId, each] as const
    }),
  ])
}
