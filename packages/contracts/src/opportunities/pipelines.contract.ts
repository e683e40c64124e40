import { DELETE, GET, POST, PUT, t } from '@groundlevel/contract-kit'
import { succeeded } from '../contacts/contact.shapes.js'
import { opportunities } from './module.js'

/** A stage as the live service answers it: an object, where the document says array (live facts). */
const Stage = t.Object({
  id: t.String(),
  name: t.String(),
  position: t.Integer(),
  showInFunnel: t.Boolean(),
  showInPieChart: t.Boolean(),
  /** In percent: what was set, else what the stage's place among the others makes it. */
  stageWinProbability: t.Number(),
})

const ColorMode = t.Enum(['dot', 'bg-tint', 'none'])

export const Pipeline = t.Object({
  id: t.String(),
  name: t.String(),
  stages: t.Array(Stage),
  showInFunnel: t.Boolean(),
  showInPieChart: t.Boolean(),
  locationId: t.String(),
  useOpportunityProbability: t.Boolean(),
  colorRenderMode: ColorMode,
  /** Sorts pipelines, as text. */
  position: t.String(),
  dateAdded: t.DateTime(),
  dateUpdated: t.DateTime(),
})

const name = t.String({ minLength: 1, maxLength: 200 })

const StageIn = t.Object({
  /** Of a stage that is there; without it the stage is a new one. */
  id: t.Optional(t.String({ maxLength: 50 })),
  name,
  position: t.Optional(t.Integer({ minimum: 0, maximum: 1000 })),
  showInFunnel: t.Optional(t.Boolean()),
  showInPieChart: t.Optional(t.Boolean()),
  stageWinProbability: t.Optional(t.Nullable(t.Number({ minimum: 0, maximum: 100 }))),
})

const stages = t.Array(StageIn, { minItems: 1, maxItems: 100 })

const look = {
  showInFunnel: t.Optional(t.Boolean()),
  showInPieChart: t.Optional(t.Boolean()),
  useOpportunityProbability: t.Optional(t.Boolean()),
  colorRenderMode: t.Optional(ColorMode),
}

/** In an envelope as its siblings, and bare as the newer pages of the official reference show it: programs read either. */
const Written = t.Object({ pipeline: Pipeline, ...Pipeline.properties })

export const pipelines = opportunities.resource(
  'pipelines',
  '/opportunities/pipelines',
  {
    list: GET('', {
      id: 'get-pipelines',
      summary: 'Pipelines of a sub-account with their stages',
      tenant: 'query',
      query: t.Object({ locationId: t.String() }),
      reply: t.Object({ pipelines: t.Array(Pipeline) }),
    }),
    create: POST('', {
      id: 'create-pipeline',
      summary: 'Create a pipeline with its stages',
      tenant: 'body',
      extension: true,
      body: t.Object({ locationId: t.String(), name, stages, ...look }),
      status: 201,
      reply: Written,
    }),
    get: GET('/:pipelineId', { id: 'get-pipeline', summary: 'One pipeline', extension: true, reply: Written }),
    update: PUT('/:pipelineId', {
      id: 'update-pipeline',
      summary: 'Change a pipeline; stages that are left out go, what was in them moves to the first that stays',
      extension: true,
      body: t.Object({ name: t.Optional(name), stages: t.Optional(stages), ...look }),
      reply: Written,
      emits: ['OpportunityStageUpdate', 'OpportunityUpdate'],
    }),
    remove: DELETE('/:pipelineId', {
      id: 'delete-pipeline',
      summary: 'Delete a pipeline and every opportunity in it',
      extension: true,
      reply: t.Object({ success: t.Boolean(), ...succeeded }),
      emits: ['OpportunityDelete', 'OpportunityUpdate'],
    }),
  },
  { reaches: 'none' },
)
