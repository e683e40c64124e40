import { createBatch } from '../../background/batch.js'
import { createLoop, type Found } from '../../background/loop.js'
import { ownerName } from '../../background/owner.js'
import { freePredecessors, releaseLeases } from '../../database/leases.js'
import type { SigningKeys } from '../../keys/index.js'
import type { Services } from '../../services.js'
import { stampedAgain } from '../fanout/envelope.rules.js'
import type { WebhookPorts } from '../ports.js'
import { type Claimed, cancelClaimed, claim, type Finished, finish, releaseClaims } from './delivery.sql.js'
import { createFlights, type Flights, perUrlLimit } from './flights.js'
import type { Outbound } from './outbound/send.js'
import { resultOf } from './results.js'

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
  /** Hears of deliveries that failed for good, once that is written. */
  onDead?(dead: readonly DeadDelivery[]): Promise<void>
}

/** A delivery that failed for good. */
export interface DeadDelivery {
  readonly type: string
  readonly body: string
  readonly status: number | null
  readonly error: string
}

const claimLimit = 200
const inFlightLimit = 400
const drainMs = 10_000

/** The addresses of conversation providers know no signature but the newer one. */
const signersFor = (keys: SigningKeys['webhooks'], { type, test }: Pick<Claimed, 'type' | 'test'>) =>
  type === 'ProviderOutboundMessage' && !test ? keys.filter(({ header }) => header === 'x-ghl-signature') : keys

/** Signs the exact bytes that are sent, anew at each try. */
const headersFor = async (
  keys: SigningKeys['webhooks'],
  row: Pick<Claimed, 'type' | 'test'>,
  body: Buffer,
): Promise<Record<string, string>> => ({
  'content-type': 'application/json',
  'user-agent': 'Groundlevel-Webhooks/1.0',
  'accept-encoding': 'identity',
  ...Object.fromEntries(await Promise.all(signersFor(keys, row).map(async (key) => [key.header, await key.sign(body)]))),
  ...(row.test ? { 'x-groundlevel-test': 'true' } : {}),
})

/** Uninstalled between fan-out and now: nothing more goes out, but for the UNINSTALL. */
const withoutUninstalled = async (
  { db, clock, liveInstalls }: DeliveryParts,
  rows: readonly Claimed[],
): Promise<readonly Claimed[]> => {
  const installOf = ({ installId, test, type }: Claimed) => (test || type === 'UNINSTALL' ? null : installId)
  const installIds = new Set(rows.map(installOf).filter((id) => id !== null))
  if (installIds.size === 0) return rows
  const live = await liveInstalls([...installIds])
  const stays = (row: Claimed) => {
    const installId = installOf(row)
    return installId === null || live.has(installId)
  }
  const gone = rows.filter((row) => !stays(row)).map((row) => row.id)
  if (gone.length > 0) await cancelClaimed(db, gone, clock.now())
  return rows.filter(stays)
}

/** A try, and the row that it was of. */
interface Sent {
  readonly row: Claimed
  readonly finished: Finished
}

const deadOf = ({ row: { type, body }, finished: { delivery } }: Sent): DeadDelivery => ({
  type,
  body,
  status: delivery.lastStatus,
  error: delivery.lastError ?? '',
})

/** Results are kept until they are written: a database that is away for a while costs no delivery and no needless repeat. */
const createResults = ({ db, say, onDead }: DeliveryParts, owner: string, flights: Flights) =>
  createBatch<Sent>({
    write: async (rows) => {
      await finish(
        db,
        owner,
        rows.map(({ finished }) => finished),
      )
      for (const { finished } of rows) flights.forget(finished.delivery.id)
      const dead = rows.filter(({ finished }) => finished.delivery.state === 'dead').map(deadOf)
      if (dead.length > 0) await onDead?.(dead).catch((error) => say(`Nobody could be told of dead deliveries: ${error}`))
    },
    maxRows: 200,
    afterMs: 10,
    onFailure: (error, _rows, failures) => {
      if (failures === 1) say(`Results of webhook deliveries could not be written, trying again: ${error.message}`)
      return 'again'
    },
  })

/** Takes due deliveries and sends them, any number of workers on one database. */
export const createDeliveryWorker = (parts: DeliveryParts): DeliveryWorker => {
  const { db, clock, say, dataDir, webhookKeys, outbound, random } = parts
  const owner = ownerName(dataDir)
  const flights = createFlights(() => loop.wake())
  const results = createResults(parts, owner, flights)
  let freedPredecessors = false

  const attempt = async (row: Claimed) => {
    const startedAt = clock.now()
    // Receivers hold the timestamp against their own clocks, which know nothing of a lab that is ahead.
    const isFresh = row.attempts === 0 && clock.aheadMs() === 0
    const body = Buffer.from(isFresh ? row.body : stampedAgain(row.body, clock.real()))
    const headers = await headersFor(webhookKeys, row, body)
    const answer = await outbound.post(row.url, headers, body)
    if (answer) results.add({ row, finished: resultOf(row, headers, answer, { startedAt, now: clock.now(), random: random() }) })
    else flights.forget(row.id)
  }

  const send = (row: Claimed) =>
    attempt(row).catch((error: Error) => {
      flights.forget(row.id)
      say(`Delivery ${row.id} failed in a way that is our own fault; it is tried again when its lease ends: ${error.stack}`)
    })

  const sendable = async (claimed: readonly Claimed[]) => {
    // Our own lease ran out while the result could not be written: sending again would be a needless duplicate.
    const fresh = claimed.filter((row) => !flights.has(row.id))
    try {
      return await withoutUninstalled(parts, fresh)
    } catch (error) {
      await releaseClaims(
        db,
        owner,
        fresh.map((row) => row.id),
      )
      throw error
    }
  }

  const round = async (): Promise<Found> => {
    if (!freedPredecessors) await freePredecessors(db, 'deliveries', dataDir)
    freedPredecessors = true
    const limit = Math.min(claimLimit, inFlightLimit - flights.size)
    if (limit <= 0) return 'some'
    const claimed = await claim(db, { owner, now: clock.now(), limit, perUrl: perUrlLimit, room: flights.room() })
    for (const row of await sendable(claimed)) flights.begin(row.id, row.url, send(row))
    return claimed.length === 0 ? 'nothing' : claimed.length === limit ? 'full' : 'some'
  }

  const loop = createLoop({
    work: round,
    idleMs: 200,
    longestIdleMs: 1_000,
    busyMs: 25,
    onError: (error) => say(`Webhook deliveries could not be read, trying again: ${error.message}`),
  })

  return {
    start: loop.start,
    wake: loop.wake,
    stop: async () => {
      await loop.stop()
      const timer = setTimeout(outbound.abort, drainMs)
      await flights.landed()
      clearTimeout(timer)
      await results.stop()
      await releaseLeases(db, 'deliveries', [owner]).catch(() =>
        say('Leases of webhook deliveries could not be given back; they end within 30 s.'),
      )
      await outbound.close()
    },
  }
}
