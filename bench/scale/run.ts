import { parseArgs } from 'node:util'
import { type NamedQuery, namedQueries, namedTexts } from '../../packages/server/src/testing/search-queries.js'
import { inWorld, keep } from '../keep.js'
import { type Taken, timeCalls } from './calls.js'
import { residentMb } from './cost.js'
import { importSome } from './import.js'
import { report, type Stage } from './report.js'
import { checkTotal } from './totals.js'
import type { World } from './world.js'

const { values } = parseArgs({
  options: {
    contacts: { type: 'string', default: '1000000' },
    from: { type: 'string', default: '1000' },
    calls: { type: 'string', default: '40' },
    rows: { type: 'string', default: '50000' },
    'no-others': { type: 'boolean', default: false },
  },
})
const [most, least, calls, rows] = [values.contacts, values.from, values.calls, values.rows].map(Number) as [
  number,
  number,
  number,
  number,
]

const taken = ({ text: _, ...rest }: Taken & { text: string }): Taken => rest
const totalIn = (text: string) => {
  const reply = JSON.parse(text) as { total?: number; meta?: { total?: number } }
  return reply.total ?? reply.meta?.total ?? 0
}

const measure = async (world: World, name: string): Promise<Stage> => {
  const { client, serverPid, locationId, call } = world
  const time = (act: () => Promise<Response>, times: number) => timeCalls(client, serverPid, act, times)
  const searches = async (queries: readonly NamedQuery[], totals: boolean) => {
    const all = new Map<string, Taken>()
    for (const { name: what, body } of queries) {
      const found = await time(() => call('POST', '/contacts/search', { locationId, pageLimit: 20, ...body }), calls)
      if (totals) await checkTotal(world, totalIn(found.text), what)
      all.set(what, taken(found))
    }
    return all
  }
  const id = await world.someId()
  const point = taken(await time(() => call('GET', `/contacts/${id}`), calls * 10))
  const page = await time(() => call('GET', `/contacts/?locationId=${locationId}&limit=20`), calls * 10)
  await checkTotal(world, totalIn(page.text))
  const [filters, texts] = [await searches(namedQueries, true), await searches(namedTexts, false)]
  const resident = residentMb(serverPid)
  return { name, point, first: taken(page), filters, texts, residentMb: resident, imported: await importSome(world, rows) }
}

const thousands = (value: number) => String(value).replace(/(\d)(?=(\d{3})+$)/g, '$1 ')

/** From a thousand to `most` contacts in one sub-account, and as many over a thousand others. */
const stages = async (world: World): Promise<Stage[]> => {
  const done: Stage[] = []
  const stage = async (name: string, fill: () => Promise<void>) => {
    console.error(`${name}: filling …`)
    await world.clear()
    await fill()
    console.error(`${name}: measuring …`)
    done.push(await measure(world, name))
  }
  // The first figures of a process are those of a compiler at work.
  await world.clear()
  await world.fill(least)
  await measure(world, 'warm-up')
  await stage(thousands(least), () => world.fill(least))
  if (!values['no-others'])
    await stage(`${thousands(least)}, beside ${thousands(most)} of 1 000 others`, async () => {
      await world.fill(least)
      await world.fill(most, 1000)
    })
  for (let size = least * 10; size <= most; size *= 10) await stage(thousands(size), () => world.fill(size))
  return done
}

await keep('scale', async (scratch) => report(await inWorld(scratch, stages), calls))
