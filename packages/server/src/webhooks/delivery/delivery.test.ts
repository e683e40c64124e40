import { createPublicKey, verify } from 'node:crypto'
import { createRequire } from 'node:module'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Receiver, startReceiver } from '../../testing/receiver.js'
import { type WebhookWorld, webhookWorld } from '../../testing/webhook-world.js'
import { pausesMs } from './schedule.rules.js'

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

const installed = () => {
  const appId = world.addApp(receiver.url)
  return { appId, installId: world.install(appId) }
}
const deliveryOf = async (eventId: string) =>
  world.db.selectFrom('deliveries').selectAll().where('eventId', '=', eventId).executeTakeFirst()
const attemptsOf = (deliveryId: string) =>
  world.db.selectFrom('attempts').selectAll().where('deliveryId', '=', deliveryId).orderBy('number').execute()
/** Waits until the results of the tries so far are written. */
const settled = (eventId: string, attempts: number) =>
  vi.waitFor(
    async () => {
      const row = await deliveryOf(eventId)
      expect(row?.attempts).toBe(attempts)
      expect(row?.leaseOwner).toBeNull()
      return row as NonNullable<typeof row>
    },
    { timeout: 5_000, interval: 10 },
  )

test('both signatures verify over the exact bytes, and refuse them with one byte changed', async () => {
  const { appId } = installed()
  world.webhooks.start()
  await world.emit()
  const [hook] = await receiver.got(1)
  for (const { header, algorithm, publicKeyPem } of world.keys.webhooks) {
    const signature = Buffer.from(String(hook?.headers[header]), 'base64')
    const name = algorithm === 'Ed25519' ? null : 'sha256'
    const tampered = Buffer.from(hook?.raw ?? '')
    tampered[10] = (tampered[10] ?? 0) ^ 1
    expect(verify(name, hook?.raw ?? Buffer.alloc(0), createPublicKey(publicKeyPem), signature)).toBe(true)
    expect(verify(name, tampered, createPublicKey(publicKeyPem), signature)).toBe(false)
  }
  expect(hook?.headers['content-type']).toBe('application/json')
  expect(hook?.body).toMatchObject({ type: 'ContactCreate', appId, locationId: world.locationId, firstName: 'Ada' })
  expect(hook?.headers['x-groundlevel-test']).toBeUndefined()
})

test('HighLevel’s own SDK accepts what we send and marks a forgery as invalid', async () => {
  const { appId } = installed()
  world.webhooks.start()
  await world.emit()
  const [hook] = await receiver.got(1)
  const { HighLevel } = createRequire(import.meta.url)('@gohighlevel/api-client')
  const { publicKeyPem } = world.keys.webhooks.find((key) => key.header === 'x-ghl-signature') ?? { publicKeyPem: '' }
  vi.stubEnv('CLIENT_ID', `${appId}-abcdefgh`)
  vi.stubEnv('WEBHOOK_SIGNATURE_PUBLIC_KEY', publicKeyPem)
  const middleware = new HighLevel({ clientId: `${appId}-abcdefgh`, clientSecret: 'x', logLevel: 'none' }).webhooks.subscribe()
  const judged = async (body: object) => {
    const request = { method: 'POST', url: '/', headers: hook?.headers, body, isSignatureValid: undefined }
    await middleware(request, {}, () => {})
    return request.isSignatureValid
  }
  expect(await judged(hook?.body)).toBe(true)
  expect(await judged({ ...hook?.body, email: 'forged@example.com' })).toBe(false)
  vi.unstubAllEnvs()
})

test('500, 500, 200 is three attempts at the scheduled times, with one webhookId and one body', async () => {
  installed()
  let calls = 0
  receiver.answer((_one, response) => {
    calls++
    response.statusCode = calls < 3 ? 500 : 200
    response.end(`answer ${calls}`)
  })
  world.webhooks.start()
  const eventId = await world.emit()
  for (const tries of [1, 2]) {
    const row = await settled(eventId, tries)
    const pauseMs = row.runAt.getTime() - world.clock.now().getTime()
    const step = pausesMs[tries - 1] ?? 0
    expect(row.state).toBe('waiting')
    expect(pauseMs).toBeGreaterThan(0.8 * step - 1_000)
    expect(pauseMs).toBeLessThanOrEqual(1.2 * step)
    world.clock.advance(1.2 * step)
    world.webhooks.wake()
  }
  const row = await settled(eventId, 3)
  expect(row.state).toBe('succeeded')
  expect(
    (await attemptsOf(row.id)).map(({ number, status, errorClass, responseBody }) => [number, status, errorClass, responseBody]),
  ).toEqual([
    [1, 500, 'status', 'answer 1'],
    [2, 500, 'status', 'answer 2'],
    [3, 200, '', 'answer 3'],
  ])
  const [first, ...later] = receiver.received.map(({ body }) => body)
  for (const body of later) {
    expect({ ...body, timestamp: first.timestamp }).toEqual(first)
    expect(Date.parse(body.timestamp)).toBeGreaterThan(Date.parse(first.timestamp))
  }
})

test('after the twelfth try a delivery is dead, and nothing more is sent', async () => {
  installed()
  receiver.answer((_one, response) => {
    response.statusCode = 503
    response.end()
  })
  world.webhooks.start()
  const eventId = await world.emit()
  for (let tries = 1; tries <= 12; tries++) {
    await settled(eventId, tries)
    world.clock.advance(30 * 60 * 60 * 1000)
    world.webhooks.wake()
  }
  const row = await settled(eventId, 12)
  expect(row).toMatchObject({ state: 'dead', lastStatus: 503 })
  expect(receiver.received).toHaveLength(12)
})

