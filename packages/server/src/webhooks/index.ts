import type { Job } from '../background/ticker.js'
import type { Db } from '../database/wire.js'
import type { Implementation } from '../http/implement.js'
import type { TimelineSource } from '../timeline/index.js'
import { deliveryOperations } from './attempts/deliveries.handlers.js'
import { eraseFromWebhooks, mentionsInWebhooks } from './attempts/erasure.sql.js'
import { testEventOperations } from './attempts/test-events.handlers.js'
import { webhookSource } from './attempts/timeline-source.js'
import { cancelForInstall } from './delivery/delivery.sql.js'
import { createFetcher } from './delivery/outbound/fetch.js'
import { createOutbound, type Outbound } from './delivery/outbound/send.js'
import { createEngine, type Engine, type EngineParts, type EngineServices } from './engine.js'
import { isAwaited } from './fanout/awaited.js'
import { addEvent, addEvents, type NewEvent } from './outbox/outbox.sql.js'
import type { EventListener, HeardEvent, Tenant, WebhookPorts } from './ports.js'
import { webhookJobs } from './webhooks.jobs.js'

export {
  createFetcher,
  createOutbound,
  type EventListener,
  eraseFromWebhooks,
  type HeardEvent,
  mentionsInWebhooks,
  type NewEvent,
  type Outbound,
  type WebhookPorts,
}

export interface Webhooks extends Engine {
  /** Writes an event in the caller's transaction; call `wake` once it has committed. @returns its id */
  addEvent(db: Db, event: NewEvent): Promise<string>
  /** The same event of many records of one tenant. */
  addEvents(db: Db, event: Omit<NewEvent, 'payloadText'>, payloadTexts: readonly string[]): Promise<void>
  /** Whether an installed app would receive such an event of this tenant now, or a room acts on it. */
  isAwaited(type: string, tenant: Tenant): Promise<boolean>
  /** Ends what waits for an install, in the transaction of its uninstall; its UNINSTALL is still sent. */
  cancelForInstall(db: Db, installId: string, now: Date): Promise<void>
  /** Events and deliveries, for the timeline. */
  readonly source: TimelineSource
  readonly jobs: readonly Job[]
}

export const createWebhooks = (services: EngineServices, parts: EngineParts): Webhooks => {
  const engine = createEngine(services, parts)
  return {
    ...engine,
    addEvent: (db, event) => addEvent(db, event),
    addEvents,
    isAwaited: async (type, tenant) => {
      for (const listener of engine.listeners) if (await listener.awaits(type, tenant)) return true
      return isAwaited(type, tenant, parts.ports)
    },
    cancelForInstall,
    source: webhookSource(services.db),
    jobs: webhookJobs(services.db, services.config.eventDays),
  }
}

export const webhooksModule = (ports: WebhookPorts, { wake }: Pick<Webhooks, 'wake'>): readonly Implementation[] => [
  ...testEventOperations({ ...ports, wake }),
  ...deliveryOperations({ ...ports, wake }),
]
