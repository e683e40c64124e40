export interface Batch<T> {
  add(row: T): void
  /** Resolves when everything added so far is written or given up. */
  flush(): Promise<void>
  /** Flushes, and takes no more. */
  stop(): Promise<void>
}

export interface BatchOptions<T> {
  write(rows: readonly T[]): Promise<void>
  /** A batch is written when it has this many rows, or when its first row is this old. */
  readonly maxRows: number
  readonly afterMs: number
  /**
   * What becomes of rows that could not be written: kept and tried again, or dropped. `failures`: how many there have been
   * since the last batch that was written.
   */
  onFailure(error: Error, rows: readonly T[], failures: number): 'again' | 'drop'
  /** Rows that may wait; the oldest go first when there are more. Default: any number. */
  readonly capacity?: number
}

const againAfterMs = 250
/** Tries that a stop grants a database that does not answer: two seconds. */
const lastTries = 8

/** Gathers rows and writes them together, one batch at a time. */
export const createBatch = <T>({
  write,
  maxRows,
  afterMs,
  onFailure,
  capacity = Number.POSITIVE_INFINITY,
}: BatchOptions<T>): Batch<T> => {
  let waiting: T[] = []
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> | undefined
  let stopped = false
  let failures = 0

  const writeOnce = async () => {
    const rows = waiting.slice(0, maxRows)
    waiting = waiting.slice(maxRows)
    try {
      await write(rows)
      failures = 0
    } catch (error) {
      failures++
      if (onFailure(error as Error, rows, failures) === 'again') waiting = [...rows, ...waiting]
    }
  }

  const drain = async () => {
    let triesLeft = lastTries
    while (waiting.length > 0) {
      await writeOnce()
      if (failures === 0) continue
      if (stopped && --triesLeft <= 0) waiting = []
      if (waiting.length > 0) await new Promise((resolve) => setTimeout(resolve, againAfterMs))
    }
  }

  const flush = (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    writing ??= drain().finally(() => {
      writing = undefined
    })
    return writing
  }

  return {
    add: (row) => {
      if (stopped) return
      waiting.push(row)
      if (waiting.length > capacity) waiting.shift()
      if (waiting.length >= maxRows) void flush()
      else timer ??= setTimeout(flush, afterMs)
    },
    flush,
    stop: async () => {
      stopped = true
      await flush()
    },
  }
}
