import { badRequest, found } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { newUuid } from '../../ids.js'
import { toldOf } from './opportunities.rules.js'
import { opportunitiesOf } from './opportunities.sql.js'
import { stagesOf } from './pipelines.rules.js'
import { type PipelineJson, pipelinesOf } from './pipelines.sql.js'

const done = { success: true, succeded: true, succeeded: true }

const mostPipelines = 500

const written = (pipeline: PipelineJson | undefined) => {
  const { value } = found(pipeline, 'Pipeline')
  return { pipeline: value, ...value }
}

const taken = (name: string) => badRequest(`A pipeline with the name ${JSON.stringify(name)} already exists.`)

/** Sorts as text in the order in which pipelines were made. */
const positionAfter = (count: number) => `a${String(count).padStart(4, '0')}`

export const pipelineHandlers = () =>
  implement(
    api.opportunities.pipelines,
    ({ db, locationId }) => ({ pipelines: pipelinesOf(db, locationId), opportunities: opportunitiesOf(db, locationId) }),
    {
      list: async (_given, { pipelines }) => ({ pipelines: await pipelines.list() }),

      create: async ({ body: { locationId: _, stages, ...look } }, { pipelines, newId, now }) => {
        const id = newId()
        const manual = look.useOpportunityProbability ?? false
        const rows = stagesOf(stages, [], { manual, newStageId: newUuid })
        await pipelines.holdNames()
        const count = await pipelines.count()
        if (count >= mostPipelines) throw badRequest(`A sub-account has at most ${mostPipelines} pipelines.`)
        const row = { showInFunnel: true, showInPieChart: true, colorRenderMode: 'dot', useOpportunityProbability: manual }
        if (!(await pipelines.add({ ...row, ...look, id, position: positionAfter(count) }, now))) throw taken(look.name)
        await pipelines.putStages(id, rows)
        return written(await pipelines.find(id))
      },

      get: async ({ pipelineId }, { pipelines }) => written(await pipelines.find(pipelineId)),

      update: async ({ pipelineId, body: { stages, ...look } }, { pipelines, opportunities, now, emitAll }) => {
        await pipelines.holdNames()
        const before = found(await pipelines.lock(pipelineId), 'Pipeline')
        const namesake = look.name === undefined ? undefined : await pipelines.named(look.name)
        if (look.name !== undefined && namesake !== undefined && namesake !== pipelineId) throw taken(look.name)
        await pipelines.change(pipelineId, look, now)
        if (stages) {
          const manual = look.useOpportunityProbability ?? before.useOpportunityProbability
          const rows = stagesOf(stages, before.stages, { manual, newStageId: newUuid })
          await pipelines.putStages(pipelineId, rows)
          const kept = new Set(rows.map(({ id }) => id))
          const gone = before.stages.map(({ id }) => id).filter((id) => !kept.has(id))
          if (gone.length > 0) {
            const moved = await opportunities.moveStages(pipelineId, gone, rows[0]?.id ?? '', now)
            const told = moved.map(({ value }) => toldOf(value))
            await emitAll('OpportunityStageUpdate', told)
            await emitAll('OpportunityUpdate', told)
            await pipelines.removeStages(pipelineId, gone)
          }
        }
        return written(await pipelines.find(pipelineId))
      },

      remove: async ({ pipelineId }, { pipelines, opportunities, emitAll }) => {
        found(await pipelines.lock(pipelineId), 'Pipeline')
        const removed = await opportunities.removeOfPipeline(pipelineId)
        const told = removed.map(({ value }) => toldOf(value))
        await emitAll('OpportunityDelete', told)
        await emitAll('OpportunityUpdate', told)
        await pipelines.remove(pipelineId)
        return done
      },
    },
  )
