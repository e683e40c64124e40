import type { Db } from '../../database/wire.js'
import { isUuid } from '../../ids.js'
import type { Attempt, Entry, EntryFilter, TimelineSource } from '../../timeline/index.js'
import { stampedAgain } from '../fanout/envelope.rules.js'
import {
  attemptsOf,
  findDelivery,
  findEvent,
  type ListedDelivery,
  type ListedEvent,
  listDeliveries,
  listEvents,
  type StoredAttempt,
  type WholeDelivery,
} from './log.sql.js'

const titleOf = ({ type, test }: { type: string; test: boolean }) => (test ? `${type} (test)` : type)

const shortUrl = (url: string) => {
  if (!URL.canParse(url)) return url
  const { host, pathname } = new URL(url)
  return `${host}${pathname}`
}

const outcomes = { waiting: 'waiting', succeeded: 'ok', dead: 'failed', cancelled: 'failed' } as const

const whyOf = ({ state, attempts, lastError, runAt }: ListedDelivery) => {
  if (state !== 'waiting' || attempts === 0) return lastError ?? ''
  return `${lastError ?? ''} Next try at ${runAt.toISOString()}.`.trim()
}

const deliveryEntry = (row: ListedDelivery): Entry => ({
  id: row.id,
  kind: 'delivery',
  at: row.dateAdded,
  traceId: row.traceId,
  appId: row.appId,
  companyId: row.companyId,
  locationId: row.locationId,
  title: `${titleOf(row)} → ${shortUrl(row.url)}`,
  status: row.lastStatus,
  outcome: outcomes[row.state],
  durationMs: row.lastDurationMs,
  why: row.state === 'succeeded' ? '' : whyOf(row),
})

const eventEntry = (row: ListedEvent): Entry => ({
  id: row.id,
  kind: 'event',
  at: row.dateAdded,
  traceId: row.traceId,
  appId: row.appId,
  companyId: row.companyId,
  locationId: row.locationId,
  title: titleOf(row),
  status: null,
  outcome: 'ok',
  durationMs: null,
  why: row.why,
})

const attemptOf = ({ url, body }: WholeDelivery, stored: StoredAttempt): Attempt => ({
  number: stored.number,
  startedAt: stored.startedAt.toISOString(),
  durationMs: stored.durationMs,
  status: stored.status,
  errorClass: stored.errorClass,
  error: stored.error,
  exchange: {
    method: 'POST',
    url,
    requestHeaders: stored.requestHeaders,
    requestBody: stored.number === 1 ? body : stampedAgain(body, stored.startedAt),
    status: stored.status,
    responseHeaders: stored.responseHeaders,
    responseBody: stored.responseBody,
  },
})

const wanted = (filter: EntryFilter, kind: Entry['kind']) => filter.kind === undefined || filter.kind === kind

/** What this room has for the timeline: events and their deliveries. */
export const webhookSource = (db: Db): TimelineSource => ({
  kinds: ['event', 'delivery'],
  page: async (filter) => {
    const [events, deliveries] = await Promise.all([
      wanted(filter, 'event') ? listEvents(db, filter) : [],
      wanted(filter, 'delivery') ? listDeliveries(db, filter) : [],
    ])
    return [...events.map(eventEntry), ...deliveries.map(deliveryEntry)]
  },
  find: async (appIds, kind, id) => {
    if (!isUuid(id)) return undefined
    if (kind === 'event') {
      const event = await findEvent(db, appIds, id)
      return event && { entry: eventEntry(event), exchange: null, payload: event.body, attempts: [] }
    }
    const delivery = await findDelivery(db, id)
    if (!delivery || !appIds.includes(delivery.appId)) return undefined
    const attempts = (await attemptsOf(db, id)).map((stored) => attemptOf(delivery, stored))
    return { entry: deliveryEntry(delivery), exchange: attempts.at(-1)?.exchange ?? null, payload: delivery.body, attempts }
  },
})
