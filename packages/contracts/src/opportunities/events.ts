import { event, t } from '@groundlevel/contract-kit'
import { Opportunity } from './opportunity.shapes.js'

const { id, assignedTo, contactId, monetaryValue, name, pipelineId, pipelineStageId, source, status } = Opportunity.properties

/** An allow-list (wire-contract §5.4): custom fields, followers and forecasts never leave. */
const payload = t.Object({
  id,
  assignedTo,
  contactId,
  monetaryValue,
  name,
  pipelineId,
  pipelineStageId,
  source,
  status,
  dateAdded: t.DateTime(),
})

const opportunityEvent = <const N extends string>(type: N, summary: string) =>
  event(type, { scope: 'opportunities.readonly', payload, summary })

export const OpportunityCreate = opportunityEvent('OpportunityCreate', 'An opportunity was created')
export const OpportunityUpdate = opportunityEvent('OpportunityUpdate', 'Something about an opportunity changed')
export const OpportunityDelete = opportunityEvent('OpportunityDelete', 'An opportunity was deleted')
export const OpportunityStageUpdate = opportunityEvent('OpportunityStageUpdate', 'An opportunity moved to another stage')
export const OpportunityStatusUpdate = opportunityEvent('OpportunityStatusUpdate', 'An opportunity was won, lost, left or opened')
export const OpportunityMonetaryValueUpdate = opportunityEvent(
  'OpportunityMonetaryValueUpdate',
  'The value of an opportunity changed',
)
export const OpportunityAssignedToUpdate = opportunityEvent('OpportunityAssignedToUpdate', 'An opportunity has another owner')
