import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  ask,
  hold,
  parentOf,
  postgresesOf,
  postmasterOf,
  refusal,
  start,
  usedFolder,
  useRooms,
} from '../testing/embedded-servers.js'
import { StartError } from './start-error.js'

const room = useRooms()

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
  const dataDir = join(room.open, 'data')
  mkdirSync(join(dataDir, 'pg.new'), { recursive: true })
  writeFileSync(join(dataDir, 'pg.new', 'PG_VERSION'), '18\n')
  expect((await start({ dataDir })).firstStart).toBe(true)
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
  writeFileSync(join(room.open, 'data'), '')
  const error = await refusal({ dataDir: join(room.open, 'data') })
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
