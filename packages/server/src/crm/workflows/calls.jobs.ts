import { createLoop, type Found, type Loop } from '../../background/loop.js'
import type { Db } from '../../database/wire.js'
import type { Services } from '../../services.js'
import { type DueCall, finishCall, takeCalls } from './calls.sql.js'
import type { CallAnswer, WorkflowPorts } from './ports.js'
import { goOn } from './resuming.js'

/** How long nobody else sends what one process has taken. */
const leaseMs = 60_000
const batchSize = 20
/** Between tries; after the last one it has failed. */
const retryMs = [60_000, 300_000, 1_800_000, 7_200_000, 21_600_000]

interface CallParts {
  readonly db: Db
  readonly clock: Services['clock']
  readonly say: (line: string) => void
  readonly ports: Pick<WorkflowPorts, 'post' | 'supplied'>
}

const jsonOf = (text: string | null): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

const settle = (db: Db, { supplied }: Pick<WorkflowPorts, 'supplied'>, call: DueCall, answer: CallAnswer, now: Date) =>
  db.transaction().execute(async (transaction) => {
    const { error, status: lastStatus } = answer
    const delay = error === '' ? undefined : retryMs[call.attempts - 1]
    const status = error === '' ? 'succeeded' : delay === undefined ? 'failed' : 'waiting'
    const over = status !== 'waiting'
    const result = {
      status,
      dueAt: new Date(now.getTime() + (delay ?? 0)),
      lastStatus,
      lastError: error || null,
      finishedAt: over ? now : null,
    } as const
    const mine = await finishCall(transaction, call, result)
    if (!mine || !over || !call.awaited || call.enrolmentId === null) return false
    const { locationId, enrolmentId, actionId } = call
    const about = { locationId, enrolmentId, actionId, pausing: true, supplied, now }
    return goOn(transaction, about, error === '' ? { ok: true, data: jsonOf(answer.body) } : { ok: false, why: error })
  })

/** Sends the requests that steps have written: at least once, each under the same id. */
export const createCaller = ({ db, clock, say, ports }: CallParts, wake: () => void) => {
  const send = async (call: DueCall) => {
    const headers = { 'content-type': 'application/json', 'user-agent': 'Groundlevel', 'x-request-id': call.id, ...call.headers }
    const answer = await ports.post(call.url, headers, call.body)
    if (answer && (await settle(db, ports, call, answer, clock.now()))) wake()
  }
  /** One batch. @returns how many were sent */
  const run = async (): Promise<number> => {
    const calls = await takeCalls(db, clock.now(), leaseMs, batchSize)
    await Promise.all(calls.map(send))
    return calls.length
  }
  const work = async (): Promise<Found> => {
    const sent = await run()
    return sent === 0 ? 'nothing' : sent < batchSize ? 'some' : 'full'
  }
  const loop: Loop = createLoop({
    work,
    idleMs: 500,
    longestIdleMs: 1_000,
    busyMs: 25,
    onError: (error) => say(`Requests of workflows could not be sent, trying again: ${error.message}`),
  })
  return { loop, run }
}
