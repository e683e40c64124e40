import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startDatabase } from '../database.js'
import { keep } from '../keep.js'
import { startProduct } from '../product.js'
import { backendsOf, spentBy, spentSince } from '../scale/cost.js'
import { openWorld, type World } from '../scale/world.js'

const { values } = parseArgs({
  options: { waiting: { type: 'string', default: '100000' }, running: { type: 'string', default: '10000' } },
})
const waiting = Number(values.waiting)
const running = Number(values.running)
const lookEveryMs = 100

interface Measured {
  readonly work: string
  readonly contacts: number
  readonly steps: number
  readonly seconds: number
  /** Of one step, in each of the two programs. */
  readonly nodeMicros: number
  readonly databaseMicros: number
}

const createWorkflow = async (world: World, name: string, actions: readonly object[]): Promise<string> => {
  const reply = await world.call('POST', '/workflows/', { locationId: world.locationId, name, status: 'published', actions })
  const { workflow, message } = (await reply.json()) as { workflow?: { id: string }; message?: unknown }
  if (!workflow) throw new Error(`the workflow was refused: ${JSON.stringify(message)}`)
  return workflow.id
}

const createPipeline = async (world: World): Promise<string> => {
  const stages = [{ name: 'New' }, { name: 'Won' }]
  const reply = await world.call('POST', '/opportunities/pipelines', { locationId: world.locationId, name: 'Bench', stages })
  const { pipeline, message } = (await reply.json()) as { pipeline?: { id: string }; message?: unknown }
  if (!pipeline) throw new Error(`the pipeline was refused: ${JSON.stringify(message)}`)
  return pipeline.id
}

/** Puts so many contacts in, as enrolling does, due at that time. */
const enrol = (world: World, workflowId: string, count: number, dueAt: string) =>
  world.client.query(
    `insert into "workflowEnrolments" ("locationId", id, "workflowId", "contactId", status, "dueAt", depth, steps, burst, attempts,
       trigger, vars, "startedAt", "updatedAt")
     select "locationId", gen_random_uuid(), $2, id, 'active', $4::timestamptz, 0, 0, 0, 0, '{}', '{}', $4::timestamptz, $4::timestamptz
     from contacts where "locationId" = $1 order by id limit $3`,
    [world.locationId, workflowId, count, dueAt],
  )

const left = async (world: World, workflowId: string): Promise<number> => {
  const { rows } = await world.client.query<{ n: number }>(
    `select count(*)::int as n from "workflowEnrolments" where "workflowId" = $1 and status = 'active' and "waitingFor" is null`,
    [workflowId],
  )
  return rows[0]?.n ?? 0
}

const stepsOf = async (world: World, workflowId: string): Promise<number> => {
  const { rows } = await world.client.query<{ n: number }>(
    `select coalesce(sum(steps), 0)::int as n from "workflowEnrolments" where "workflowId" = $1`,
    [workflowId],
  )
  return rows[0]?.n ?? 0
}

const untilThrough = async (
  world: World,
  serverPid: number,
  work: string,
  workflowId: string,
  contacts: number,
): Promise<Measured> => {
  const [nodeBefore, databaseBefore] = [spentBy([serverPid]), spentBy(await backendsOf(world.client))]
  const began = performance.now()
  while ((await left(world, workflowId)) > 0) await wait(lookEveryMs)
  const seconds = (performance.now() - began) / 1000
  const steps = await stepsOf(world, workflowId)
  const nodeMicros = spentSince(nodeBefore, spentBy([serverPid])) / steps
  const databaseMicros = spentSince(databaseBefore, spentBy(await backendsOf(world.client))) / steps
  return { work, contacts, steps, seconds, nodeMicros, databaseMicros }
}

const past = '2026-01-01T00:00:00Z'
const deciding = Array.from({ length: 5 }, (_, at) => ({
  type: 'if_else',
  conditions: [{ field: 'tags', operator: 'contains', value: `no such tag ${at}` }],
  else: [],
}))

const bench = async (scratch: string): Promise<readonly Measured[]> => {
  const database = await startDatabase(join(scratch, 'database'))
  const done: Measured[] = []
  const folder = join(scratch, 'product')
  let product = await startProduct(folder, database.url)
  const world = await openWorld(database.url, product)
  try {
    await world.clear()
    await world.fill(Math.max(waiting, running))
    const run = async (work: string, actions: readonly object[], count: number) => {
      const id = await createWorkflow(world, work, actions)
      await enrol(world, id, count, past)
      done.push(await untilThrough(world, product.pid, work, id, count))
    }
    await run('five conditions', deciding, running)
    await run(
      'two tags',
      [
        { type: 'add_tag', tags: ['bench one'] },
        { type: 'add_tag', tags: ['bench two'] },
      ],
      running,
    )
    await run('a field', [{ type: 'update_field', field: 'city', value: 'Paris' }], running)
    await run('a note', [{ type: 'create_note', body: 'Seen.' }], running)
    await run('a task', [{ type: 'create_task', title: 'Call {{contact.first_name}}', dueInDays: 1 }], running)
    const pipelineId = await createPipeline(world)
    await run('an opportunity', [{ type: 'create_opportunity', pipelineId, name: 'Of {{contact.first_name}}' }], running)
    await run('an SMS', [{ type: 'send_sms', message: 'Hi {{contact.first_name}}' }], running)
    await run('an e-mail', [{ type: 'send_email', subject: 'Hi', html: '<p>{{contact.first_name}}</p>' }], running)

    const id = await createWorkflow(world, 'after a restart', [{ type: 'add_tag', tags: ['back'] }])
    await enrol(world, id, waiting, '2999-01-01T00:00:00Z')
    await product.stop()
    await world.client.query(`update "workflowEnrolments" set "dueAt" = $2::timestamptz where "workflowId" = $1`, [id, past])
    product = await startProduct(folder, database.url)
    done.push(await untilThrough(world, product.pid, 'waited through a restart, then a tag', id, waiting))
    return done
  } finally {
    await world.close()
    await product.stop()
    await database.stop()
  }
}

const report = (done: readonly Measured[]) =>
  [
    '| work | contacts | seconds | contacts a second | steps a second | Node µs a step | PostgreSQL µs a step |',
    '|---|---|---|---|---|---|---|',
    ...done.map(({ work, contacts, steps, seconds, nodeMicros, databaseMicros }) =>
      [
        work,
        contacts,
        seconds.toFixed(1),
        (contacts / seconds).toFixed(0),
        (steps / seconds).toFixed(0),
        nodeMicros.toFixed(0),
        databaseMicros.toFixed(0),
      ]
        .join(' | ')
        .replace(/^|$/g, '|'),
    ),
  ].join('\n')

await keep('workflows', async (scratch) => report(await bench(scratch)))
