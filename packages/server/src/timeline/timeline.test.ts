import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CallRecord } from '../http/record.js'
import { newUuid } from '../ids.js'
import { type WebhookWorld, webhookWorld } from '../testing/webhook-world.js'
import { fanOut } from '../webhooks/fanout/fanout.jobs.js'

let world: WebhookWorld

beforeAll(async () => {
  world = await webhookWorld()
})
afterAll(() => world.close())

const call = (appId: string | null, more: Partial<CallRecord> = {}): CallRecord => ({
  at: world.clock.now(),
  traceId: newUuid(),
  operation: 'contacts.contact.create',
  method: 'POST',
  path: '/contacts/',
  status: 201,
  durationMs: 3.5,
  appId,
  companyId: world.companyId,
  locationId: world.locationId,
  familyId: null,
  accountId: null,
  why: '',
  requestHeaders: { authorization: 'Bearer secret-token', 'user-agent': 'test' },
  requestBody: '{"firstName":"Ada","client_secret":"hush-hush"}',
  responseBody: '{"contact":{"id":"c1"}}',
  ip: '127.0.0.1',
  ...more,
})
const token = (appId: string, more: object = {}) => ({
  at: world.clock.now(),
  traceId: null,
  act: 'refreshed',
  kind: 'token' as const,
  appId,
  companyId: world.companyId,
  locationId: null,
  familyId: null,
  installId: null,
  ok: true,
  why: '',
  ...more,
})
const list = (query: string) => world.portal('GET', `/_ground/timeline?${query}`)

test('a trace shows the call, its event and its delivery, and the delivery shows them as related', async () => {
  const appId = world.addApp('http://127.0.0.1:1/webhooks')
  world.install(appId)
  const traceId = newUuid()
  world.timeline.record(call(appId, { traceId }))
  await world.timeline.flush()
  await world.emit({ traceId })
  await fanOut(world, world.ports)
  const { body } = await list(`traceId=${traceId}`)
  expect(body.rows.map((row: { kind: string }) => row.kind).sort()).toEqual(['call', 'delivery', 'event'])
  expect(body.rows.find((row: { kind: string }) => row.kind === 'delivery')).toMatchObject({
    title: 'ContactCreate → 127.0.0.1:1/webhooks',
    outcome: 'waiting',
    appId,
  })

  const { id } = body.rows.find((row: { kind: string }) => row.kind === 'delivery')
  const detail = await world.portal('GET', `/_ground/timeline/delivery/${id}`)
  expect(detail.status).toBe(200)
  expect(JSON.parse(detail.body.payload)).toMatchObject({ type: 'ContactCreate', appId })
  expect(detail.body.related.map((row: { kind: string }) => row.kind).sort()).toEqual(['call', 'event'])
})

test('a call’s detail holds its request and response without the secrets', async () => {
  const appId = world.addApp('')
  world.timeline.record(call(appId, { path: '/oauth/token?code=0123456789abcdef' }))
  await world.timeline.flush()
  const { body } = await list(`appId=${appId}`)
  const detail = await world.portal('GET', `/_ground/timeline/call/${body.rows[0].id}`)
  expect(detail.body.exchange).toMatchObject({
    method: 'POST',
    url: '/oauth/token?code=***',
    status: 201,
    requestHeaders: { authorization: '***', 'user-agent': 'test' },
  })
  expect(JSON.stringify(detail.body)).not.toMatch(/hush-hush|secret-token|0123456789abcdef/)
})

test('text that PostgreSQL cannot store costs no row: NUL and half of a surrogate pair are replaced', async () => {
  const appId = world.addApp('')
  const half = '\ud83d'
  world.timeline.record(call(appId, { requestBody: `a\0b${half}c \\u0000`, why: `it was ${half}` }))
  world.timeline.record(call(appId))
  await world.timeline.flush()
  const { rows } = (await list(`appId=${appId}&query=it was`)).body
  expect(rows).toMatchObject([{ why: 'it was \ufffd' }])
  const detail = await world.portal('GET', `/_ground/timeline/call/${rows[0].id}`)
  expect(detail.body.exchange.requestBody).toBe('a\ufffdb\ufffdc \\u0000')
  expect((await list(`appId=${appId}`)).body.rows).toHaveLength(2)
})

test('an event that was sent nowhere is there with the reason, and shows no payload', async () => {
  world.installed.installs.clear()
  const appId = world.addApp('http://127.0.0.1:1/webhooks')
  world.install(appId, { scopes: [] })
  await world.emit()
  await fanOut(world, world.ports)
  const { body } = await list(`appId=${appId}`)
  expect(body.rows).toMatchObject([{ kind: 'event', title: 'ContactCreate', why: expect.stringContaining('contacts.readonly') }])
  const detail = await world.portal('GET', `/_ground/timeline/event/${body.rows[0].id}`)
  expect(detail.body.payload).toBeNull()
})

