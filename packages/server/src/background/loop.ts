/** How much a round of a loop found: nothing, something, or as much as it can take at once. */
export type Found = 'nothing' | 'some' | 'full'

export interface Loop {
  start(): void
  /** Ends the pause that the loop is in. */
  wake(): void
  /** Resolves when the round that is running has ended. */
  stop(): Promise<void>
}

export interface LoopOptions {
  work(): Promise<Found>
  /** Pause after a round that found nothing. */
  readonly idleMs: number
  /** What that pause grows to, by half each time, while nothing is found and nobody wakes the loop. Default: it does not grow. */
  readonly longestIdleMs?: number
  /** Pause after a round that found something; a full one is followed at once. */
  readonly busyMs: number
  /** Hears of the first of several rounds that failed; the loop goes on, with growing pauses. */
  onError(error: Error): void
}

const longestPauseMs = 5_000

/** Does `work` again and again: soon where there is work, rarely where there is none, at once when woken. */
export const createLoop = ({ work, idleMs, longestIdleMs = idleMs, busyMs, onError }: LoopOptions): Loop => {
  let running: Promise<void> | undefined
  let stopped = false
  let woken = false
  let failures = 0
  let idlePauseMs = idleMs
  let endPause = () => {}

  const pause = (pauseMs: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pauseMs)
      endPause = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const idlePause = () => {
    const pauseMs = idlePauseMs
    idlePauseMs = Math.min(idlePauseMs * 1.5, longestIdleMs)
    return pauseMs
  }

  const round = async (): Promise<number> => {
    try {
      const found = await work()
      if (found !== 'nothing') idlePauseMs = idleMs
      failures = 0
      return found === 'full' ? 0 : found === 'some' ? busyMs : idlePause()
    } catch (error) {
      failures++
      if (failures === 1) onError(error as Error)
      return Math.min(idleMs * 2 ** failures, longestPauseMs)
    }
  }

  const run = async () => {
    while (!stopped) {
      woken = false
      const pauseMs = await round()
      if (!stopped && (!woken || failures > 0)) await pause(pauseMs)
    }
  }

  return {
    start: () => {
      running ??= run()
    },
    wake: () => {
      woken = true
      idlePauseMs = idleMs
      // A broken database is not asked more often because there is more to ask.
      if (failures === 0) endPause()
    },
    stop: async () => {
      stopped = true
      endPause()
      await running
    },
  }
}
