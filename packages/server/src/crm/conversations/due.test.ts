import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TalkWorld, talkWorld } from '../../testing/talk-world.js'
import { type DueParts, handOverDue } from './due.jobs.js'

let on: TalkWorld

beforeAll(async () => {
  on = await talkWorld()
})
afterAll(() => on?.close())

const call: TalkWorld['call'] = (method, path, options = {}) => on.call(method, path, { token: on.token(), ...options })
const node = (more: Partial<DueParts> = {}): DueParts => ({
  db: on.db,
  clock: on.clock,
  ports: on.ports,
  say: (line) => on.said.push(line),
  wakeMail: () => {},
  ...more,
})
const inSeconds = (seconds: number) => Math.floor(on.clock.now().getTime() / 1000) + seconds
const message = async (id: string) => (await call('GET', `/conversations/messages/${id}`)).body.message
const statusOf = async (id: string) => (await message(id)).status
const outboundOf = (contactId: string) =>
  on.told().filter(({ type, payload }) => type === 'OutboundMessage' && payload.contactId === contactId)

test('a scheduled message waits for its second, then goes once however many nodes look, and is told of then', async () => {
  const contact = await on.contact()
  const sent = []
  for (let index = 0; index < 30; index++)
    sent.push(
      (await on.send({ type: 'SMS', contactId: contact.id, message: `${index}`, scheduledTimestamp: inSeconds(3600) })).body,
    )
  expect(sent[0]).toMatchObject({ status: 'pending', msg: 'Message scheduled successfully.', messageId: expect.any(String) })
  expect(await message(sent[0].messageId)).toMatchObject({ status: 'scheduled', scheduledAt: expect.any(String) })
  expect(await handOverDue(node())).toBe(0)
  expect(outboundOf(contact.id)).toEqual([])
  on.clock.advance(3_601_000)
  const handed = await Promise.all(Array.from({ length: 4 }, () => handOverDue(node())))
  expect(handed.reduce((sum, each) => sum + each, 0)).toBe(30)
  const told = outboundOf(contact.id).map(({ payload }) => payload.messageId)
  expect([told.length, new Set(told).size]).toEqual([30, 30])
  for (const { messageId } of sent) expect(await statusOf(messageId)).toBe('delivered')
  expect(await handOverDue(node())).toBe(0)
})

test('a scheduled message and a scheduled e-mail can be taken back, once, and only before they are sent', async () => {
  const contact = await on.contact()
  const cancel = (path: string) => call('DELETE', `/conversations/messages/${path}/schedule`)
  const sms = (await on.send({ type: 'SMS', contactId: contact.id, message: 'x', scheduledTimestamp: inSeconds(60) })).body
  expect(await cancel(sms.messageId)).toMatchObject({ status: 200, body: { status: 200, message: expect.any(String) } })
  expect((await cancel(sms.messageId)).status).toBe(400)
  const first = (await on.send({ type: 'Email', contactId: contact.id, message: 'now', subject: 's' })).body
  const later = (
    await on.send({
      type: 'Email',
      contactId: contact.id,
      message: 'later',
      threadId: first.messageId,
      scheduledTimestamp: inSeconds(60),
    })
  ).body
  expect(later).toMatchObject({ messageId: first.messageId, status: 'pending', msg: 'Email scheduled successfully.' })
  expect((await cancel(`email/${later.emailMessageId}`)).body.status).toBe(200)
  expect((await message(first.messageId)).meta.email.messageIds).toEqual([first.emailMessageId])
  const gone = (await on.send({ type: 'SMS', contactId: contact.id, message: 'x', scheduledTimestamp: inSeconds(60) })).body
  on.clock.advance(61_000)
  expect(await handOverDue(node())).toBe(1)
  expect((await cancel(gone.messageId)).status).toBe(400)
  expect(outboundOf(contact.id).map(({ payload }) => payload.body)).toEqual(['now', 'x'])
})

