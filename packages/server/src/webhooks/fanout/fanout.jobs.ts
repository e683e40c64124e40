import { newUuid } from '../../ids.js'
import type { Services } from '../../services.js'
import type { EventListener, Subscriber, WebhookPorts } from '../ports.js'
import { bodyOf } from './envelope.rules.js'
import { hearsOfLifecycle, judge } from './fanout.rules.js'
import {
  addDeliveries,
  addSkips,
  anyWaiting,
  markFannedOut,
  type NewDelivery,
  type NewSkip,
  takeWaiting,
  type WaitingEvent,
} from './fanout.sql.js'

/** Events of one batch. Few enough that a crash repeats little, enough that a burst takes few commits. */
export const fanoutBatch = 200

type Reads = Pick<WebhookPorts, 'installsFor' | 'install' | 'app' | 'eventSettings' | 'deliveryUrls'>

/** Answers of one batch, each asked for once: a burst of events is mostly of few tenants and apps. */
const remembered = (reads: Reads): Reads => {
  const once = <V>(ask: (key: string) => Promise<V>) => {
    const known = new Map<string, Promise<V>>()
    return (key: string) => {
      const answer = known.get(key) ?? ask(key)
      known.set(key, answer)
      return answer
    }
  }
  const tenants = once((key) => reads.installsFor(JSON.parse(key) as Parameters<Reads['installsFor']>[0]))
  return {
    installsFor: ({ companyId, locationId }) => tenants(JSON.stringify({ companyId, locationId })),
    install: once(reads.install),
    app: once(reads.app),
    eventSettings: once(reads.eventSettings),
    deliveryUrls: once(reads.deliveryUrls),
  }
}

interface Candidate {
  readonly appId: string
  readonly install: Subscriber | undefined
}

const candidatesOf = async (event: WaitingEvent, reads: Reads): Promise<readonly Candidate[]> => {
  if (event.appId !== null) {
    return [{ appId: event.appId, install: event.installId === null ? undefined : await reads.install(event.installId) }]
  }
  if (event.companyId === null) return []
  const installs = await reads.installsFor({ companyId: event.companyId, locationId: event.locationId })
  return installs.map((install) => ({ appId: install.appId, install }))
}

const deliveryOf = (
  event: WaitingEvent,
  { appId, install }: Candidate,
  versionId: string,
  url: string,
  now: Date,
): NewDelivery => {
  const webhookId = newUuid()
  const payload = JSON.parse(event.payload) as Record<string, unknown>
  const { id: eventId, type, locationId, test, companyId, traceId, dateAdded } = event
  return {
    id: newUuid(),
    eventId,
    appId,
    versionId,
    installId: install?.installId ?? null,
    type,
    test,
    companyId,
    locationId,
    url,
    webhookId,
    body: bodyOf({ type, locationId, payload, appId, versionId, timestamp: dateAdded, webhookId }),
    runAt: now,
    traceId,
    dateAdded,
  }
}

/** A message for a conversation provider brings its address along; it is no field of the event, so it stays here. */
const deliveryUrlOf = ({ type, payload, test }: WaitingEvent) =>
  type === 'ProviderOutboundMessage' && !test ? ((JSON.parse(payload) as { deliveryUrl?: string }).deliveryUrl ?? '') : undefined

/** Where an event goes for one app, or why it goes nowhere. */
const placesOf = async (event: WaitingEvent, { appId, install }: Candidate, reads: Reads) => {
  const [app, settings] = await Promise.all([reads.app(appId), reads.eventSettings(appId)])
  const verdict = judge({ ...event, deliveryUrl: deliveryUrlOf(event) }, install, app, settings)
  const own = hearsOfLifecycle(event) ? await reads.deliveryUrls(appId) : []
  const urls = new Set('url' in verdict ? [verdict.url, ...own] : own)
  return { urls, versionId: install?.versionId ?? app?.versionId ?? '', why: 'why' in verdict ? verdict.why : '' }
}

/** What becomes of one event: deliveries, and the reason for each app that gets none. */
export const planEvent = async (event: WaitingEvent, reads: Reads, now: Date) => {
  const deliveries = new Map<string, NewDelivery[]>()
  const skips = new Map<string, NewSkip>()
  for (const candidate of await candidatesOf(event, reads)) {
    const { appId } = candidate
    const { urls, versionId, why } = await placesOf(event, candidate, reads)
    if (urls.size === 0) skips.set(appId, { eventId: event.id, appId, dateAdded: event.dateAdded, why })
    else if (!deliveries.has(appId)) {
      const made = [...urls].map((url) => deliveryOf(event, candidate, versionId, url, now))
      deliveries.set(appId, made)
    }
  }
  for (const appId of deliveries.keys()) skips.delete(appId)
  return { deliveries: [...deliveries.values()].flat(), skips: [...skips.values()] }
}

/**
 * Turns waiting events into deliveries, in one transaction that marks them done. Safe to run anywhere, any number of
 * times: what another worker holds is left to it, and what was done already is kept as it is.
 *
 * @returns how many events were taken
 */
export const fanOut = async (
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  ports: Reads,
  listeners: readonly EventListener[] = [],
): Promise<number> => {
  if (!(await anyWaiting(db))) return 0
  const taken = await db.transaction().execute(async (transaction) => {
    const now = clock.now()
    const waiting = await takeWaiting(transaction, fanoutBatch)
    const reads = remembered(ports)
    for (const { hear } of listeners) await hear(transaction, waiting, now)
    const plans = []
    for (const event of waiting) plans.push(await planEvent(event, reads, now))
    await addDeliveries(
      transaction,
      plans.flatMap((plan) => plan.deliveries),
    )
    await addSkips(
      transaction,
      plans.flatMap((plan) => plan.skips),
    )
    await markFannedOut(
      transaction,
      waiting.map((event) => event.id),
      now,
    )
    return waiting.length
  })
  for (const { committed } of listeners) committed()
  return taken
}
