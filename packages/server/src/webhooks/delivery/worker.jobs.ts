import { type Batch, createBatch } from '../../background/batch.js'
import { createLoop, type Found } from '../../background/loop.js'
import { newUuid } from '../../ids.js'
import type { SigningKeys } from '../../keys/index.js'
import type { Services } from '../../services.js'
import type { WebhookPorts } from '../ports.js'
import { type Claimed, cancelClaimed, claim, type Finished, finish, leaseOwners, releaseLeases } from './delivery.sql.js'
import { outcomeOf } from './outcome.rules.js'
import type { Answer, Outbound } from './outbound/send.js'
import { isDeadPredecessor, ownerName } from './owner.js'

export interface DeliveryWorker {
  start(): void
  wake(): void
  /** Lets what is in flight end, for ten seconds at most; what is cut short is due again at once. */
  stop(): Promise<void>
}

export interface DeliveryParts extends Pick<Services, 'db' | 'clock' | 'say'>, Pick<WebhookPorts, 'liveInstalls'> {
  readonly dataDir: string
  readonly webhookKeys: SigningKeys['webhooks']
  readonly outbound: Outbound
  /** Spreads retries; 0 ≤ value < 1. */
  random(): number
}

const claimLimit = 200
const inFlightLimit = 400
const perUrlLimit = 32
const drainMs = 10_000

/** Signs the exact bytes that are sent, anew at each try. */
export const headersFor = (keys: SigningKeys['webhooks'], { test }: { test: boolean }, body: Buffer): Record<string, string> => ({
  'content-type': 'application/json',
  'user-agent': 'Groundlevel-Webhooks/1.0',
  'accept-encoding': 'identity',
  ...Object.fromEntries(keys.map((key) => [key.header, key.sign(body)])),
  ...(test ? { 'x-groundlevel-test': 'true' } : {}),
})

const finishedOf = (row: Claimed, headers: Record<string, string>, answer: Answer, startedAt: Date, now: Date, random: number): Finished => {
  const tries = row.attempts + 1
  const { state, runAt } = outcomeOf({ tries, manual: row.manual }, answer, now, random)
  const { status, durationMs, errorClass, error } = answer
  return {
    delivery: {
      id: row.id,
      state,
      attempts: tries,
      lastStatus: status,
      lastError: errorClass === '' ? null : error,
      lastDurationMs: durationMs,
      runAt,
      finishedAt: state === 'waiting' ? null : now,
    },
    attempt: {
      id: newUuid(),
      deliveryId: row.id,
      number: tries,
      startedAt,
      durationMs,
      status,
      errorClass,
      error,
      requestHeaders: headers,
      responseHeaders: answer.headers,
      responseBody: answer.body,
    },
  }
}

/** Requests of this process by delivery, and how many of them each URL has. */
const createFlights = () => {
  const ids = new Set<string>()
  const byUrl = new Map<string, number>()
  const sending = new Set<Promise<void>>()
  return {
    ids,
    sending,
    room: () => new Map([...byUrl].map(([url, count]) => [url, perUrlLimit - count])),
    begin: (url: string) => byUrl.set(url, (byUrl.get(url) ?? 0) + 1),
    /** True where a URL that was full has room again for half of what it may have. */
    end: (url: string): boolean => {
      const left = (byUrl.get(url) ?? 1) - 1
      if (left === 0) byUrl.delete(url)
      else byUrl.set(url, left)
      return left === perUrlLimit / 2
    },
  }
}

/** Takes due deliveries and sends them, any number of workers on one database. */
export const createDeliveryWorker = (parts: DeliveryParts): DeliveryWorker => {
  const { db, clock, say, dataDir, webhookKeys, outbound } = parts
  const owner = ownerName(dataDir)
  const flights = createFlights()
  let freedPredecessors = false

  const finished: Batch<Finished> = createBatch({
    write: async (rows) => {
      await finish(db, owner, rows)
      for (const row of rows) flights.ids.delete(row.delivery.id)
    },
    maxRows: 200,
    afterMs: 10,
    onFailure: (error) => {
      say(`Results of webhook deliveries could not be written, trying again: ${(error as Error).message}`)
      return 'again'
    },
  })

  const send = async (row: Claimed) => {
    const body = Buffer.from(row.body)
    const headers = headersFor(webhookKeys, row, body)
    const startedAt = clock.now()
    const answer = await outbound.post(row.url, headers, body)
    if (answer) finished.add(finishedOf(row, headers, answer, startedAt, clock.now(), parts.random()))
    else flights.ids.delete(row.id)
    if (flights.end(row.url)) loop.wake()
  }

  const dispatch = (row: Claimed) => {
    flights.ids.add(row.id)
    flights.begin(row.url)
    const sending = send(row)
      .catch((error: unknown) => say(`A webhook delivery failed unexpectedly, it is tried again when its lease ends: ${(error as Error).message}`))
      .finally(() => flights.sending.delete(sending))
    flights.sending.add(sending)
  }

  /** Uninstalled between fan-out and now: nothing more goes out, but for the UNINSTALL. */
  const withoutUninstalled = async (rows: readonly Claimed[]): Promise<readonly Claimed[]> => {
    const bound = rows.filter((row) => row.installId !== null && !row.test && row.type !== 'UNINSTALL')
    if (bound.length === 0) return rows
    const live = await parts.liveInstalls([...new Set(bound.map((row) => row.installId as string))])
    const gone = new Set(bound.filter((row) => !live.has(row.installId as string)).map((row) => row.id))
    if (gone.size > 0) await cancelClaimed(db, [...gone], clock.now())
    return rows.filter((row) => !gone.has(row.id))
  }

  const round = async (): Promise<Found> => {
    if (!freedPredecessors) await freePredecessors()
    const limit = Math.min(claimLimit, inFlightLimit - flights.ids.size)
    if (limit <= 0) return 'some'
    const claimed = await claim(db, { owner, now: clock.now(), limit, perUrl: perUrlLimit, room: flights.room() })
    // Our own lease ran out while the result could not be written: sending again would be a needless duplicate.
    const fresh = claimed.filter((row) => !flights.ids.has(row.id))
    for (const row of await withoutUninstalled(fresh)) dispatch(row)
    return claimed.length === 0 ? 'nothing' : claimed.length === limit ? 'full' : 'some'
  }

  const freePredecessors = async () => {
    const dead = (await leaseOwners(db)).filter((each) => isDeadPredecessor(each, dataDir))
    if (dead.length > 0) await releaseLeases(db, dead)
    freedPredecessors = true
  }

  const loop = createLoop({
    work: round,
    idleMs: 200,
    busyMs: 25,
    onError: (error) => say(`Webhook deliveries could not be read, trying again: ${(error as Error).message}`),
  })

  return {
    start: loop.start,
    wake: loop.wake,
    stop: async () => {
      await loop.stop()
      const timer = setTimeout(outbound.abort, drainMs)
      await Promise.all(flights.sending)
      clearTimeout(timer)
      await finished.stop()
      await releaseLeases(db, [owner]).catch(() => say('Leases of webhook deliveries could not be given back; they end by themselves within 30 s.'))
      await outbound.close()
    },
  }
}