test('pages go through all kinds without a gap or a repeat, newest first', async () => {
  const appId = world.addApp('http://127.0.0.1:1/webhooks')
  world.install(appId)
  const base = world.clock.now().getTime() - 1_000_000
  for (let at = 0; at < 40; at++) {
    const when = new Date(base + Math.floor(at / 4) * 1_000)
    world.timeline.record(call(appId, { at: when }))
    world.timeline.token(token(appId, { at: when }))
    if (at % 4 === 0) await world.emit({ now: when })
  }
  await world.timeline.flush()
  await fanOut(world, world.ports)

  const seen: { id: string; kind: string; at: string }[] = []
  let cursor = ''
  do {
    const { body } = await list(`appId=${appId}&limit=7${cursor && `&cursor=${cursor}`}`)
    seen.push(...body.rows)
    cursor = body.nextCursor ?? ''
  } while (cursor)
  expect(seen).toHaveLength(100)
  expect(new Set(seen.map(({ id, kind }) => `${kind} ${id}`)).size).toBe(100)
  expect(seen.map(({ at }) => at)).toEqual(
    seen
      .map(({ at }) => at)
      .sort()
      .reverse(),
  )
})

test('filters by kind, outcome, sub-account and text find what they should', async () => {
  const appId = world.addApp('')
  world.timeline.record(call(appId, { status: 401, why: 'The token was revoked by an uninstall.', path: '/contacts/lookup_50%' }))
  world.timeline.record(call(appId, { locationId: 'elsewhere' }))
  world.timeline.token(token(appId, { ok: false, act: 'reuse', why: 'The refresh token was used before.' }))
  world.timeline.token(token(appId, { kind: 'install', act: 'installed' }))
  await world.timeline.flush()
  const titles = async (query: string) =>
    (await list(`appId=${appId}&${query}`)).body.rows.map((row: { title: string }) => row.title).sort()
  expect(await titles('outcome=failed')).toEqual(['POST /contacts/lookup_50%', 'reuse'])
  expect(await titles('outcome=waiting')).toEqual([])
  expect(await titles('kind=install')).toEqual(['installed'])
  expect(await titles('kind=call')).toHaveLength(2)
  expect(await titles('locationId=elsewhere')).toEqual(['POST /contacts/'])
  expect(await titles('query=REVOKED')).toEqual(['POST /contacts/lookup_50%'])
  expect(await titles(`query=${encodeURIComponent('_50%')}`)).toEqual(['POST /contacts/lookup_50%'])
  expect(await titles(`query=${encodeURIComponent('%')}`)).toEqual(['POST /contacts/lookup_50%'])
})

test('somebody else sees none of it, by list, by id, by app or by trace', async () => {
  const appId = world.addApp('http://127.0.0.1:1/webhooks')
  world.install(appId)
  const traceId = newUuid()
  world.timeline.record(call(appId, { traceId }))
  await world.timeline.flush()
  await world.emit({ traceId })
  await fanOut(world, world.ports)
  const stranger = newUuid()
  const ask = (path: string) => world.portal('GET', path, undefined, stranger)
  expect((await ask('/_ground/timeline')).body.rows).toEqual([])
  expect((await ask(`/_ground/timeline?traceId=${traceId}`)).body.rows).toEqual([])
  expect(await ask(`/_ground/timeline?appId=${appId}`)).toMatchObject({ status: 400, body: { message: 'App not found' } })
  for (const { kind, id } of (await list(`traceId=${traceId}`)).body.rows) {
    expect(await ask(`/_ground/timeline/${kind}/${id}`)).toMatchObject({ status: 400, body: { message: 'Row not found' } })
    expect((await world.portal('POST', `/_ground/deliveries/${id}/resend`, {}, stranger)).status).toBe(400)
  }
})

test.each(['call/nonsense', 'nonsense/0f0f0f0f-0000-4000-8000-000000000000', 'token/0f0f0f0f-0000-4000-8000-000000000000'])(
  '%s is not found',
  async (place) => {
    world.addApp('')
    expect(await world.portal('GET', `/_ground/timeline/${place}`)).toMatchObject({
      status: 400,
      body: { message: 'Row not found' },
    })
  },
)

test.each(['nonsense', Buffer.from('-271821-04-20T00:00:00.000Z 00000000-0000-0000-0000-000000000000').toString('base64url')])(
  'a cursor that no list gave out is refused in words: %s',
  async (cursor) => {
    expect(await list(`cursor=${cursor}`)).toMatchObject({
      status: 400,
      body: { message: 'cursor is not one that this list gave out' },
    })
  },
)

test('days are made ahead, dropped at the end of their retention, and a row of any other day is kept all the same', async () => {
  const [days, retention] = world.timeline.jobs
  const now = world.clock.now()
  const appId = world.addApp('')
  await days?.run(now)
  await days?.run(now)
  const old = new Date(now.getTime() - 40 * 24 * 60 * 60 * 1000)
  await days?.run(old)
  for (const at of [
    now,
    old,
    new Date(now.getTime() - 100 * 24 * 60 * 60 * 1000),
    new Date(now.getTime() + 400 * 24 * 60 * 60 * 1000),
  ]) {
    world.timeline.record(call(appId, { at }))
  }
  await world.timeline.flush()
  expect((await list(`appId=${appId}`)).body.rows).toHaveLength(4)
  await retention?.run(now)
  expect((await list(`appId=${appId}`)).body.rows).toHaveLength(2)
})
