import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Receiver, startReceiver } from '../../testing/receiver.js'
import { type WebhookWorld, webhookWorld } from '../../testing/webhook-world.js'

let world: WebhookWorld
let receiver: Receiver

beforeEach(async () => {
  world = await webhookWorld()
  receiver = await startReceiver()
})
afterEach(async () => {
  await world.close()
  await receiver.close()
})

const send = (appId: string, body: object = {}, account?: string) =>
  world.portal('POST', `/_ground/apps/${appId}/test-events`, body, account)
const deliveryOf = (id: string) => world.db.selectFrom('deliveries').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const settled = (id: string, attempts: number) =>
  vi.waitFor(
    async () => {
      const row = await deliveryOf(id)
      expect(row).toMatchObject({ attempts, leaseOwner: null })
      return row
    },
    { timeout: 5_000, interval: 10 },
  )

test('a test event of an app that nobody has installed arrives signed, marked, with sample data', async () => {
  const appId = world.addApp(receiver.url)
  world.webhooks.start()
  const answer = await send(appId)
  expect(answer).toMatchObject({ status: 201, body: { url: receiver.url } })
  const [hook] = await receiver.got(1)
  expect(hook?.headers).toMatchObject({
    'x-groundlevel-test': 'true',
    'x-ghl-signature': expect.any(String),
    'x-wh-signature': expect.any(String),
  })
  expect(hook?.body).toMatchObject({
    type: 'ContactCreate',
    appId,
    locationId: expect.any(String),
    email: expect.stringContaining('@'),
    webhookId: expect.any(String),
  })
  await settled(answer.body.deliveryId, 1)
  const { body } = await world.portal('GET', `/_ground/timeline?appId=${appId}`)
  expect(body.rows.map((row: { kind: string; title: string }) => `${row.kind} ${row.title}`)).toContain(
    'event ContactCreate (test)',
  )
})

test('where the app is connected and may read contacts, a test event tells of a real one', async () => {
  const appId = world.addApp(receiver.url)
  world.install(appId)
  world.webhooks.start()
  await send(appId, { type: 'contactupdate', locationId: world.locationId })
  const [hook] = await receiver.got(1)
  expect(hook?.body).toMatchObject({ type: 'ContactUpdate', locationId: world.locationId, firstName: 'Real' })
})

test.each([
  ['without the scope', { scopes: [] }],
  ['before its first exchange', { state: 'waiting' as const }],
])('an install %s is told of no real contact', async (_name, about) => {
  const appId = world.addApp(receiver.url)
  world.install(appId, about)
  world.webhooks.start()
  await send(appId, { locationId: world.locationId })
  const [hook] = await receiver.got(1)
  expect(hook?.body.firstName).not.toBe('Real')
})

test('every event can be tested', async () => {
  const { events } = await import('@groundlevel/contracts')
  const appId = world.addApp(receiver.url)
  world.webhooks.start()
  for (const type of Object.keys(events)) expect((await send(appId, { type })).status).toBe(201)
  const hooks = await receiver.got(Object.keys(events).length)
  // What goes to a provider has no envelope: its type is a channel.
  const types = Object.entries(events).map(([type, { bare }]) => (bare ? 'SMS' : type))
  expect(hooks.map((hook) => hook.body.type).sort()).toEqual(types.sort())
})

test('a test event is refused in words: no URL, unknown event, a sub-account without the app, somebody else’s app', async () => {
  const [appId, silent] = [world.addApp(receiver.url), world.addApp('')]
  expect(await send(silent)).toMatchObject({ status: 400, body: { message: expect.stringContaining('no webhook URL') } })
  expect(await send(appId, { type: 'Nonsense' })).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining('No event is called Nonsense') },
  })
  expect(await send(appId, { locationId: world.locationId })).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining('not installed') },
  })
  expect(await send(appId, { locationId: 'nowhere' })).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining('not installed') },
  })
  expect(await send(appId, {}, 'stranger')).toMatchObject({ status: 400, body: { message: 'App not found' } })
})

test('a resend is the same body but for its time, under one webhookId, its tries so far are kept, and its failure begins no cycle', async () => {
  const appId = world.addApp(receiver.url)
  world.webhooks.start()
  const { deliveryId } = (await send(appId)).body
  await settled(deliveryId, 1)
  receiver.answer((_one, response) => response.writeHead(500).end())
  expect(await world.portal('POST', `/_ground/deliveries/${deliveryId}/resend`)).toMatchObject({
    status: 201,
    body: { deliveryId },
  })
  expect(await settled(deliveryId, 2)).toMatchObject({ state: 'dead', lastStatus: 500, manual: false })
  const [first, second] = receiver.received
  expect({ ...second?.body, timestamp: '' }).toEqual({ ...first?.body, timestamp: '' })
  expect(Date.parse(second?.body.timestamp)).toBeGreaterThanOrEqual(Date.parse(first?.body.timestamp))
  const detail = await world.portal('GET', `/_ground/timeline/delivery/${deliveryId}`)
  expect(detail.body.attempts.map(({ number, status }: { number: number; status: number }) => [number, status])).toEqual([
    [1, 200],
    [2, 500],
  ])
  world.clock.advance(48 * 60 * 60 * 1000)
  receiver.answer((_one, response) => void response.end())
  await world.portal('POST', `/_ground/deliveries/${deliveryId}/resend`)
  expect(await settled(deliveryId, 3)).toMatchObject({ state: 'succeeded' })
  expect(receiver.received).toHaveLength(3)
})

test('resending what still waits only brings its next try forward', async () => {
  const appId = world.addApp(receiver.url)
  receiver.answer((_one, response) => response.writeHead(500).end())
  world.webhooks.start()
  const { deliveryId } = (await send(appId)).body
  await settled(deliveryId, 1)
  await world.portal('POST', `/_ground/deliveries/${deliveryId}/resend`)
  expect(await settled(deliveryId, 2)).toMatchObject({ state: 'waiting' })
})

test('nothing of an account is resent to an app that was uninstalled there', async () => {
  const appId = world.addApp(receiver.url)
  const installId = world.install(appId)
  world.webhooks.start()
  const eventId = await world.emit()
  await receiver.got(1)
  const { id } = await world.db.selectFrom('deliveries').select('id').where('eventId', '=', eventId).executeTakeFirstOrThrow()
  await settled(id, 1)
  Object.assign(world.installed.installs.get(installId) ?? {}, { uninstalled: true })
  expect(await world.portal('POST', `/_ground/deliveries/${id}/resend`)).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining('no longer installed') },
  })
})

test('events older than the retention go with their deliveries and tries', async () => {
  const appId = world.addApp(receiver.url)
  world.install(appId)
  world.webhooks.start()
  const day = 24 * 60 * 60 * 1000
  const [old, young] = [await world.emit({ now: new Date(world.clock.now().getTime() - 31 * day) }), await world.emit()]
  await receiver.got(2)
  await vi.waitFor(async () => expect(await world.db.selectFrom('attempts').select('id').execute()).toHaveLength(2))
  await world.webhooks.jobs[0]?.run(world.clock.now())
  expect((await world.db.selectFrom('events').select('id').execute()).map((row) => row.id)).toEqual([young])
  expect(old).not.toBe(young)
  expect(await world.db.selectFrom('attempts').select('id').execute()).toHaveLength(1)
})