test('410 ends a delivery at once', async () => {
  installed()
  receiver.answer((_one, response) => {
    response.statusCode = 410
    response.end()
  })
  world.webhooks.start()
  expect(await settled(await world.emit(), 1)).toMatchObject({ state: 'dead', lastStatus: 410 })
})

test('a receiver that asks for two minutes by Retry-After gets them', async () => {
  installed()
  receiver.answer((_one, response) => response.writeHead(429, { 'retry-after': '120' }).end())
  world.webhooks.start()
  const row = await settled(await world.emit(), 1)
  expect(row.runAt.getTime() - world.clock.now().getTime()).toBeGreaterThan(119_000)
})

test('an uninstall between fan-out and sending cancels, but the UNINSTALL is sent', async () => {
  const { appId, installId } = installed()
  receiver.answer((_one, response) => {
    response.statusCode = 500
    response.end()
  })
  world.webhooks.start()
  const eventId = await world.emit()
  await settled(eventId, 1)
  Object.assign(world.installed.installs.get(installId) ?? {}, { uninstalled: true })
  world.clock.advance(60_000)
  const uninstallId = await world.emit({ type: 'UNINSTALL', appId, installId, payloadText: '{}' })
  await settled(uninstallId, 1)
  await vi.waitFor(async () => expect((await deliveryOf(eventId))?.state).toBe('cancelled'))
  expect(receiver.received.map((each) => each.body.type)).toEqual(['ContactCreate', 'UNINSTALL'])
})

test('cancelling in the uninstall’s transaction leaves its UNINSTALL and other installs alone', async () => {
  const [one, other] = [installed(), installed()]
  const eventId = await world.emit()
  const uninstallId = await world.emit({ type: 'UNINSTALL', appId: one.appId, installId: one.installId, payloadText: '{}' })
  const { fanOut } = await import('../fanout/fanout.jobs.js')
  await fanOut(world, world.ports)
  await world.webhooks.cancelForInstall(world.db, one.installId, world.clock.now())
  const rows = await world.db.selectFrom('deliveries').select(['appId', 'state']).where('eventId', '=', eventId).execute()
  expect(rows.find((row) => row.appId === one.appId)?.state).toBe('cancelled')
  expect(rows.find((row) => row.appId === other.appId)?.state).toBe('waiting')
  expect((await deliveryOf(uninstallId))?.state).toBe('waiting')
})

test('no more than 32 requests of one URL are in flight, and another URL is not held back by it', async () => {
  const slow = await startReceiver()
  let open = 0
  let most = 0
  const waiting: (() => void)[] = []
  slow.answer((_one, response) => {
    open++
    most = Math.max(most, open)
    waiting.push(() => {
      open--
      response.end()
    })
  })
  const appId = world.addApp(slow.url)
  world.install(appId)
  for (let at = 0; at < 80; at++) await world.emit()
  world.webhooks.start()
  await slow.got(32)
  installed()
  const eventId = await world.emit()
  await settled(eventId, 1).catch(() => undefined)
  await receiver.got(1)
  expect(slow.received).toHaveLength(32)
  slow.answer((_one, response) => void response.end())
  for (const release of waiting) release()
  await slow.got(81)
  expect(most).toBe(32)
  await slow.close()
})

test('stopping lets what is in flight end, and its result is kept', async () => {
  installed()
  let release = () => {}
  receiver.answer((_one, response) => {
    release = () => void response.end('late')
  })
  world.webhooks.start()
  const eventId = await world.emit()
  await receiver.got(1)
  const stopped = world.webhooks.stop()
  release()
  await stopped
  expect(await deliveryOf(eventId)).toMatchObject({ state: 'succeeded', attempts: 1, leaseOwner: null })
})

test('an event reaches its receiver within 100 ms of its commit while the server idles', async ({ annotate }) => {
  installed()
  world.webhooks.start()
  const warmUp = await world.emit()
  await settled(warmUp, 1)
  const latencies: number[] = []
  for (let at = 0; at < 30; at++) {
    const startedAt = performance.now()
    await world.emit()
    await receiver.got(at + 2)
    latencies.push(performance.now() - startedAt)
  }
  latencies.sort((a, b) => a - b)
  const median = latencies[15] ?? Number.POSITIVE_INFINITY
  await annotate(`commit to receiver: p50 ${median.toFixed(1)} ms, p95 ${latencies[28]?.toFixed(1)} ms`)
  expect(median).toBeLessThan(100)
})

test('a database that cuts every connection in mid-delivery costs no delivery and repeats none', async () => {
  installed()
  receiver.answer((_one, response) => setTimeout(() => response.end(), 30))
  world.webhooks.start()
  const eventIds: string[] = []
  for (let at = 0; at < 60; at++) eventIds.push(await world.emit())
  await receiver.got(10)
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(
    world.db,
  )
  await receiver.got(60)
  for (const eventId of eventIds) expect(await settled(eventId, 1)).toMatchObject({ state: 'succeeded' })
  expect(new Set(receiver.received.map((each) => each.body.webhookId)).size).toBe(60)
  expect(receiver.received).toHaveLength(60)
})
