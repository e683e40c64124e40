import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { RunningServer } from '../main.js'
import { cloneDatabase } from '../testing/database.js'
import { startProcess } from '../testing/product.js'

const dayMs = 86_400_000
let database: Awaited<ReturnType<typeof cloneDatabase>>
const servers: RunningServer[] = []

beforeAll(async () => {
  database = await cloneDatabase()
  const flags = { seed: 'none', secret: '7'.repeat(64) }
  for (const _ of ['one', 'two']) servers.push(await startProcess(database.url, flags))
})
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()))
  await database?.drop()
})

const clockOf = async ({ url }: RunningServer) => (await (await fetch(`${url}/_ground/lab/clock`)).json()).aheadMs as number
const advance = ({ url }: RunningServer, byMs: number) =>
  fetch(`${url}/_ground/lab/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-groundlevel': 'test' },
    body: JSON.stringify({ byMs }),
  })

test('every process on a database goes on with the time that one was asked to, and none twice', async () => {
  const [one, two] = servers as [RunningServer, RunningServer]
  expect((await advance(one, dayMs)).status).toBe(200)
  expect(await clockOf(one)).toBe(dayMs)
  await vi.waitFor(async () => expect(await clockOf(two)).toBe(dayMs))
  await Promise.all([advance(one, dayMs), advance(two, dayMs), advance(one, dayMs), advance(two, dayMs)])
  await vi.waitFor(async () => expect(await Promise.all([clockOf(one), clockOf(two)])).toEqual([5 * dayMs, 5 * dayMs]))
})
