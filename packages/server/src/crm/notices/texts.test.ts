import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TalkWorld, talkWorld } from '../../testing/talk-world.js'
import { staffMessagesOf } from './staff-messages.sql.js'
import { tellPeople } from './telling.js'

let on: TalkWorld
beforeAll(async () => {
  on = await talkWorld()
})
afterAll(() => on?.close())

const colleague = '+14155550177'

/** A text to somebody who is no contact, in production: nothing is kept instead of being sent. */
const tell = async () => {
  const ports = { reached: async () => [], outbox: false, mailFrom: 'a@b.example', text: on.talk.textStranger }
  const { id: contactId } = await on.contact()
  on.clock.advance(1_000)
  const about = { locationId: on.locationId, userIds: [], admins: false, addresses: [colleague], contactId, now: on.clock.now() }
  const said = { ...about, channel: 'sms', subject: 'Visit', body: 'Ada comes at ten', appointmentId: 'none' } as const
  await on.db.transaction().execute((db) => tellPeople(ports)(db, said))
  return newest()
}
const newest = async () => {
  const [row] = (await staffMessagesOf(on.db, on.locationId).list(1)).value
  if (!row) throw new Error('nobody was told')
  return row
}
const choose = async (settings = {}) => {
  const provider = await on.provider(settings)
  const row = { locationId: on.locationId, channel: 'SMS', providerId: provider.id } as const
  await on.db.deleteFrom('conversationProviderDefaults').execute()
  await on.db.insertInto('conversationProviderDefaults').values(row).execute()
  return provider
}
const report = async (token: string, id: string, body: object) =>
  (await on.call('PUT', `/conversations/messages/${id}/status`, { token, body })).status

test('without a provider a text to a colleague fails, and says why', async () => {
  expect(await tell()).toMatchObject({ to: colleague, status: 'failed', error: expect.stringContaining('no provider') })
})

test('a text to a colleague goes through the provider that the sub-account has chosen, which says what became of it', async () => {
  const { id, appId, token } = await choose({ deliveryUrl: 'https://out.example/sms' })
  const from = on.told().length
  const { id: messageId, status } = await tell()
  expect(status).toBe('pending')
  const [told] = on.told(from).filter(({ type }) => type === 'ProviderOutboundMessage')
  expect(told?.event).toMatchObject({ appId })
  expect(told?.payload).toEqual({
    ...{ locationId: on.locationId, messageId, type: 'SMS', phone: colleague, message: 'Ada comes at ten', attachments: [] },
    ...{ conversationProviderId: id, deliveryUrl: 'https://out.example/sms' },
  })
  expect(await report(on.token(), messageId, { status: 'failed' })).toBe(400)
  expect(await report(on.token({ appId, locationId: on.otherLocationId }), messageId, { status: 'failed' })).not.toBe(200)
  expect((await newest()).status).toBe('pending')
  expect(await report(token, messageId, { status: 'delivered' })).toBe(200)
  expect((await newest()).status).toBe('sent')
})

test('a provider that cannot be reached fails the text', async () => {
  await choose()
  const { id: messageId } = await tell()
  await on.talk.undelivered(JSON.stringify({ locationId: on.locationId, messageId }), 410, 'gone')
  expect(await newest()).toMatchObject({ status: 'failed', error: expect.stringContaining('gone') })
})
