import { type Io, waited } from './io.js'
import type { Session } from './session.js'

type TimelineReply = Awaited<ReturnType<Session['client']['timeline']['rows']['list']>>

export type TimelineRow = TimelineReply['rows'][number]

/** With the date: a clock that was put forward makes neighbours of hours that are days apart. */
const time = (at: string) => at.slice(0, 23).replace('T', ' ')

/** One row on one line. */
export const lineOf = (row: TimelineRow): string => {
  const took = row.durationMs === null ? '' : `${Math.round(row.durationMs)} ms`
  const parts = [
    time(row.at),
    row.kind.padEnd(8),
    row.outcome.padEnd(7),
    String(row.status ?? '').padEnd(3),
    row.title,
    took,
    row.why,
  ]
  return parts.join('  ').trimEnd()
}

/** Fan-out runs within a second; an event without deliveries after this long has no receiver. */
const noReceiverMs = 5000
const pollMs = 150

const print = async (session: Session, io: Io, delivery: TimelineRow, printed: Map<string, number>) => {
  const { attempts } = await session.client.timeline.rows.get({ kind: 'delivery', id: delivery.id })
  const before = printed.get(delivery.id) ?? 0
  for (const { number, startedAt, durationMs, status, errorClass, error } of attempts.slice(before)) {
    const result =
      errorClass === ''
        ? `answered ${status}`
        : `${status === null ? errorClass : `answered ${status}`}${error ? ` (${error})` : ''}`
    io.out(`${time(startedAt)}  ${delivery.title}  attempt ${number}: ${result}  ${Math.round(durationMs)} ms`)
  }
  printed.set(delivery.id, Math.max(before, attempts.length))
}

/** How a change's deliveries ended. `none`: nobody receives the event; `waiting`: some are still to be tried again. */
export type Ending = 'delivered' | 'failed' | 'waiting' | 'none'

const endingOf = (deliveries: readonly TimelineRow[]): Ending => {
  if (deliveries.length === 0) return 'none'
  if (deliveries.some(({ outcome }) => outcome === 'waiting')) return 'waiting'
  return deliveries.some(({ outcome }) => outcome === 'failed') ? 'failed' : 'delivered'
}

/** Prints every attempt of one event's deliveries as it happens, until all have ended or the time is over. */
export const follow = async (
  session: Session,
  io: Io,
  change: { readonly traceId: string; readonly event: string },
  forMs = 30_000,
): Promise<Ending> => {
  const printed = new Map<string, number>()
  const started = performance.now()
  while (true) {
    const { rows } = await session.client.timeline.rows.list({ query: { traceId: change.traceId, limit: 200 } })
    const deliveries = rows.filter(({ kind, title }) => kind === 'delivery' && title.startsWith(`${change.event} `))
    for (const delivery of deliveries) await print(session, io, delivery, printed)
    const ending = endingOf(deliveries)
    const elapsedMs = performance.now() - started
    const isOver = ending === 'none' ? elapsedMs > Math.min(noReceiverMs, forMs) : ending !== 'waiting' || elapsedMs > forMs
    if (isOver || !(await waited(pollMs, io.signal))) return ending
  }
}
