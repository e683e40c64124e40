import { parseArgs } from 'node:util'
import { inWorld, keep } from '../keep.js'
import type { World } from '../scale/world.js'

const { values } = parseArgs({
  options: { orders: { type: 'string', default: '1000' }, connections: { type: 'string', default: '20' } },
})
const [orders, connections] = [Number(values.orders), Number(values.connections)]

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

const bench = async (world: World): Promise<string> => {
  await world.fill(1000)
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
  ].join('\n')
}

await keep('sell', (scratch) => inWorld(scratch, bench))
