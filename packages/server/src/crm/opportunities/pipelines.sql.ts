import type { Json, Static } from '@groundlevel/contract-kit'
import { shapes } from '@groundlevel/contracts'
import { type RawBuilder, sql } from 'kysely'
import { type Db, one, sparseRows } from '../../database/wire.js'
import type { StoredStage } from './pipelines.rules.js'

const { Pipeline } = shapes

export type PipelineJson = Json<Static<typeof Pipeline>>

const mostPipelines = 500

export interface PipelineLook {
  readonly name?: string
  readonly showInFunnel?: boolean
  readonly showInPieChart?: boolean
  readonly useOpportunityProbability?: boolean
  readonly colorRenderMode?: string
}

const stages = sql<unknown>`(select coalesce(json_agg(s order by s.position), '[]') from (
  select p.id, p.name, p.position, p."showInFunnel", p."showInPieChart", p."stageWinProbability" from "pipelineStages" p
  where p."locationId" = pipelines."locationId" and p."pipelineId" = pipelines.id) s)`.as('stages')

/** The probability of the stage that a row of opportunities is in. */
export const probabilityOf = (locationId: string): RawBuilder<number | null> =>
  sql<number | null>`(select s."stageWinProbability" from "pipelineStages" s where s."locationId" = ${locationId}
    and s."pipelineId" = opportunities."pipelineId" and s.id = opportunities."pipelineStageId")`

const stageColumns = ['id', 'name', 'position', 'showInFunnel', 'showInPieChart', 'stageWinProbability'] as const

/** Pipelines of one location. */
export const pipelinesOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('pipelines').where('locationId', '=', locationId)
  const myStages = db.selectFrom('pipelineStages').where('locationId', '=', locationId)

  return {
    list: () =>
      sparseRows(db, Pipeline, mine.selectAll().select(stages).orderBy('position').orderBy('id').limit(sql.lit(mostPipelines))),
    count: async () => Number((await mine.select(sql<number>`count(*)::int`.as('n')).executeTakeFirst())?.n ?? 0),
    find: (id: string) => one(db, Pipeline, mine.selectAll().select(stages).where('id', '=', id)),

    /** Stages stay as they are until the transaction ends: what is put into one of them finds it. */
    holdStages: (pipelineId: string) =>
      myStages
        .select(['id', 'name', 'position'])
        .where('pipelineId', '=', pipelineId)
        .orderBy('position')
        .orderBy('id')
        .forKeyShare()
        .execute(),

    /** The pipeline and its stages; who wants to put something into one waits. */
    lock: async (id: string) => {
      const pipeline = await mine.select(['id', 'useOpportunityProbability']).where('id', '=', id).forUpdate().executeTakeFirst()
      if (!pipeline) return undefined
      const rows = await myStages.select(stageColumns).where('pipelineId', '=', id).orderBy('position').forUpdate().execute()
      return { ...pipeline, stages: rows }
    },

    /** Probabilities of all stages, by stage. */
    probabilities: async (): Promise<ReadonlyMap<string, number>> => {
      const rows = await myStages.select(['id', 'stageWinProbability']).execute()
      return new Map(rows.map(({ id, stageWinProbability }) => [id, stageWinProbability]))
    },

    /** Ids of stages by their pipelines. */
    stages: async (): Promise<ReadonlyMap<string, ReadonlySet<string>>> => {
      const pipelines = await mine.select('id').orderBy('position').orderBy('id').limit(sql.lit(mostPipelines)).execute()
      const rows = await myStages.select(['id', 'pipelineId']).orderBy('position').orderBy('id').execute()
      const stages = new Map(pipelines.map(({ id }) => [id, new Set<string>()]))
      for (const { id, pipelineId } of rows) stages.get(pipelineId)?.add(id)
      return stages
    },

    /** False where another pipeline has the name. */
    add: async (
      row: Required<PipelineLook> & { readonly id: string; readonly position: string },
      now: Date,
    ): Promise<boolean> => {
      const added = await db
        .insertInto('pipelines')
        .values({ ...row, locationId, dateAdded: now, dateUpdated: now })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst()
      return added !== undefined
    },

    /** Nobody else gives a pipeline of the location a name until the transaction ends. */
    holdNames: async () => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`pipelines of ${locationId}`}, 23))`.execute(db)
    },
    named: async (name: string) =>
      (await mine.select('id').where(sql<boolean>`lower(name) = lower(${name})`).executeTakeFirst())?.id,

    change: async (id: string, look: PipelineLook, now: Date) => {
      await db
        .updateTable('pipelines')
        .set({ ...look, dateUpdated: now })
        .where('locationId', '=', locationId)
        .where('id', '=', id)
        .execute()
    },

    putStages: async (pipelineId: string, rows: readonly StoredStage[]) => {
      await db
        .insertInto('pipelineStages')
        .values(rows.map((row) => ({ ...row, locationId, pipelineId })))
        .onConflict((conflict) =>
          conflict.columns(['locationId', 'pipelineId', 'id']).doUpdateSet((eb) => ({
            name: eb.ref('excluded.name'),
            position: eb.ref('excluded.position'),
            showInFunnel: eb.ref('excluded.showInFunnel'),
            showInPieChart: eb.ref('excluded.showInPieChart'),
            stageWinProbability: eb.ref('excluded.stageWinProbability'),
          })),
        )
        .execute()
    },

    removeStages: async (pipelineId: string, ids: readonly string[]) => {
      await db
        .deleteFrom('pipelineStages')
        .where('locationId', '=', locationId)
        .where('pipelineId', '=', pipelineId)
        .where(sql<boolean>`id = any(${sql.val(ids)}::text[])`)
        .execute()
    },

    remove: async (id: string) => {
      await db.deleteFrom('pipelines').where('locationId', '=', locationId).where('id', '=', id).execute()
    },
  }
}
