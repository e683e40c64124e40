import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type TalkWorld, talkWorld } from '../../testing/talk-world.js'

let on: TalkWorld

beforeAll(async () => {
  on = await talkWorld()
})
afterAll(() => on?.close())

const inbound = (body: object) =>
  on.call('POST', '/conversations/messages/inbound', { token: on.token({ source: 'pit' }), body: { type: 'SMS', ...body } })

const waiting = async () => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(on.db)
  return rows[0]?.n
}

// A merge, a deletion and an erasure hold the contact first and its conversation after it.
test.each(['contactId', 'conversationId'] as const)(
  'a message that comes in by %s waits for who holds the contact without holding the conversation',
  async (by) => {
    const { id: contactId } = await on.contact()
    const { conversationId } = (await inbound({ contactId, message: 'first' })).body
    const sent = await on.db.transaction().execute(async (db) => {
      await sql`select 1 from contacts where "locationId" = ${on.locationId} and id = ${contactId} for update`.execute(db)
      const coming = inbound({ [by]: by === 'contactId' ? contactId : conversationId, message: 'second' })
      await vi.waitFor(async () => expect(await waiting()).toBe(1), { timeout: 20_000, interval: 50 })
      const free = sql`select id from conversations where "locationId" = ${on.locationId} and id = ${conversationId} for update nowait`
      expect((await free.execute(db)).rows).toHaveLength(1)
      return { coming }
    })
    expect((await sent.coming).status).toBe(200)
  },
)
