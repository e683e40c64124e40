import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type ClonedDatabase, cloneDatabase } from '../testing/database.js'
import { type Migration, migrate } from './migrate.js'
import { StartError } from './start-error.js'

const first: Migration = {
  id: '0001-notes',
  sql: 'create table "notes" ("id" text primary key); insert into "notes" values (\'a\')',
}
const second: Migration = { id: '0002-bodies', sql: 'alter table "notes" add "body" text' }

let database: ClonedDatabase
let pool: pg.Pool

beforeAll(async () => {
  database = await cloneDatabase()
  pool = new pg.Pool({ ...database.connection, max: 4 })
})
beforeEach(() => pool.query('drop table if exists "notes", "schemaMigrations"'))
afterAll(async () => {
  await pool.end()
  await database.drop()
})

const notes = async () => (await pool.query('select * from "notes"')).rows
const refusal = (migrations: Migration[]) =>
  migrate(pool, migrations).then(
    () => undefined,
    (error: unknown) => error as StartError,
  )

test('each migration runs once, in order, and a later start runs only what is new', async () => {
  expect(await migrate(pool, [first])).toEqual(['0001-notes'])
  expect(await migrate(pool, [first, second])).toEqual(['0002-bodies'])
  expect(await migrate(pool, [first, second])).toEqual([])
  expect(await notes()).toEqual([{ id: 'a', body: null }])
})

test('processes that start at once run each migration once', async () => {
  const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(pool, [first, second])))
  expect(applied.flat().sort()).toEqual(['0001-notes', '0002-bodies'])
  expect(await notes()).toHaveLength(1)
})

test('a changed text of an applied migration is refused and nothing else runs', async () => {
  await migrate(pool, [first])
  const error = await refusal([{ ...first, sql: `${first.sql}, ('b')` }, second])
  expect(error).toBeInstanceOf(StartError)
  expect(error?.message).toMatch(/^Migration 0001-notes was changed after it ran/)
  expect(await notes()).toEqual([{ id: 'a' }])
})

test('line ends of a checkout do not count as a change', async () => {
  const lines = { id: '0001-notes', sql: 'create table "notes" (\n  "id" text\n)\n' }
  await migrate(pool, [lines])
  expect(await migrate(pool, [{ ...lines, sql: lines.sql.replaceAll('\n', '\r\n') }])).toEqual([])
})

test('a database of a newer program is refused', async () => {
  await migrate(pool, [first, second])
  const error = await refusal([first])
  expect(error?.message).toMatch(/newer Groundlevel: it has migration 0002-bodies/)
  expect(error?.exitCode).toBe(78)
})

test('a migration that fails changes nothing, those before it stay', async () => {
  const broken = { id: '0002-broken', sql: 'create table "half" (); select 1/0' }
  const error = await refusal([first, broken])
  expect(error?.message).toBe('Migration 0002-broken failed and changed nothing: division by zero.')
  expect(await notes()).toHaveLength(1)
  expect((await pool.query(`select to_regclass('"half"') as found`)).rows).toEqual([{ found: null }])
  expect(await migrate(pool, [first, second])).toEqual(['0002-bodies'])
})

test('a migration that was inserted before an applied one is refused', async () => {
  await migrate(
    pool,
    [second].map(({ id }) => ({ id, sql: 'select 1' })),
  )
  const error = await refusal([first, { id: second.id, sql: 'select 1' }])
  expect(error?.message).toMatch(/^Migration 0001-notes comes before 0002-bodies/)
})
