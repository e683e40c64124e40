import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Running } from './child.js'
import { startDatabase } from './database.js'
import { measure, median, type Pace, type Result } from './measure.js'
import { startBareHttp, startBarePg, startJsonServer, startPrism } from './peers.js'
import { demoWorld, newestContacts, refreshTokens, startProduct } from './product.js'
import { startReceiver } from './receiver.js'
import { scenariosOf } from './scenarios.js'
import { report, type Starts } from './table.js'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '8' },
    starts: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    'no-peers': { type: 'boolean', default: false },
  },
})
const pace: Pace = { connections: Number(values.connections), rounds: Number(values.rounds), seconds: Number(values.seconds) }

// PostgreSQL runs under another account when we are root: the scratch folder lets it through.
const scratch = mkdtempSync(join(tmpdir(), 'groundlevel-bench-'))
chmodSync(scratch, 0o755)

const measureStarts = async (count: number): Promise<Starts> => {
  const [first, later]: [number[], number[]] = [[], []]
  for (let turn = 0; turn < count; turn++) {
    for (const times of [first, later]) {
      const server = await startProduct(join(scratch, `start-${turn}`))
      times.push(server.readyMs)
      await server.stop()
    }
  }
  return { firstMs: median(first), laterMs: median(later) }
}

const peers = async (
  databaseUrl: string,
  location: string,
  contacts: readonly object[],
): Promise<Record<string, Running | undefined>> => ({
  'node:http': await startBareHttp(contacts[0] ?? {}),
  'node:http + pg': await startBarePg(databaseUrl, location),
  ...(values['no-peers'] ? {} : { Prism: await startPrism(), 'json-server': await startJsonServer(contacts, scratch) }),
})

const bench = async () => {
  const starts = await measureStarts(Number(values.starts))
  const database = await startDatabase(join(scratch, 'database'))
  const receiver = await startReceiver()
  const product = await startProduct(join(scratch, 'product'), database.url)
  const demo = await demoWorld(product.url)
  const contacts = await newestContacts(product.url, demo)
  const location = demo.locations[0]?.id ?? ''
  const all: Record<string, Running | undefined> = { ...(await peers(database.url, location, contacts)), Groundlevel: product }
  const programs = Object.fromEntries(Object.entries(all).filter(([, running]) => running)) as Record<string, Running>
  try {
    const urls = Object.fromEntries(Object.entries(programs).map(([name, { url }]) => [name, url]))
    const families = await refreshTokens(product.url, demo, pace.connections)
    const results: Result[] = []
    for (const scenario of scenariosOf(
      urls,
      demo,
      contacts.map(({ id }) => id),
      families,
    )) {
      if (!scenario.name.includes(values.only)) continue
      console.error(`${scenario.name} …`)
      results.push(...(await measure(scenario, programs, pace)))
    }
    return { results, starts }
  } finally {
    await Promise.all(Object.values(programs).map((running) => running.stop()))
    await database.stop()
    receiver.stop()
  }
}

const machine = () => {
  const [cpu] = cpus()
  const { connections, rounds, seconds } = pace
  return `Node ${process.versions.node}, ${cpus().length} × ${cpu?.model.trim()}; ${connections} connections, median of ${rounds} rounds of ${seconds} s, in turn.`
}

try {
  const { results, starts } = await bench()
  const text = report(results, starts, machine())
  mkdirSync('bench/results', { recursive: true })
  writeFileSync('bench/results/latest.md', `${text}\n`)
  console.log(text)
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
