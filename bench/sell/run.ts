import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { inWorld, keep } from '../keep.js'
import type { Taken } from '../scale/calls.js'
import type { World } from '../scale/world.js'
import { timeBoard } from './board.js'
import { timeSlots } from './slots.js'

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '1000' },
    connections: { type: 'string', default: '20' },
    opportunities: { type: 'string', default: '100000' },
    calls: { type: 'string', default: '100' },
  },
})
const [orders, connections, opportunities, calls] = [values.orders, values.connections, values.opportunities, values.calls].map(
  Number,
) as [number, number, number, number]

const jsonOf = async (answer: Response) => {
  const body = (await answer.json()) as Record<string, unknown>
  return { status: answer.status, body }
}

const addPrice = async ({ call, locationId }: World, name: string, fields: object): Promise<string> => {
  const owner = { locationId }
  const product = await jsonOf(await call('POST', '/products/', { ...owner, name, productType: 'PHYSICAL' }))
  const body = { ...owner, name, type: 'one_time', currency: 'USD', amount: 10, ...fields }
  return String((await jsonOf(await call('POST', `/products/${product.body._id}/price`, body))).body._id)
}

/** Orders that all want the same: how many of them got it, and how many a second were answered. */
const run = async ({ call, locationId, someId }: World, priceOf: (at: number) => string) => {
  const contactId = await someId()
  const place = (at: number) => {
    const items = [{ priceId: priceOf(at), qty: 1 }]
    return call('POST', '/payments/orders', { altId: locationId, altType: 'location', contactId, currency: 'USD', items })
  }
  let at = 0
  const statuses = new Map<number, number>()
  const startedAt = performance.now()
  const worker = async () => {
    while (at < orders) {
      const answer = await place(at++)
      await answer.arrayBuffer()
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
    }
  }
  await Promise.all(Array.from({ length: connections }, worker))
  return { aSecond: Math.round(orders / ((performance.now() - startedAt) / 1000)), statuses }
}

/** Half as much of one product as is wanted of it, and enough of others. @throws Error where more is sold than there was */
const sell = async (world: World): Promise<readonly string[]> => {
  const half = Math.floor(orders / 2)
  const counted = { trackInventory: true, allowOutOfStockPurchases: false }
  const one = await addPrice(world, 'Wanted', { ...counted, availableQuantity: half })
  const many: string[] = []
  for (let n = 0; n < connections; n++) many.push(await addPrice(world, `Calm ${n}`, { ...counted, availableQuantity: orders }))
  const fought = await run(world, () => one)
  const calm = await run(world, (at) => many[at % many.length] ?? one)
  const { rows } = await world.client.query<{ left: number }>('select "availableQuantity" as left from prices where _id = $1', [
    one,
  ])
  const sold = fought.statuses.get(201) ?? 0
  if (sold !== half || rows[0]?.left !== 0) throw new Error(`${sold} were sold of ${half}, ${rows[0]?.left} are left.`)
  return [
    `${orders} orders over ${connections} connections`,
    '',
    '| orders | answered a second | sold |',
    '|---|---|---|',
    `| of one product, of which there is half as much | ${fought.aSecond} | ${sold}, none left |`,
    `| of ${connections} products, enough of each | ${calm.aSecond} | ${calm.statuses.get(201) ?? 0} |`,
  ]
}

const row = (name: string, { p50, p95, nodeMs, databaseMs }: Taken, goalMs?: number) => {
  const goal = goalMs === undefined ? ' | ' : `p95 < ${goalMs} ms | ${p95 < goalMs ? 'yes' : 'no'}`
  return `| ${name} | ${p50.toFixed(1)} / ${p95.toFixed(1)} | ${nodeMs.toFixed(1)} + ${databaseMs.toFixed(1)} | ${goal} |`
}

const look = async (world: World): Promise<readonly string[]> => {
  const slots = await timeSlots(world, calls)
  const { sums, column, whole } = await timeBoard(world, opportunities, calls)
  return [
    `${calls} calls of each one after the other, ${cpus().length} × ${cpus()[0]?.model.trim()}, load ${loadavg()[1]?.toFixed(1)}; milliseconds by the clock, and the processor time of Node and the database for one`,
    '',
    '| what | p50 / p95 | Node + database | goal | reached |',
    '|---|---:|---:|---|---|',
    row('free times of a month, 20 people', slots, 50),
    row(`board of ${opportunities} opportunities: the sums of its stages`, sums),
    row('a column of it, 25 cards', column),
    row('all that it asks for at once before it is shown', whole, 100),
  ]
}

const bench = async (world: World): Promise<string> => {
  await world.fill(1000)
  const looked = await look(world)
  return [...(await sell(world)), '', ...looked].join('\n')
}

await keep('sell', (scratch) => inWorld(scratch, bench))
