import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Db } from '../../database/wire.js'
import { addManyContacts } from '../../testing/many-contacts.js'
import { actsOf, type WorkflowWorld, workflowWorld } from '../../testing/workflow-world.js'
import { foldWorkflowCounts } from './counts.sql.js'
import { enrolmentsOf, moveWorkflows } from './enrolments.sql.js'

let world: WorkflowWorld
const { call, create, person, enrol, run, history, minutes } = actsOf(() => world)
beforeAll(async () => {
  world = await workflowWorld()
})
afterAll(() => world?.on.close())

const statistics = async (id: string) => (await call('GET', `/workflows/${id}/statistics`)).body.statistics
const retention = async () => {
  const job = world.workflows.jobs.find(({ name }) => name === 'workflow retention')
  await job?.run(world.on.clock.now())
}
const dayMinutes = 1440

test('numbers of a workflow are those of its ways and steps, also after they are folded', async () => {
  const { id, actions } = await create({
    actions: [
      // biome-ignore lint/suspicious/noThenProperty: the branch where a condition holds
      { type: 'if_else', conditions: [{ field: 'city', value: 'Rome' }], then: [{ type: 'create_note', body: 'x' }], else: [] },
      { type: 'wait', days: 1 },
      { type: 'assign', userId: 'nobody' },
    ],
  })
  const people = []
  for (const city of ['Rome', 'Rome', 'Oslo']) people.push(await person({ city }))
  for (const each of people) await enrol(each.id, id)
  await run()
  const [choice, wait, assign] = actions.map((each: { id: string }) => each.id)
  const note = actions[0].then[0].id
  const at = (actionId: string, outcome: string, count: number) => ({ actionId, outcome, count })
  const sorted = (steps: readonly { actionId: string }[]) => [...steps].sort((a, b) => (a.actionId < b.actionId ? -1 : 1))
  expect((await statistics(id)).enrolments).toMatchObject({ active: 3, completed: 0 })
  expect((await statistics(id)).steps).toEqual(sorted([at(choice, 'branch', 3), at(note, 'done', 2), at(wait, 'waiting', 3)]))

  await call('DELETE', `/contacts/${people[0].id}/workflow/${id}`)
  await call('DELETE', `/contacts/${people[1].id}`)
  minutes(dayMinutes + 1)
  await run()
  // As many rows as make folding worth it.
  await sql`insert into "workflowCounts" ("locationId", "workflowId", "actionId", key, delta)
    select ${world.on.locationId}, ${id}::uuid, ${note}::text, 'done', 1 from generate_series(1, 20)`.execute(world.on.db)
  await foldWorkflowCounts(world.on.db)
  expect(await statistics(id)).toEqual({
    enrolments: { active: 0, paused: 0, completed: 1, stopped: 0, removed: 1, failed: 0, refused: 0 },
    steps: sorted([at(choice, 'branch', 3), at(note, 'done', 22), at(wait, 'waiting', 3), at(assign, 'failed', 1)]),
  })
  const rows = world.on.db.selectFrom('workflowCounts').select('delta').where('actionId', '=', note)
  expect(await rows.execute()).toEqual([{ delta: 22 }])
  expect((await call('GET', `/workflows/${id}/enrolments`)).body.total).toBe(2)

  await call('DELETE', `/workflows/${id}`)
  expect((await call('GET', `/workflows/${id}/statistics`)).status).toBe(400)
  await foldWorkflowCounts(world.on.db)
  const gone = world.on.db.selectFrom('workflowCounts').select('key').where('workflowId', '=', id)
  expect(await gone.execute()).toEqual([])
  const foreign = await create({ actions: [] })
  expect(
    (
      await call('GET', `/workflows/${foreign.id}/statistics`, {
        token: world.on.token({ locationId: world.on.otherLocationId }),
      })
    ).status,
  ).toBe(400)
})

test.each([
  ['with it', ['workflows']],
  ['too where a sub-account is emptied table by table', ['workflowCounts', 'workflowEnrolments', 'workflows']],
])('numbers of a workflow go %s', async (_, tables) => {
  const { id } = await create({ actions: [{ type: 'create_note', body: 'x' }] })
  await enrol((await person()).id, id)
  await run()
  const left = () => world.on.db.selectFrom('workflowCounts').select(['actionId', 'key']).where('workflowId', '=', id).execute()
  expect((await left()).length).toBeGreaterThan(1)
  for (const table of tables) {
    const key = sql.ref(table === 'workflows' ? 'id' : 'workflowId')
    await sql`delete from ${sql.table(table)} where "locationId" = ${world.on.locationId} and ${key} = ${id}::uuid`.execute(
      world.on.db,
    )
  }
  expect(await left()).toEqual([])
})

