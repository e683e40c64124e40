import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openPool } from '../database/pool.js'
import { createClock } from '../lab/clock.js'
import { type ClonedDatabase, cloneDatabase } from '../testing/database.js'
import { createBatch } from './batch.js'
import { createLoop } from './loop.js'
import { createTicker } from './ticker.js'

describe('a loop', () => {
  const counting = (found: () => 'nothing' | 'some' | 'full', idleMs = 60_000) => {
    let rounds = 0
    const errors: Error[] = []
    const work = async () => {
      rounds++
      return found()
    }
    const loop = createLoop({ work, idleMs, busyMs: 60_000, onError: (error) => errors.push(error) })
    return { loop, errors, rounds: () => rounds }
  }

  test('pauses when it found nothing, and goes on at once when woken', async () => {
    const { loop, rounds } = counting(() => 'nothing')
    loop.start()
    await vi.waitFor(() => expect(rounds()).toBe(1))
    loop.wake()
    await vi.waitFor(() => expect(rounds()).toBe(2))
    await loop.stop()
  })

  test('a wake in the middle of a round is not lost', async () => {
    let release = () => {}
    let rounds = 0
    const work = async () => {
      rounds++
      if (rounds === 1) await new Promise<void>((resolve) => (release = resolve))
      return 'nothing' as const
    }
    const loop = createLoop({ work, idleMs: 60_000, busyMs: 60_000, onError: () => {} })
    loop.start()
    await vi.waitFor(() => expect(rounds).toBe(1))
    loop.wake()
    release()
    await vi.waitFor(() => expect(rounds).toBe(2))
    await loop.stop()
  })

  test('does not pause after a full round', async () => {
    let left = 5
    const { loop, rounds } = counting(() => (left-- > 0 ? 'full' : 'nothing'))
    loop.start()
    await vi.waitFor(() => expect(rounds()).toBe(6))
    await loop.stop()
  })

  test('survives failures, tells of the first of several, and starts no round after stop', async () => {
    let failing = true
    const { loop, errors, rounds } = counting(() => {
      if (failing) throw new Error('away')
      return 'nothing'
    }, 1)
    loop.start()
    await vi.waitFor(() => expect(rounds()).toBeGreaterThan(3))
    expect(errors).toHaveLength(1)
    failing = false
    await loop.stop()
    const ended = rounds()
    loop.wake()
    expect(rounds()).toBe(ended)
  })
})

describe('a batch', () => {
  test('is written when it is full, and the rest when it is flushed', async () => {
    const written: number[][] = []
    const write = async (rows: readonly number[]) => void written.push([...rows])
    const batch = createBatch<number>({ write, maxRows: 3, afterMs: 60_000, onFailure: () => 'drop' })
    for (const row of [1, 2, 3, 4]) batch.add(row)
    await batch.flush()
    expect(written.flat()).toEqual([1, 2, 3, 4])
    expect(written[0]).toEqual([1, 2, 3])
  })

  test('is written by itself when its first row is old enough', async () => {
    const written: number[] = []
    const write = async (rows: readonly number[]) => void written.push(...rows)
    createBatch<number>({ write, maxRows: 100, afterMs: 5, onFailure: () => 'drop' }).add(1)
    await vi.waitFor(() => expect(written).toEqual([1]))
  })

  test('that failed is tried again in order, or dropped, as its owner says', async () => {
    const written: number[] = []
    let fails = 1
    const write = async (rows: readonly number[]) => {
      if (fails-- > 0) throw new Error('away')
      written.push(...rows)
    }
    const kept = createBatch<number>({ write, maxRows: 2, afterMs: 1, onFailure: () => 'again' })
    for (const row of [1, 2, 3]) kept.add(row)
    await kept.stop()
    expect(written).toEqual([1, 2, 3])

    fails = 1
    const dropped = createBatch<number>({ write, maxRows: 2, afterMs: 1, onFailure: () => 'drop' })
    for (const row of [4, 5, 6]) dropped.add(row)
    await dropped.stop()
    expect(written).toEqual([1, 2, 3, 6])
  })

  test('holds no more rows than its capacity; the oldest go', async () => {
    const written: number[] = []
    const write = async (rows: readonly number[]) => void written.push(...rows)
    const batch = createBatch<number>({ write, maxRows: 100, afterMs: 60_000, capacity: 2, onFailure: () => 'drop' })
    for (const row of [1, 2, 3]) batch.add(row)
    await batch.stop()
    expect(written).toEqual([2, 3])
  })

  test('does not keep a stop waiting for ever when nothing can be written', async () => {
    const write = async () => {
      throw new Error('away')
    }
    const batch = createBatch<number>({ write, maxRows: 1, afterMs: 1, onFailure: () => 'again' })
    batch.add(1)
    await batch.stop()
  })
})

describe('the ticker', () => {
  let database: ClonedDatabase
  let pool: pg.Pool
  const said: string[] = []

  beforeAll(async () => {
    database = await cloneDatabase()
    pool = await openPool(database.connection, { max: 4, onError: () => {} })
  })
  afterAll(async () => {
    await pool.end()
    await database.drop()
  })
  const ticker = () => createTicker({ pool, clock: createClock(), say: (line) => said.push(line) })

  test('two nodes do not run a job at the same time', async () => {
    let running = 0
    let most = 0
    let runs = 0
    const job = {
      name: `job ${randomUUID()}`,
      everyMs: 1,
      run: async () => {
        most = Math.max(most, ++running)
        runs++
        await pool.query('select pg_sleep(0.05)')
        running--
      },
    }
    const nodes = [ticker(), ticker(), ticker()]
    for (const node of nodes) {
      node.add(job)
      node.start()
    }
    await vi.waitFor(() => expect(runs).toBeGreaterThan(2), { timeout: 10_000 })
    await Promise.all(nodes.map((node) => node.stop()))
    expect(most).toBe(1)
  })

  test('every job runs at once when the time went on by a leap', async () => {
    let runs = 0
    const node = ticker()
    node.add({ name: 'hourly', everyMs: 3_600_000, run: async () => void runs++ })
    node.start()
    await vi.waitFor(() => expect(runs).toBe(1))
    node.wakeAll()
    await vi.waitFor(() => expect(runs).toBe(2))
    await node.stop()
  })

  test('a job that fails is told of, and neither stops the others nor keeps its lock', async () => {
    let ran = 0
    const node = ticker()
    const name = `broken ${randomUUID()}`
    node.add({
      name,
      everyMs: 60_000,
      run: async () => {
        throw new Error('out of luck')
      },
    })
    node.add({ name: 'sound', everyMs: 60_000, run: async () => void ran++ })
    node.start()
    await vi.waitFor(() => expect(ran).toBe(1))
    await node.stop()
    expect(said).toEqual([expect.stringContaining(`"${name}" failed`)])
    const { rows } = await pool.query(
      "select count(*)::int as held from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())",
    )
    expect(rows[0].held).toBe(0)
  })
})
