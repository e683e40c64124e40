import { realpathSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import pg from 'pg'
import type { Connection } from './connection.js'
import { lentAccount } from './embedded/account.js'
import { prepareBinaries } from './embedded/binaries.js'
import { createClusterOnce, passwordOf, superuser } from './embedded/cluster.js'
import { handOver, openFolder, type Place, placeData } from './embedded/data-folder.js'
import { fileFailure } from './embedded/failures.js'
import { lockFolder } from './embedded/instance-lock.js'
import { awaitOldPostmaster } from './embedded/leftovers.js'
import { type Postmaster, startPostmaster } from './embedded/postmaster.js'

export interface EmbeddedOptions {
  /** The data folder; made when it is missing. The database lies in its sub-folder `pg`. */
  dataDir: string
  /** Hears what a person should know, a line at a time. */
  say?: (line: string) => void
  /** PostgreSQL settings over the defaults, e.g. `{ fsync: 'off' }` for tests. */
  settings?: Record<string, string>
  /** Where root puts what PostgreSQL's account cannot reach. Default `/var/lib/groundlevel`. */
  systemDir?: string
  /** A `native` folder to use in place of the one that npm installed. */
  native?: string
}

export interface Embedded {
  connection: Connection
  /** True when this start made the database. */
  firstStart: boolean
  /** Settles when PostgreSQL is gone: with its last words when `stop` was not called. */
  exited: Promise<string | undefined>
  /** Stops PostgreSQL (fast shutdown: open connections are cut) and frees the data folder. */
  stop(): Promise<void>
}

const database = 'groundlevel'
const socketPathLimitBytes = 100

const smallMachine = {
  shared_buffers: '128MB',
  max_connections: '100',
  gin_pending_list_limit: '1MB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // The server reports its own errors where they belong; its log must not repeat values out of statements.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
}

/**
 * Starts the PostgreSQL that npm installed on a data folder and resolves when it accepts connections. It stops with
 * this process, whatever ends it.
 *
 * @throws StartError when the folder is in use, damaged, full, read-only or closed to us, or PostgreSQL does not start
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const folder = resolve(options.dataDir)
  try {
    openFolder(folder)
    const unlock = lockFolder(realpathSync(folder))
    try {
      return await startLocked(realpathSync(folder), unlock, options)
    } catch (error) {
      unlock()
      throw error
    }
  } catch (error) {
    throw fileFailure(error, folder)
  }
}

async function startLocked(folder: string, unlock: () => void, options: EmbeddedOptions): Promise<Embedded> {
  const { say = () => {}, systemDir = '/var/lib/groundlevel', settings = {}, native } = options
  const place = placeData(folder, lentAccount(), systemDir, say)
  const { account } = place
  const { initdb, postgres } = prepareBinaries({ native, account, copiesIn: account ? systemDir : folder })
  handOver(place)
  const firstStart = await createClusterOnce(initdb, place, settings.fsync !== 'off')
  const listening = await chooseAddress(place)
  const postmaster = await startUndisturbed(postgres, place, { ...smallMachine, ...listening.settings, ...settings })
  const stop = once(async () => {
    await postmaster.stop()
    unlock()
  })
  const connection = { ...listening.address, user: superuser, database }
  try {
    await createDatabaseOnce(connection)
  } catch (error) {
    await stop()
    throw error
  }
  return { connection, firstStart, exited: postmaster.exited, stop }
}

/** A postmaster that was killed alone leaves backends that need a moment to notice. */
async function startUndisturbed(postgres: string, place: Place, settings: Record<string, string>): Promise<Postmaster> {
  for (let attempt = 1; ; attempt++) {
    await awaitOldPostmaster(place)
    try {
      return await startPostmaster(postgres, place, settings)
    } catch (error) {
      const words = String((error as Error).cause)
      if (attempt === 20 || !/lock file .* already exists|pre-existing shared memory/.test(words)) throw error
    }
    await new Promise((done) => setTimeout(done, 250))
  }
}

interface Listening {
  address: Pick<Connection, 'host' | 'port' | 'password'>
  settings: Record<string, string>
}

/** A socket in PostgreSQL's own closed folder; the kernel allows about 100 bytes for its path. */
async function chooseAddress(place: Place): Promise<Listening> {
  if (Buffer.byteLength(join(place.pg, '.s.PGSQL.5432')) <= socketPathLimitBytes)
    return { address: { host: place.pg }, settings: { listen_addresses: '', unix_socket_directories: place.pg, port: '5432' } }
  const [host, port] = ['127.0.0.1', await freePort()]
  const settings = { listen_addresses: host, unix_socket_directories: '', port: String(port) }
  return { address: { host, port, password: passwordOf(place) }, settings }
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? found(address.port) : failed(new Error('no free port'))))
    })
  })
}

async function createDatabaseOnce(connection: Connection): Promise<void> {
  const client = new pg.Client({ ...connection, database: 'postgres' })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database])
    if (rowCount === 0) await client.query(`create database ${database}`)
  } finally {
    await client.end()
  }
}

function once(act: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= act()
    return done
  }
}