test('what was over for as long as the setting says is forgotten with its history and requests; what goes on stays', async () => {
  const actions = [
    { type: 'webhook', url: 'https://there.example/' },
    { type: 'create_note', body: 'x' },
  ]
  const [often, never] = [await create({ actions }), await create({ actions, settings: { reentry: 'never' } })]
  const waits = await create({ actions: [{ type: 'wait', days: 300 }] })
  const contact = await person()
  for (const { id } of [often, never, waits]) await enrol(contact.id, id)
  await run()
  await world.workflows.sendCalls()
  minutes(29 * dayMinutes)
  await retention()
  expect((await history(often.id, contact.id)).steps).toHaveLength(2)
  minutes(1 * dayMinutes + 1)
  await retention()
  const total = async (id: string) => (await call('GET', `/workflows/${id}/enrolments`)).body.total
  expect([await total(often.id), await total(never.id), await total(waits.id)]).toEqual([0, 0, 1])
  const { locationId, db } = world.on
  const left = async (table: 'workflowSteps' | 'workflowCalls') =>
    (await db.selectFrom(table).select('enrolmentId').where('locationId', '=', locationId).execute()).length
  const waiting = (await history(waits.id, contact.id)).enrolment.id
  const steps = await db.selectFrom('workflowSteps').select('enrolmentId').where('locationId', '=', locationId).execute()
  expect([new Set(steps.map(({ enrolmentId }) => enrolmentId)), await left('workflowCalls')]).toEqual([new Set([waiting]), 0])
  // Its steps are still counted.
  expect((await statistics(often.id)).steps.map(({ count }: { count: number }) => count)).toEqual([1, 1])

  for (const { id } of [often, never]) await enrol(contact.id, id)
  expect([await total(often.id), await total(never.id)]).toEqual([1, 0])
})

test('who was in a workflow that takes nobody twice stays known when two contacts turn out to be one', async () => {
  const { id } = await create({ actions: [], settings: { reentry: 'never' } })
  const [kept, gone] = [await person(), await person()]
  await enrol(gone.id, id)
  await run()
  minutes(31 * dayMinutes)
  await retention()
  await world.on.db.transaction().execute((db) => moveWorkflows(db, world.on.locationId, gone.id, kept.id))
  await enrol(kept.id, id)
  expect((await call('GET', `/workflows/${id}/enrolments`)).body.total).toBe(0)
})

const instead = <T extends object>(target: T, name: string, value: unknown): T =>
  new Proxy(target, {
    get: (_, asked) => {
      const own = asked === name ? value : Reflect.get(target, asked, target)
      return typeof own === 'function' ? own.bind(target) : own
    },
  })

/** The plans of whatever is asked through it. */
const explaining = (db: Db, plans: string[]): Db => {
  const executor = db.getExecutor()
  const asking = instead(executor, 'executeQuery', async (compiled: { sql: string }) => {
    const explained = { ...compiled, sql: `explain ${compiled.sql}` }
    const { rows } = await executor.executeQuery<{ 'QUERY PLAN': string }>(explained as never)
    plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'))
    return executor.executeQuery(compiled as never)
  })
  return instead(db, 'getExecutor', () => asking)
}

test('lists of a workflow that very many went through walk along an index, and none of them counts rows', async () => {
  const { id } = await create({ actions: [] })
  const { locationId, db, clock } = world.on
  await addManyContacts((statement) => sql.raw(statement).execute(db), { locations: locationId, from: 0, count: 2_000 })
  const fill = (rounds: number, people: number, status: string, from: string) =>
    sql`insert into "workflowEnrolments" ("locationId", id, "workflowId", "contactId", status, depth, steps, burst, attempts, trigger, vars,
        "startedAt", "updatedAt", "finishedAt")
      select "locationId", gen_random_uuid(), ${id}::uuid, id, ${status}, 0, 0, 0, 0, '{}', '{}',
        ${from}::timestamptz + n * interval '1 hour', ${clock.now()}, case when ${status}::text <> 'active' then ${clock.now()}::timestamptz end
      from (select * from contacts where "locationId" = ${locationId} order by id limit ${sql.lit(people)}) c, generate_series(1, ${sql.lit(rounds)}) n`.execute(
      db,
    )
  await fill(20, 2_000, 'completed', '2026-05-01')
  await fill(1, 30, 'failed', '2026-01-01')
  await fill(1, 5, 'active', '2026-01-02')
  await sql`analyze "workflowEnrolments", "workflowCounts", contacts`.execute(db)

  const asked = async (more: object) => {
    const plans: string[] = []
    const found = await enrolmentsOf(explaining(db, plans), locationId).list({ workflowId: id, limit: 20, skip: 0, ...more })
    return { plan: plans.join('\n'), total: found.total, size: found.size }
  }
  for (const [more, index, total, size] of [
    [{}, 'enrolments_newest', 40_035, 20],
    [{ skip: 400 }, 'enrolments_newest', 40_035, 20],
    [{ status: 'completed' }, 'enrolments_newest', 40_000, 20],
    [{ status: 'failed' }, 'enrolments_rare', 30, 20],
    [{ status: 'active' }, 'enrolments_once', 5, 5],
  ] as const) {
    const { plan, ...found } = await asked(more)
    expect([JSON.stringify(more), plan.includes(index), plan]).toEqual([JSON.stringify(more), true, plan])
    expect(plan).not.toMatch(/Seq Scan on "workflowEnrolments"|Seq Scan on contacts/)
    expect(plan).toContain('workflowCounts')
    expect(found).toEqual({ total, size })
  }
  const ofOne = (
    await db
      .selectFrom('contacts')
      .select('id')
      .where('locationId', '=', locationId)
      .orderBy('id')
      .limit(1)
      .executeTakeFirstOrThrow()
  ).id
  expect((await asked({ contactId: ofOne })).plan).toContain('enrolments_of_person')

  const born = await sql<{ 'QUERY PLAN': string }>`explain select id from contacts where "locationId" = ${locationId}
    and substr("dateOfBirth", 6, 5) = any(${['02-28', '02-29']}::text[]) and "dateOfBirth" is not null and id > '' order by id limit 1000`.execute(
    db,
  )
  expect(born.rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('contacts_birthdays')

  const due = await sql<{
    'QUERY PLAN': string
  }>`explain select id from "workflowEnrolments" where "finishedAt" < '2020-01-01' order by "finishedAt" limit 1000`.execute(db)
  expect(due.rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('enrolments_finished')
})
