import { createHash } from 'node:crypto'
import type { Services } from '../services.js'
import { createLoop } from './loop.js'

/** A piece of housekeeping that one process at a time does. */
export interface Job {
  readonly name: string
  /** Real time between two runs. */
  readonly everyMs: number
  run(now: Date): Promise<void>
}

export interface Ticker {
  add(job: Job): void
  /** The job has something to do: it runs at the next tick instead of at the end of its interval. */
  wake(job: Job): void
  /** Every job runs now: the time went on by a leap. */
  wakeAll(): void
  /** Runs every job once, then each at its interval. */
  start(): void
  /** Resolves when the job that is running has ended. */
  stop(): Promise<void>
}

const tickMs = 1_000

/** Advisory locks are numbers: the same name gives the same one on every node. */
const lockOf = (name: string) => createHash('sha256').update(`groundlevel job ${name}`).digest().readBigInt64BE().toString()

/** One small loop for all housekeeping. An advisory lock for each job keeps two nodes from doing the same at once. */
export const createTicker = ({ pool, clock, say }: Pick<Services, 'pool' | 'clock' | 'say'>): Ticker => {
  const jobs = new Map<Job, number>()

  const runLocked = async (job: Job) => {
    const client = await pool.connect()
    const lock = lockOf(job.name)
    let broken = false
    try {
      const { rows } = await client.query('select pg_try_advisory_lock($1) as mine', [lock])
      if (!rows[0].mine) return
      await job.run(clock.now()).finally(() => client.query('select pg_advisory_unlock($1)', [lock]))
    } catch (error) {
      broken = true
      say(`Housekeeping job "${job.name}" failed and is tried again at its next interval: ${(error as Error).message}`)
    } finally {
      // A connection whose state is unknown may still hold the lock: it goes, and the lock with it.
      client.release(broken)
    }
  }

  const tick = async (): Promise<'nothing'> => {
    for (const [job, dueAt] of jobs) {
      if (stopping) break
      if (performance.now() < dueAt) continue
      jobs.set(job, performance.now() + job.everyMs)
      await runLocked(job)
    }
    return 'nothing'
  }

  let stopping = false
  const loop = createLoop({
    work: tick,
    idleMs: tickMs,
    busyMs: tickMs,
    onError: (error) => say(`Housekeeping: ${error.message}`),
  })
  return {
    add: (job) => {
      jobs.set(job, 0)
    },
    wake: (job) => {
      if (jobs.has(job)) jobs.set(job, 0)
    },
    wakeAll: () => {
      for (const job of jobs.keys()) jobs.set(job, 0)
      loop.wake()
    },
    start: loop.start,
    stop: () => {
      stopping = true
      return loop.stop()
    },
  }
}
