import type { Implementation } from '../../http/implement.js'
import { lostReasonHandlers } from './lost-reasons.handlers.js'
import { opportunityHandlers } from './opportunities.handlers.js'
import { pipelineHandlers } from './pipelines.handlers.js'
import type { OpportunityPorts } from './ports.js'
import { searchHandlers } from './search.handlers.js'

export { addOpportunitiesToHeld } from './adding.js'
export { lostReasonAssets, pipelineAssets, stageAssets } from './assets.sql.js'
export { clearOpportunityField } from './field-values.sql.js'
export { leaveOpportunities } from './leaving.js'
export type { OpportunityEvent, OpportunityInput } from './opportunities.rules.js'
export { moveOpportunities, opportunitiesOf } from './opportunities.sql.js'
export { pipelinesOf } from './pipelines.sql.js'
export type { OfContact, OpportunityPorts } from './ports.js'
export { opportunitiesOfContact, opportunityOfContact } from './search-cells.sql.js'
export { type SeedOpportunity, type SeedPipeline, seedOpportunities, seedPipeline } from './seed.sql.js'
export { changeOpportunity, type OpportunityWork, removeOpportunity, type Written } from './writing.js'

/** Opportunities, the pipelines they go through, and why some were lost. */
export const opportunitiesModule = (ports: OpportunityPorts): readonly Implementation[] => [
  ...opportunityHandlers(ports),
  ...searchHandlers(ports),
  ...pipelineHandlers(),
  ...lostReasonHandlers(),
]
