import { setTimeout as pause } from 'node:timers/promises'
import { createLoop, type Loop } from './loop.js'

export interface HandOverOptions<R> {
  /** Takes what is due, no more than so many, for this process alone. */
  claim(limit: number): Promise<readonly R[]>
  /** Hands over one of them and writes what became of it. */
  hand(row: R): Promise<void>
  readonly atOnce: number
  onError(error: Error): void
}

/** What is under way at the end of a process is waited for no longer. */
const drainMs = 10_000

/** Hands things over one by one, some at once, so that one which takes long holds up no other. */
export const createHandOver = <R>({ claim, hand, atOnce, onError }: HandOverOptions<R>): Loop => {
  const flights = new Set<Promise<void>>()
  const begin = (row: R) => {
    const flight = hand(row)
      .catch(onError)
      .finally(() => {
        flights.delete(flight)
        loop.wake()
      })
    flights.add(flight)
  }
  const loop = createLoop({
    work: async () => {
      const room = atOnce - flights.size
      const rows = room > 0 ? await claim(room) : []
      for (const row of rows) begin(row)
      return rows.length === 0 ? 'nothing' : 'some'
    },
    idleMs: 300,
    longestIdleMs: 1_000,
    busyMs: 25,
    onError,
  })
  return {
    ...loop,
    stop: async () => {
      await loop.stop()
      await Promise.race([Promise.all(flights), pause(drainMs, undefined, { ref: false })])
    },
  }
}

const writePausesMs = [200, 1_000, 3_000, 10_000]

/**
 * Writes what cannot be undone: a database that is away for a moment must not make a mail go twice.
 *
 * @throws what the last try threw
 */
export const writtenSurely = async (write: () => Promise<void>): Promise<void> => {
  for (const pauseMs of writePausesMs) {
    try {
      return await write()
    } catch {
      await pause(pauseMs, undefined, { ref: false })
    }
  }
  return write()
}
