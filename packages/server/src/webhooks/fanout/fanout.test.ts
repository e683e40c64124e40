import { afterAll, beforeAll, expect, test } from 'vitest'
import { type WebhookWorld, webhookWorld } from '../../testing/webhook-world.js'
import { fanOut } from './fanout.jobs.js'

let world: WebhookWorld

beforeAll(async () => {
  world = await webhookWorld()
})
afterAll(() => world.close())

const url = 'http://127.0.0.1:1/webhooks'
const deliveriesOf = (eventId: string) => world.db.selectFrom('deliveries').selectAll().where('eventId', '=', eventId).execute()
const skipsOf = async (eventId: string, appId: string) =>
  (await world.db.selectFrom('eventSkips').select('why').where('eventId', '=', eventId).where('appId', '=', appId).execute()).map(
    (row) => row.why,
  )
const again = (eventId: string) => world.db.updateTable('events').set({ fannedOutAt: null }).where('id', '=', eventId).execute()
const run = () => fanOut(world, world.ports)

test('an event whose transaction is rolled back is never fanned out', async () => {
  const appId = world.addApp(url)
  world.install(appId)
  const failed = world.db.transaction().execute(async (transaction) => {
    await world.webhooks.addEvent(transaction, {
      type: 'ContactCreate',
      companyId: world.companyId,
      locationId: world.locationId,
      payloadText: '{}',
      traceId: 'rolled-back',
      now: world.clock.now(),
    })
    throw new Error('no')
  })
  await expect(failed).rejects.toThrow('no')
  expect(await run()).toBe(0)
  expect(await world.db.selectFrom('events').selectAll().where('traceId', '=', 'rolled-back').execute()).toEqual([])
})

test('an event fanned out twice is one delivery, with its first body and webhookId', async () => {
  const appId = world.addApp(url)
  world.install(appId)
  const eventId = await world.emit()
  await run()
  const first = await deliveriesOf(eventId)
  await again(eventId)
  await run()
  expect(await deliveriesOf(eventId)).toEqual(first)
  expect(first.filter((row) => row.appId === appId)).toHaveLength(1)
})

test('two workers that fan out at once make each delivery once', async () => {
  const appId = world.addApp(url)
  world.install(appId)
  const eventIds = await Promise.all(Array.from({ length: 60 }, () => world.emit()))
  await Promise.all([run(), run(), run(), run()])
  const rows = await world.db
    .selectFrom('deliveries')
    .select('eventId')
    .where('appId', '=', appId)
    .where('eventId', 'in', eventIds)
    .execute()
  expect(rows).toHaveLength(60)
  expect(new Set(rows.map((row) => row.eventId)).size).toBe(60)
})

test('the body is flat, in declared order, without empty or undeclared fields, and the same when re-serialised', async () => {
  const appId = world.addApp(url)
  world.install(appId)
  const record = {
    title: 'secret title',
    dateAdded: '2026-01-01T00:00:00.000Z',
    contactId: 'c1',
    body: 'text “ü” 1.50',
    id: 'n1',
    userId: null,
    relations: [],
    customFields: { 2: 'b', 1: 'a' },
  }
  const eventId = await world.emit({ type: 'NoteCreate', payloadText: JSON.stringify(record) })
  await run()
  const [row] = (await deliveriesOf(eventId)).filter((each) => each.appId === appId)
  const body = JSON.parse(row?.body ?? '')
  expect(Object.keys(body)).toEqual([
    'type',
    'locationId',
    'id',
    'body',
    'contactId',
    'dateAdded',
    'appId',
    'versionId',
    'timestamp',
    'webhookId',
  ])
  expect(body).toMatchObject({
    type: 'NoteCreate',
    locationId: world.locationId,
    appId,
    versionId: row?.versionId,
    webhookId: row?.webhookId,
  })
  expect(body.timestamp).toBe(row?.dateAdded.toISOString())
  expect(JSON.stringify(body)).toBe(row?.body)
})

test('locationId is absent from the body of a company’s event', async () => {
  const appId = world.addApp(url)
  const installId = world.install(appId, { locationId: null })
  const eventId = await world.emit({
    type: 'UNINSTALL',
    locationId: null,
    appId,
    installId,
    payloadText: JSON.stringify({ companyId: world.companyId }),
  })
  await run()
  expect(Object.keys(JSON.parse((await deliveriesOf(eventId))[0]?.body ?? ''))).toEqual([
    'type',
    'companyId',
    'appId',
    'versionId',
    'timestamp',
    'webhookId',
  ])
})

