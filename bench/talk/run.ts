import { parseArgs } from 'node:util'
import { addManyMessages } from '../../packages/server/src/testing/many-messages.js'
import { inWorld, keep } from '../keep.js'
import { timeCalls } from '../scale/calls.js'
import { everyProcessOf, spentBy, spentSince } from '../scale/cost.js'
import type { World } from '../scale/world.js'

const { values } = parseArgs({
  options: {
    conversations: { type: 'string', default: '100000' },
    each: { type: 'string', default: '10' },
    calls: { type: 'string', default: '200' },
    scheduled: { type: 'string', default: '5000' },
  },
})
const [conversations, each, calls, scheduled] = [values.conversations, values.each, values.calls, values.scheduled].map(
  Number,
) as [number, number, number, number]

const goalMs = 30

const fill = async ({ client, locationId, fill: fillContacts }: World) => {
  await fillContacts(conversations)
  await addManyMessages((statement) => client.query(statement), { locationId, conversations, each })
  await client.query('vacuum analyze conversations, messages')
}

const pagesOf = ({ locationId }: World): readonly (readonly [string, string])[] => {
  const search = `/conversations/search?locationId=${locationId}`
  const middle = `talk${String(Math.floor(conversations / 2)).padStart(16, '0')}`
  const deep = Date.parse('2026-11-01T00:00:00.000Z') - Math.floor(conversations / 2) * 7_000
  return [
    ['messages of a conversation', `/conversations/${middle}/messages?limit=20`],
    ['search, first page', `${search}&limit=20`],
    ['search, from the middle', `${search}&limit=20&startAfterDate=${deep}`],
    ['search, unread', `${search}&limit=20&status=unread`],
    ['search, starred', `${search}&limit=20&status=starred`],
    ['search, of one user', `${search}&limit=20&assignedTo=owner7`],
    ['search, text', `${search}&limit=20&query=person4242`],
    ['export, first page', `/conversations/messages/export?locationId=${locationId}&limit=100`],
  ]
}

/** Messages that become due in one second: how many a second are handed over, and the processor time of one. */
const handOver = async ({ client, serverPid, locationId }: World) => {
  const row = (n: string) => `'due' || lpad(${n}::text, 17, '0')`
  await client.query(
    `insert into messages ("locationId", id, "conversationId", "contactId", type, "messageType", direction, status, body, "contentType",
       attachments, source, "sortedAt", "dateAdded", "dateUpdated", "to", "scheduledAt")
     select '${locationId}', ${row('n')}, 'talk' || lpad(n::text, 16, '0'), 'many' || lpad(n::text, 16, '0'), 2, 'TYPE_SMS', 'outbound', 'scheduled',
       'Now', 'text/plain', '{}', 'api', d, d, d, '+14155550100', d from generate_series(1, ${scheduled}) n, (select timestamptz '2026-11-02' as d) x`,
  )
  const [node, database] = [spentBy([serverPid]), spentBy(await everyProcessOf(client))]
  const startedAt = performance.now()
  await client.query(
    `insert into "messageSends" ("locationId", "messageId", "emailId", "contactId", stage, attempts, "dueAt")
     select '${locationId}', ${row('n')}, '', 'many' || lpad(n::text, 16, '0'), 'scheduled', 0, timestamptz '2026-11-02' from generate_series(1, ${scheduled}) n`,
  )
  for (;;) {
    const { rows } = await client.query<{ n: string }>(`select count(*) as n from "messageSends"`)
    if (Number(rows[0]?.n) === 0) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const seconds = (performance.now() - startedAt) / 1000
  // What follows from it is part of the price: the events are told, or it is said why not.
  for (;;) {
    const { rows } = await client.query('select from events where "fannedOutAt" is null limit 1')
    if (rows.length === 0) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const micros = {
    node: spentSince(node, spentBy([serverPid])) / scheduled,
    database: spentSince(database, spentBy(await everyProcessOf(client))) / scheduled,
  }
  return { rate: scheduled / seconds, micros }
}

const bench = async (world: World): Promise<string> => {
  console.error('filling …')
  await fill(world)
  console.error('measuring …')
  const lines = []
  for (const [name, path] of pagesOf(world)) {
    const { p50, p95, nodeMs, databaseMs } = await timeCalls(world.client, world.serverPid, () => world.call('GET', path), calls)
    const verdict = p95 <= goalMs ? '' : ` over ${goalMs}`
    lines.push(`| ${name} | ${p50.toFixed(1)} | ${p95.toFixed(1)}${verdict} | ${nodeMs.toFixed(2)} | ${databaseMs.toFixed(2)} |`)
  }
  const { rate, micros } = await handOver(world)
  const size = `${(conversations * each).toLocaleString('en')} messages in ${conversations.toLocaleString('en')} conversations`
  return [
    `${size}, ${calls} calls each, milliseconds`,
    '',
    '| page | p50 | p95 | Node | PostgreSQL |',
    '|---|---|---|---|---|',
    ...lines,
    '',
    `Due in one second: ${Math.round(rate)} handed over a second (${scheduled} scheduled messages, one node); processor time of each, its`,
    `event included: ${Math.round(micros.node)} µs of Node, ${Math.round(micros.database)} µs of PostgreSQL.`,
  ].join('\n')
}

await keep('talk', (scratch) => inWorld(scratch, bench))
