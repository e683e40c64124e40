import { createLoop } from '../background/loop.js'
import type { SigningKeys } from '../keys/index.js'
import type { Services } from '../services.js'
import { createOutbound, type OutboundOptions } from './delivery/outbound/send.js'
import { createDeliveryWorker, type DeadDelivery } from './delivery/worker.jobs.js'
import { fanOut, fanoutBatch } from './fanout/fanout.jobs.js'
import type { EventListener, WebhookPorts } from './ports.js'

/** Hears of deliveries that failed for good, once that is written; not in its transaction. */
export type DeadListener = (dead: readonly DeadDelivery[]) => Promise<void>

export interface Engine {
  /** Call it before `start`. */
  listen(listener: EventListener): void
  readonly listeners: readonly EventListener[]
  start(): void
  /** For whoever must act on a delivery that failed for good, such as a message that a provider was to send. */
  onDead(listener: DeadListener): void
  /** Something was committed: look now instead of at the next poll. */
  wake(): void
  /** Ends within ten seconds and a moment; what was in flight is finished or due again. */
  stop(): Promise<void>
}

export type EngineServices = Pick<Services, 'db' | 'clock' | 'say' | 'config'>

export interface EngineParts {
  readonly keys: Pick<SigningKeys, 'webhooks'>
  readonly ports: WebhookPorts
  /** Tests set a shorter deadline or their own names. */
  readonly outbound?: Partial<OutboundOptions>
  random?(): number
}

/** Fan-out and delivery, each a loop of its own: a slow receiver never holds back what others are to get. */
export const createEngine = (services: EngineServices, { keys, ports, outbound, random = Math.random }: EngineParts): Engine => {
  const { db, clock, say, config } = services
  const deadListeners: DeadListener[] = []
  const listeners: EventListener[] = []
  const deliveries = createDeliveryWorker({
    db,
    clock,
    say,
    random,
    dataDir: config.dataDir,
    webhookKeys: keys.webhooks,
    liveInstalls: ports.liveInstalls,
    onDead: async (dead) => {
      for (const listener of deadListeners) await listener(dead)
    },
    outbound: createOutbound({ allowLoopback: !config.production, ...outbound }),
  })
  const fanout = createLoop({
    work: async () => {
      const taken = await fanOut({ db, clock }, ports, listeners)
      if (taken > 0) deliveries.wake()
      return taken === 0 ? 'nothing' : taken < fanoutBatch ? 'some' : 'full'
    },
    idleMs: 200,
    longestIdleMs: 1_000,
    busyMs: 25,
    onError: (error) => say(`Events could not be fanned out, trying again: ${error.message}`),
  })
  return {
    onDead: (listener) => {
      deadListeners.push(listener)
    },
    listen: (listener) => {
      listeners.push(listener)
    },
    listeners,
    start: () => {
      fanout.start()
      deliveries.start()
    },
    wake: () => {
      fanout.wake()
      deliveries.wake()
    },
    stop: async () => {
      await fanout.stop()
      await deliveries.stop()
    },
  }
}
