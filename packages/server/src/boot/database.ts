import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type { Pool } from 'pg'
import type { Config } from '../config.js'
import { startEmbedded } from '../database/embedded.js'
import { migrate } from '../database/migrate.js'
import { migrations } from '../database/migrations/index.js'
import { openDatabase, openPool } from '../database/pool.js'
import { exitCodes, StartError } from '../database/start-error.js'
import type { Tables } from '../database/tables.js'

export interface OpenDatabase {
  readonly pool: Pool
  readonly db: Kysely<Tables>
  /**
   * For what is looked up while a change holds a connection of the other pool: with one pool for both, as many changes as
   * it has connections would wait for each other for ever.
   */
  readonly lookups: Kysely<Tables>
  /** For searches, which callers compose: few at a time, and none for long. */
  readonly searches: Kysely<Tables>
  /** Settles when an embedded PostgreSQL ends by itself. */
  readonly exited: Promise<string | undefined>
  close(): Promise<void>
}

const makeDataDir = (dataDir: string) => {
  try {
    mkdirSync(dataDir, { recursive: true })
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    const why =
      code === 'EROFS'
        ? 'the disk is read-only'
        : code === 'ENOSPC'
          ? 'the disk is full'
          : code === 'EEXIST' || code === 'ENOTDIR'
            ? 'a file is in the way'
            : 'this account may not write there'
    throw new StartError(
      `The data folder ${dataDir} cannot be made, since ${why}: set GROUNDLEVEL_DATA to another folder.`,
      exitCodes.cannotCreate,
    )
  }
}

/** Whether this start will make its database. A wrong yes costs a little work and nothing else. */
export const isFirstStart = ({ dataDir, databaseUrl }: Config): boolean =>
  !databaseUrl && !['pg', 'secret'].some((name) => existsSync(join(dataDir, name)))

/** Longer ones are told to narrow. */
const searchTimeoutMs = 2000

/** Starts the embedded PostgreSQL, or goes to the one of `DATABASE_URL`; brings the schema up to date. */
export const openEverything = async (config: Config, say: (line: string) => void): Promise<OpenDatabase> => {
  makeDataDir(config.dataDir)
  const embedded = config.databaseUrl ? undefined : await startEmbedded({ dataDir: config.dataDir, say })
  const where = embedded?.connection ?? (config.databaseUrl as string)
  let closing = false
  const onError = (error: Error) => closing || say(`A database connection broke and will be replaced: ${error.message}`)
  try {
    const pool = await openPool(where, { onError })
    await migrate(pool, migrations)
    const [lookupPool, searchPool] = await Promise.all([
      openPool(where, { max: 4, known: true, onError }),
      openPool(where, { max: 6, known: true, statementTimeoutMs: searchTimeoutMs, indexesOnly: true, onError }),
    ])
    const db = openDatabase(pool)
    const lookups = openDatabase(lookupPool)
    const searches = openDatabase(searchPool)
    return {
      pool,
      db,
      lookups,
      searches,
      exited: embedded?.exited ?? new Promise(() => {}),
      close: async () => {
        closing = true
        await Promise.all([db.destroy(), lookups.destroy(), searches.destroy()])
        await embedded?.stop()
      },
    }
  } catch (error) {
    closing = true
    await embedded?.stop()
    throw error
  }
}