test('a contact who refuses the channel meanwhile is left alone, and a deleted conversation sends nothing', async () => {
  const [quiet, gone] = [await on.contact(), await on.contact()]
  const sent = (await on.send({ type: 'SMS', contactId: quiet.id, message: 'x', scheduledTimestamp: inSeconds(60) })).body
  const other = (await on.send({ type: 'SMS', contactId: gone.id, message: 'x', scheduledTimestamp: inSeconds(60) })).body
  await call('PUT', `/contacts/${quiet.id}`, { body: { dndSettings: { SMS: { status: 'active' } } } })
  await call('DELETE', `/conversations/${other.conversationId}`)
  on.clock.advance(61_000)
  expect(await handOverDue(node())).toBe(1)
  expect(await message(sent.messageId)).toMatchObject({ status: 'failed', error: { code: 'dnd' } })
  expect(outboundOf(gone.id)).toEqual([])
})

test('a scheduled comment among colleagues is told to nobody outside, and mentions whom it names', async () => {
  const contact = await on.contact()
  const body = { type: 'InternalComment', contactId: contact.id, message: 'Ask for the deposit', mentions: ['somebody'] }
  const { messageId, conversationId } = (await on.send({ ...body, scheduledTimestamp: inSeconds(60) })).body
  on.clock.advance(61_000)
  expect(await handOverDue(node())).toBe(1)
  expect(await statusOf(messageId)).toBe('delivered')
  expect(outboundOf(contact.id)).toEqual([])
  const found = (await call('GET', `/conversations/search?locationId=${on.locationId}&mentions=somebody`)).body.conversations
  expect(found.map(({ id }: { id: string }) => id)).toEqual([conversationId])
})

test('a scheduled answer by a provider says which of its e-mails it answers', async () => {
  const contact = await on.contact()
  const { id: conversationProviderId, token } = await on.provider({ type: 'Email' })
  const came = { type: 'Email', contactId: contact.id, conversationProviderId, altId: '<1@mail.example>', message: 'When?' }
  const { emailMessageId } = (await call('POST', '/conversations/messages/inbound', { token, body: came })).body
  const answer = { type: 'Email', contactId: contact.id, conversationProviderId, message: 'Now', replyMessageId: emailMessageId }
  const sent = (await on.send({ ...answer, scheduledTimestamp: inSeconds(60) })).body
  on.clock.advance(61_000)
  expect(await handOverDue(node())).toBe(1)
  const [told] = on.told().filter(({ type, payload }) => type === 'ProviderOutboundMessage' && payload.contactId === contact.id)
  expect(told?.payload).toMatchObject({ emailMessageId: sent.emailMessageId, replyToAltId: '<1@mail.example>', subject: 'Re:' })
})

test('one that cannot be handed over holds nobody back, comes again, and fails in the end', async () => {
  const contact = await on.contact()
  const body = { type: 'SMS', contactId: contact.id, scheduledTimestamp: inSeconds(60) }
  const bad = (await on.send({ ...body, message: 'bad' })).body
  const good = (await on.send({ ...body, message: 'good' })).body
  const ports = {
    ...on.ports,
    addEvents: async (_db: unknown, _event: unknown, texts: readonly string[]) => {
      if (texts.some((text) => text.includes(bad.messageId))) throw new Error('broken')
    },
  }
  on.clock.advance(61_000)
  for (let round = 0; round < 5; round++) {
    await handOverDue(node({ ports }))
    on.clock.advance(61_000)
  }
  expect([await statusOf(good.messageId), await statusOf(bad.messageId)]).toEqual(['delivered', 'failed'])
  expect(on.said.some((line) => line.includes(bad.messageId))).toBe(true)
})

test('due rows are found by their index, whatever else waits', async () => {
  const rows = Array.from({ length: 2000 }, (_, index) => ({ index }))
  const contact = await on.contact()
  const { conversationId, messageId } = (await on.send({ type: 'SMS', contactId: contact.id, message: 'x' })).body
  expect(conversationId).toBeTruthy()
  await on.db
    .insertInto('messageSends')
    .values(
      rows.map(({ index }) => ({
        locationId: on.locationId,
        messageId,
        emailId: `filler${index}`,
        contactId: contact.id,
        stage: 'scheduled' as const,
        attempts: 0,
        dueAt: new Date(on.clock.now().getTime() + 86_400_000 + index),
      })),
    )
    .execute()
  const { sql } = await import('kysely')
  await sql`analyze "messageSends"`.execute(on.db)
  const plan = await sql<{
    'QUERY PLAN': string
  }>`explain select * from "messageSends" where stage = 'scheduled' and "dueAt" <= ${on.clock.now()}
    order by "dueAt" limit 100 for update skip locked`.execute(on.db)
  expect(plan.rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('sends_due')
})
