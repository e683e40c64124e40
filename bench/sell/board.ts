import { type Taken, timeCalls } from '../scale/calls.js'
import type { World } from '../scale/world.js'

const pipelineId = 'benchPipeline0000000'
const stages = 5
const stageId = (at: number) => `00000000-0000-4000-8000-00000000000${at}`

const addPipeline = async ({ client, locationId }: World): Promise<void> => {
  await client.query(
    `insert into pipelines ("locationId", id, name, "showInFunnel", "showInPieChart", "useOpportunityProbability", "colorRenderMode",
       position, "dateAdded", "dateUpdated")
     values ($1, $2, 'Bench', true, true, false, 'dot', 'z', timestamptz '2026-01-01', timestamptz '2026-01-01')`,
    [locationId, pipelineId],
  )
  await client.query(
    `insert into "pipelineStages" ("locationId", "pipelineId", id, name, position, "showInFunnel", "showInPieChart", "stageWinProbability")
     select $1, $2, '00000000-0000-4000-8000-00000000000' || n, 'Stage ' || n, n, true, true, 20 * n from generate_series(0, $3::int - 1) n`,
    [locationId, pipelineId, stages],
  )
}

/** So many opportunities of contacts that are there, most of them open. */
const addOpportunities = async ({ client, locationId }: World, count: number): Promise<void> => {
  await client.query(
    `insert into opportunities ("locationId", id, "contactId", "pipelineId", "pipelineStageId", name, "monetaryValue", status,
       "lastStatusChangeAt", "lastStageChangeAt", "lastActionDate", "forecastSlippageCount", "forecastDaysSlipped", "customFields",
       followers, "internalSource", revision, "createdAt", "updatedAt")
     select $1, 'benchOpp' || lpad(n::text, 12, '0'), ids[1 + n % cardinality(ids)], $2,
       '00000000-0000-4000-8000-00000000000' || n % $3::int, 'Deal ' || n, n % 1000, case n % 5 when 0 then 'won' else 'open' end,
       t, t, t, 0, 0, '[]', '{}', '{"type":"user","id":"x","channel":"APP"}', 1, t, t
     from (select array(select id from contacts where "locationId" = $1 order by id limit 1000) as ids) c, generate_series(1, $4::int) n,
       lateral (select timestamptz '2026-06-01' - n * interval '1 minute' as t) d`,
    [locationId, pipelineId, stages, count],
  )
  await client.query('vacuum analyze opportunities')
}

export interface Board {
  readonly sums: Taken
  readonly column: Taken
  /** Everything that a browser asks for at once before it can show the board. */
  readonly whole: Taken
}

/** What the board asks for before anything can be seen: the sums of all stages, and the first cards of each. */
export const timeBoard = async (world: World, opportunities: number, calls: number): Promise<Board> => {
  const { client, serverPid, locationId, call } = world
  await addPipeline(world)
  await addOpportunities(world, opportunities)
  const ask = (stage: string | undefined, limit: number) => {
    const is = (field: string, value: string) => ({ field, operator: 'eq', value })
    const filters = [is('pipeline_id', pipelineId), ...(stage ? [is('pipeline_stage_id', stage)] : []), is('status', 'open')]
    const sort = [{ field: 'date_added', direction: 'desc' }]
    return call('POST', '/opportunities/search', { locationId, limit, filters, sort })
  }
  const time = (act: () => Promise<Response>) => timeCalls(client, serverPid, act, calls)
  const sums = await time(() => ask(undefined, 1))
  const { total } = JSON.parse(sums.text) as { total: number }
  if (total !== opportunities - Math.floor(opportunities / 5)) throw new Error(`The board counted ${total} open opportunities.`)
  const column = await time(() => ask(stageId(1), 25))
  const whole = await time(async () => {
    const columns = Array.from({ length: stages }, (_, at) => ask(stageId(at), 25))
    const [first, ...rest] = await Promise.all([ask(undefined, 1), ...columns])
    for (const answer of rest) if (!(await answer.text()) || !answer.ok) throw new Error(`A column answered ${answer.status}.`)
    return first as Response
  })
  return { sums, column, whole }
}
