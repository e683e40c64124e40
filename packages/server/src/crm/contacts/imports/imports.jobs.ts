import { createLoop } from '../../../background/loop.js'
import type { Db } from '../../../database/wire.js'
import { holdImport, importsOf, openImports } from './imports.sql.js'
import { type RunParts, runImport } from './run.js'

/** Imports at a time in one process: each takes two connections. */
const atOnce = 2
const seen = 20
const idleMs = 2_000
/** An import that fails so often in a row without getting any further is given up. */
const mostFailures = 5

export interface Importer {
  start(): void
  /** A file has arrived: look now instead of at the next poll. */
  wake(): void
  /** Resolves when the batches that are being written are. */
  stop(): Promise<void>
}

export interface ImporterParts extends Omit<RunParts, 'stopping'> {
  readonly db: Db
  say(line: string): void
}

/** Runs the imports that wait, a few at a time, and goes on with those that another process was killed over. */
export const createImporter = ({ say, ...parts }: ImporterParts): Importer => {
  const { db } = parts
  const running = new Map<string, Promise<unknown>>()
  const failures = new Map<string, { count: number; rowsRead: number }>()
  let stopped = false

  const failed = async (locationId: string, id: string, error: Error) => {
    const imports = importsOf(db, locationId)
    const rowsRead = (await imports.order(id))?.rowsRead ?? 0
    const before = failures.get(id)
    const count = before?.rowsRead === rowsRead ? before.count + 1 : 1
    failures.set(id, { count, rowsRead })
    if (count > 1) say(`Import ${id} failed after ${rowsRead} rows (${count} of ${mostFailures} tries): ${error.message}`)
    if (count < mostFailures) return
    failures.delete(id)
    await imports.fail(
      id,
      `Row ${rowsRead + 1} and those after it could not be written; the operator's log says why.`,
      parts.now(),
    )
  }

  /** @returns whether it was ours to run, and there may be another to begin with */
  const run = async (locationId: string, id: string): Promise<boolean> => {
    try {
      const ours = await holdImport(db, id, async () => {
        await runImport({ ...parts, stopping: () => stopped }, locationId, id)
        return true
      })
      return ours === true
    } catch (error) {
      await failed(locationId, id, error as Error).catch(() => {})
      return false
    }
  }

  const loop = createLoop({
    work: async () => {
      if (running.size >= atOnce) return 'nothing'
      const open = (await openImports(db, seen)).filter(({ id }) => !running.has(id))
      for (const { locationId, id } of open.slice(0, atOnce - running.size)) {
        const done = run(locationId, id).then((goOn) => {
          running.delete(id)
          if (goOn) loop.wake()
        })
        running.set(id, done)
      }
      return 'nothing'
    },
    idleMs,
    busyMs: idleMs,
    onError: (error) => say(`Imports of contacts: ${error.message}`),
  })

  return {
    start: loop.start,
    wake: loop.wake,
    stop: async () => {
      stopped = true
      await loop.stop()
      await Promise.all(running.values())
    },
  }
}
