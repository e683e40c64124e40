import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addManyContacts } from '../../testing/many-contacts.js'
import { addManyMessages } from '../../testing/many-messages.js'
import { type TalkWorld, talkWorld } from '../../testing/talk-world.js'
import { searchOf } from './conversations.rules.js'
import { compiledSearch } from './search.sql.js'

let on: TalkWorld

const size = 4_000

beforeAll(async () => {
  on = await talkWorld()
  const run = (statement: string) => sql.raw(statement).execute(on.db)
  await addManyContacts(run, { locations: on.locationId, from: 0, count: size })
  await addManyMessages(run, { locationId: on.locationId, conversations: size, each: 5 })
  await sql`analyze contacts, conversations, messages`.execute(on.db)
}, 60_000)
afterAll(() => on?.close())

const everyday = { status: 'all', sort: 'desc', sortBy: 'last_message_date', limit: 20 } as const

const planOf = async (asked: object) => {
  const search = searchOf({ ...everyday, ...asked }, on.clock.now())
  const compiled = compiledSearch(on.db, on.locationId, search)
  const explained = sql.raw(`explain (analyze, costs off, timing off) `)
  const rows = await on.db.executeQuery<{ 'QUERY PLAN': string }>({
    ...compiled,
    sql: `${explained.compile(on.db).sql}${compiled.sql}`,
  })
  return rows.rows.map((row) => row['QUERY PLAN']).join('\n')
}

test.each([
  ['newest first', {}, 'conversations_newest'],
  ['oldest first', { sort: 'asc' }, 'conversations_newest'],
  [
    'from the middle',
    { startAfterDate: [String(Date.parse('2026-11-01T00:00:00.000Z') - 2_000 * 7_000)] },
    'conversations_newest',
  ],
  ['unread', { status: 'unread' }, 'conversations_unread'],
  ['starred', { status: 'starred' }, 'conversations_starred'],
  ['by what people wrote', { sortBy: 'last_manual_message_date' }, 'conversations_manual'],
])('a page %s walks along an index and looks up the contacts of that page alone', async (_case, asked, index) => {
  const plan = await planOf(asked)
  expect(plan).toContain(index)
  expect(plan).not.toMatch(/Seq Scan on (conversations|contacts)/)
  const lookups = /contacts_pkey on contacts.* loops=(\d+)/.exec(plan.replace(/\n/g, ' '))
  if (lookups) expect(Number(lookups[1])).toBeLessThanOrEqual(21)
})

test('messages of a conversation come along its own index', async () => {
  const plan = await sql<{ 'QUERY PLAN': string }>`explain select * from messages where "locationId" = ${on.locationId}
    and "conversationId" = ${`talk${'7'.padStart(16, '0')}`} order by "sortedAt" desc, id desc limit 21`.execute(on.db)
  expect(plan.rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('messages_of_conversation')
})
