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
  /** What becomes of rows that could not be written: kept and tried again, or dropped. */
  readonly onFailure: (error: unknown, rows: readonly T[]) => 'again' | 'drop'
  /** Rows that may wait; the oldest go first when there are more. Default: any number. */
  readonly capacity?: number
}

const againAfterMs = 250
/** Tries that a stop grants a database that does not answer. */
const lastTries = 8

/** Gathers rows and writes them together, one batch at a time. */
export const createBatch = <T>({ write, maxRows, afterMs, onFailure, capacity = Number.POSITIVE_INFINITY }: BatchOptions<T>): Batch<T> => {
  let waiting: T[] = []
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> | undefined
  let stopped = false
  let triesLeft = lastTries

  const writeOnce = async (): Promise<'written' | 'failed'> => {
    const rows = waiting.slice(0, maxRows)
    waiting = waiting.slice(maxRows)
    try {
      await write(rows)
      return 'written'
    } catch (error) {
      if (onFailure(error, rows) === 'again') waiting = [...rows, ...waiting]
      return 'failed'
    }
  }

  const drain = async () => {
    while (waiting.length > 0) {
      if ((await writeOnce()) === 'written') continue
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
