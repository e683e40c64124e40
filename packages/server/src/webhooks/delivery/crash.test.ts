import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Held } from '../../testing/hold-webhooks.js'
import { type Receiver, startReceiver } from '../../testing/receiver.js'
import { type WebhookWorld, webhookWorld } from '../../testing/webhook-world.js'

const script = fileURLToPath(new URL('../../testing/hold-webhooks.ts', import.meta.url))

let world: WebhookWorld
let receiver: Receiver
const children: ChildProcess[] = []

beforeEach(async () => {
  world = await webhookWorld()
  receiver = await startReceiver()
})
afterEach(async () => {
  await Promise.all(children.splice(0).map(kill))
  await world.close()
  await receiver.close()
})

const kill = async (child: ChildProcess) => {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

const startWorker = async (held: Held) => {
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(held)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  await once(child.stdout, 'data')
  return child
}

const leased = async () =>
  (await world.db.selectFrom('deliveries').select('id').where('leaseOwner', 'is not', null).execute()).length

test('kill -9 in mid-batch loses no delivery, repeats only what was in flight, and the next start does not wait for leases', {
  timeout: 60_000,
}, async ({ annotate }) => {
  const events = 300
  const appId = world.addApp(receiver.url)
  const install = world.installed.installs.get(world.install(appId))
  if (!install) throw new Error('not installed')
  receiver.answer((_one, response) => setTimeout(() => response.end('ok'), 15))
  for (let at = 0; at < events; at++) await world.emit()

  const held = {
    databaseUrl: world.databaseUrl,
    dataDir: world.config.dataDir,
    secretHex: world.secret.toString('hex'),
    url: receiver.url,
    install,
  }
  const first = await startWorker(held)
  await receiver.got(60)
  await kill(first)
  const inFlight = await leased()
  const before = receiver.received.length
  expect(before).toBeLessThan(events)

  await startWorker(held)
  const restartedAt = performance.now()
  const done = () => world.db.selectFrom('deliveries').select('id').where('state', '=', 'succeeded').execute()
  await vi.waitFor(async () => expect(await done()).toHaveLength(events), { timeout: 20_000, interval: 50 })
  const tookMs = performance.now() - restartedAt

  const ids = receiver.received.map((each) => each.body.webhookId)
  await annotate(
    `${ids.length - new Set(ids).size} of ${events} repeated, ${inFlight} in flight when killed, recovered in ${Math.round(tookMs)} ms`,
  )
  expect(new Set(ids).size).toBe(events)
  expect(ids.length - events).toBeLessThanOrEqual(inFlight)
  expect(tookMs).toBeLessThan(20_000)
})
