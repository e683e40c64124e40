import type { Db } from '../../database/wire.js'

/** A pipeline of the demo world. */
export interface SeedPipeline {
  readonly id: string
  readonly name: string
  readonly stages: readonly { readonly id: string; readonly name: string; readonly stageWinProbability: number }[]
  readonly lostReasons: readonly { readonly id: string; readonly name: string }[]
  readonly dateAdded: Date
}

/** An opportunity of the demo world: made without events, since nobody is to hear of it. */
export interface SeedOpportunity {
  readonly id: string
  readonly contactId: string
  readonly pipelineId: string
  readonly pipelineStageId: string
  readonly name: string
  readonly monetaryValue: number
  readonly status: 'open' | 'won' | 'lost' | 'abandoned'
  readonly assignedTo: string | null
  readonly source: string | null
  readonly lostReasonId: string | null
  readonly createdAt: Date
  readonly changedAt: Date
}

export const seedPipeline = async (
  db: Db,
  locationId: string,
  { stages, lostReasons, ...pipeline }: SeedPipeline,
): Promise<void> => {
  const shown = { showInFunnel: true, showInPieChart: true }
  const look = { ...shown, useOpportunityProbability: false, colorRenderMode: 'dot', position: 'a0000' }
  await db
    .insertInto('pipelines')
    .values({ ...pipeline, ...look, locationId, dateUpdated: pipeline.dateAdded })
    .execute()
  const rows = stages.map((stage, position) => ({ ...stage, ...shown, locationId, pipelineId: pipeline.id, position }))
  await db.insertInto('pipelineStages').values(rows).execute()
  const at = { deleted: false, createdAt: pipeline.dateAdded, updatedAt: pipeline.dateAdded }
  await db
    .insertInto('lostReasons')
    .values(lostReasons.map((reason) => ({ ...reason, ...at, locationId })))
    .execute()
}

export const seedOpportunities = async (db: Db, locationId: string, rows: readonly SeedOpportunity[]): Promise<void> => {
  const fixed = { customFields: '[]', followers: [], forecastSlippageCount: 0, forecastDaysSlipped: 0, revision: 1 }
  const internalSource = JSON.stringify({ type: 'CREATED', id: 'demo', channel: 'APP', source: 'WEB_USER' })
  const values = rows.map(({ changedAt, ...row }) => ({
    ...row,
    ...fixed,
    ...{ locationId, internalSource },
    ...{ lastStatusChangeAt: changedAt, lastStageChangeAt: changedAt, lastActionDate: changedAt, updatedAt: changedAt },
  }))
  await db.insertInto('opportunities').values(values).execute()
}
