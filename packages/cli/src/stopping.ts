import type { EventEmitter } from 'node:events'

// SIGHUP is what a terminal says that is closed: what a command has begun and written must not outlive it.
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

type Stopping = (typeof signals)[number]

/** Aborts with the first signal by which a person stops a process; the reason's message is its name. */
export const stoppedBy = (told: Pick<EventEmitter, 'once'>): AbortSignal => {
  const stopping = new AbortController()
  for (const signal of signals) told.once(signal, () => stopping.abort(new DOMException(signal, 'AbortError')))
  return stopping.signal
}

/** The name of the signal that aborted it. */
export const stopOf = ({ reason }: AbortSignal): Stopping =>
  signals.find((signal) => signal === (reason as Error | undefined)?.message) ?? 'SIGTERM'
