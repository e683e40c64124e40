import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contactPorts } from '../../testing/contact-ports.js'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { contactsModule } from '../contacts/index.js'
import { opportunitiesModule } from './index.js'
import { shownOpportunities } from './opportunities.sql.js'

let on: ModuleApp
const many = 20_000
const pipelineId = 'boardPipeline0000000'
const stage = (index: number) => `00000000-0000-4000-8000-00000000000${index}`

beforeAll(async () => {
  on = await moduleApp(({ lookups }) => {
    const contacts = contactPorts(lookups)
    const { users, locations, publicUrl } = contacts
    const fields = { definitions: async () => [] }
    return [...contactsModule(contacts), ...opportunitiesModule({ users, locations: locations as never, fields, publicUrl })]
  })
  const { locationId } = on
  const look = { showInFunnel: true, showInPieChart: true }
  const at = on.clock.now()
  const dates = { dateAdded: at, dateUpdated: at }
  await on.db
    .insertInto('pipelines')
    .values({
      ...look,
      ...dates,
      locationId,
      id: pipelineId,
      name: 'Board',
      useOpportunityProbability: false,
      colorRenderMode: 'dot',
      position: 'a',
    })
    .execute()
  const stages = [0, 1, 2, 3].map((position) => ({
    ...{
      ...look,
      locationId,
      pipelineId,
      id: stage(position),
      name: `S${position}`,
      position,
      stageWinProbability: 20 * position,
    },
  }))
  await on.db.insertInto('pipelineStages').values(stages).execute()
  const body = { locationId, firstName: 'Ada', email: 'ada@example.com' }
  const contactId = (await on.call('POST', '/contacts/', { body })).body.contact.id
  await sql`insert into opportunities ("locationId", id, "contactId", "pipelineId", "pipelineStageId", name, "monetaryValue", status,
      "lastStatusChangeAt", "lastStageChangeAt", "lastActionDate", "forecastSlippageCount", "forecastDaysSlipped", "customFields",
      followers, "internalSource", revision, "createdAt", "updatedAt")
    select ${locationId}, 'boardOpp' || lpad(n::text, 12, '0'), ${contactId}, ${pipelineId},
      '00000000-0000-4000-8000-00000000000' || (n % 4), 'Deal ' || n, n % 1000, case n % 5 when 0 then 'won' else 'open' end,
      t, t, t, 0, 0, '[]', '{}', '{"type":"user","id":"x","channel":"APP"}', 1, t, t
    from generate_series(1, ${sql.lit(many)}) n, lateral (select ${at}::timestamptz - n * interval '1 minute' as t) d`.execute(
    on.db,
  )
  // Only what is known to be on disk is marked as visible to everybody, and commits of tests do not wait for that.
  await on.db.transaction().execute(async (db) => {
    await sql`set local synchronous_commit = on`.execute(db)
    await sql`create table flushed (n int)`.execute(db)
  })
  await sql`vacuum analyze opportunities`.execute(on.db)
})
afterAll(() => on?.close())

const planOf = async (query: ReturnType<typeof sql>) => {
  const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${query}`.execute(on.db)
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}

test('a column of the board is one walk of its index', async () => {
  const own = sql`"locationId" = ${on.locationId} and "pipelineId" = ${pipelineId}`
  const column = sql`select id from opportunities where ${own} and "pipelineStageId" = ${stage(1)} order by "createdAt" desc, id desc limit 20`
  expect(await planOf(column)).toContain('opportunities_column')
})

test('the sums of the board read its index and no row', async () => {
  const own = sql`"locationId" = ${on.locationId} and "pipelineId" = ${pipelineId} and status = 'open'`
  const sums = sql`select "pipelineId", "pipelineStageId", status, count(*), sum("monetaryValue"),
    sum("monetaryValue") filter (where "forecastProbability" is not null)
    from opportunities where ${own} group by "pipelineId", "pipelineStageId", status`
  expect(await planOf(sums)).toMatch(/Index Only Scan using opportunities_sums/)
})

test('card and relation of a row’s contact are one look at it', async () => {
  const rows = shownOpportunities(on.db, on.locationId).orderBy('createdAt', 'desc').orderBy('opportunities.id').limit(20)
  expect((await planOf(sql`select * from ${rows} rows`)).match(/Scan .*on contacts c/g)).toHaveLength(1)
})

test('a page of a column has the sums of all of it', async () => {
  const path = `/opportunities/search?location_id=${on.locationId}&pipeline_id=${pipelineId}&pipeline_stage_id=${stage(1)}`
  const { body } = await on.call('GET', path)
  expect([body.opportunities.length, body.meta.total, body.aggregations.stages.length]).toEqual([20, many / 4, 1])
  const [sums] = body.aggregations.stages
  expect(sums.openWeightedValue).toBeCloseTo(sums.openValue * 0.2, 6)
  expect(sums.totalValue).toBe(sums.openValue + sums.wonValue)
})
