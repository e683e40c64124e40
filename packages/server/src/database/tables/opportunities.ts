interface PipelinesTable {
  locationId: string
  id: string
  name: string
  showInFunnel: boolean
  showInPieChart: boolean
  useOpportunityProbability: boolean
  colorRenderMode: string
  position: string
  dateAdded: Date
  dateUpdated: Date
}

interface PipelineStagesTable {
  locationId: string
  pipelineId: string
  id: string
  name: string
  position: number
  showInFunnel: boolean
  showInPieChart: boolean
  stageWinProbability: number
}

interface LostReasonsTable {
  locationId: string
  id: string
  name: string
  deleted: boolean
  createdAt: Date
  updatedAt: Date
}

interface OpportunitiesTable {
  locationId: string
  id: string
  contactId: string
  pipelineId: string
  pipelineStageId: string
  name: string
  /** Exact: a number goes in, its decimal digits come out. */
  monetaryValue: number | string
  assignedTo: string | null
  status: string
  source: string | null
  lostReasonId: string | null
  lastStatusChangeAt: Date
  lastStageChangeAt: Date
  lastActionDate: Date
  forecastExpectedCloseDate: string | null
  forecastOriginalCloseDate: string | null
  forecastSlippageCount: number
  forecastDaysSlipped: number
  forecastLastSlippedAt: Date | null
  forecastProbability: number | null
  customFields: unknown
  followers: string[]
  internalSource: unknown
  revision: number
  createdAt: Date
  updatedAt: Date
}

interface OpportunityFieldValuesTable {
  locationId: string
  opportunityId: string
  fieldId: string
  position: number
  optionId: string | null
  num: number | null
  text: string | null
  at: Date | null
}

/** Tables of crm/opportunities. */
export interface OpportunitiesTables {
  pipelines: PipelinesTable
  pipelineStages: PipelineStagesTable
  lostReasons: LostReasonsTable
  opportunities: OpportunitiesTable
  opportunityFieldValues: OpportunityFieldValuesTable
}