test.each([
  ['another sub-account', { locationId: 'another' }, undefined],
  ['another agency', { companyId: 'another' }, undefined],
  ['no scope', { scopes: ['contacts.write'] }, /was not granted contacts\.readonly/],
  ['no exchange yet', { state: 'waiting' as const }, /waits for its first token exchange/],
])('an install with %s is not sent a ContactCreate', async (_name, about, why) => {
  const appId = world.addApp(url)
  world.install(appId, about)
  const eventId = await world.emit()
  await run()
  expect((await deliveriesOf(eventId)).filter((row) => row.appId === appId)).toEqual([])
  const skips = await skipsOf(eventId, appId)
  if (why) expect(skips).toEqual([expect.stringMatching(why)])
  else expect(skips).toEqual([])
})

test('an agency’s install is sent events of its sub-accounts', async () => {
  const appId = world.addApp(url)
  world.install(appId, { locationId: null })
  const eventId = await world.emit()
  await run()
  expect((await deliveriesOf(eventId)).map((row) => row.appId)).toContain(appId)
})

test('an event goes to its own URL, to the default one, or nowhere, as the app has set it', async () => {
  const own = world.addApp(url)
  const off = world.addApp(url)
  const none = world.addApp('')
  for (const appId of [own, off, none]) world.install(appId)
  world.installed.settings.set(own, [{ type: 'ContactCreate', on: true, url: 'http://127.0.0.1:1/contacts' }])
  world.installed.settings.set(off, [{ type: 'ContactCreate', on: false, url: '' }])
  const eventId = await world.emit()
  await run()
  const rows = await deliveriesOf(eventId)
  expect(rows.find((row) => row.appId === own)?.url).toBe('http://127.0.0.1:1/contacts')
  expect(rows.filter((row) => row.appId === off || row.appId === none)).toEqual([])
  expect(await skipsOf(eventId, off)).toEqual(['The app has switched ContactCreate off.'])
  expect(await skipsOf(eventId, none)).toEqual([expect.stringContaining('no webhook URL')])
})

test('INSTALL goes to the named app alone, at its default URL, before the first exchange', async () => {
  const [named, other] = [world.addApp(url), world.addApp(url)]
  const installId = world.install(named, { state: 'waiting', scopes: [] })
  world.install(other)
  world.installed.settings.set(named, [{ type: 'INSTALL', on: false, url: 'http://127.0.0.1:1/elsewhere' }])
  const payloadText = JSON.stringify({ installType: 'Location', companyId: world.companyId, isWhitelabelCompany: false })
  const eventId = await world.emit({ type: 'INSTALL', appId: named, installId, payloadText })
  await run()
  expect((await deliveriesOf(eventId)).map((row) => [row.appId, row.url])).toEqual([[named, url]])
})

test('INSTALL and UNINSTALL are told at the delivery URLs of the app’s providers too, once each, and nothing else is', async () => {
  const [named, noDefault] = [world.addApp(url), world.addApp('')]
  const own = 'http://127.0.0.1:1/provider'
  for (const appId of [named, noDefault]) world.installed.deliveryUrls.set(appId, [own, url])
  const urlsAfter = async (type: string, appId: string) => {
    const installId = world.install(appId, { scopes: ['contacts.readonly'] })
    const payloadText = JSON.stringify({ installType: 'Location', companyId: world.companyId, isWhitelabelCompany: false })
    const eventId = await world.emit({ type, appId, installId, payloadText })
    await run()
    await again(eventId)
    await run()
    return (await deliveriesOf(eventId)).map((row) => row.url).sort()
  }
  expect(await urlsAfter('INSTALL', named)).toEqual([own, url])
  expect(await urlsAfter('UNINSTALL', named)).toEqual([own, url])
  expect(await urlsAfter('ContactCreate', named)).toEqual([url])
  expect(await urlsAfter('INSTALL', noDefault)).toEqual([own, url])
})

test('UNINSTALL goes out although the install is gone', async () => {
  const appId = world.addApp(url)
  const installId = world.install(appId)
  Object.assign(world.installed.installs.get(installId) ?? {}, { uninstalled: true })
  const eventId = await world.emit({ type: 'UNINSTALL', appId, installId, payloadText: '{}' })
  await run()
  expect(await deliveriesOf(eventId)).toHaveLength(1)
})
