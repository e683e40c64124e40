import { createServer } from 'node:net'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ClonedDatabase, cloneDatabase } from '../testing/database.js'
import { connectionUrl } from './connection.js'
import { openDatabase, openPool } from './pool.js'
import { StartError } from './start-error.js'

let database: ClonedDatabase
/** One connection, so that its kept statements can be counted. */
let pool: pg.Pool
const errors: Error[] = []

beforeAll(async () => {
  database = await cloneDatabase()
  pool = await openPool(database.url, { max: 1, onError: (error) => errors.push(error) })
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

const kept = async (like: string) =>
  (await pool.query(`select name from pg_prepared_statements where statement like '${like}' and name <> ''`)).rows.length
const times = async (count: number, act: (index: number) => Promise<unknown>) => {
  for (let index = 0; index < count; index++) await act(index)
}

test('a statement is kept by the server from its third use', async () => {
  const use = () => pool.query('select $1::int as third', [1])
  await times(2, use)
  expect(await kept('%as third')).toBe(0)
  await times(3, use)
  expect(await kept('%as third')).toBe(1)
  expect((await use()).rows).toEqual([{ third: 1 }])
})

test('statements of the query builder are kept too, also inside a transaction', async () => {
  const db = openDatabase(pool)
  await times(4, () => db.transaction().execute((tx) => sql`select ${7}::int as built`.execute(tx)))
  expect(await kept('%as built')).toBe(1)
})

test('a plan that was made for an empty table is made anew when the table has grown', async () => {
  await pool.query('create table filling (id text primary key, what text) with (autovacuum_enabled = off)')
  const ids = [Array.from({ length: 8 }, (_, nth) => String(nth))]
  const use = () => pool.query('select f.what from unnest($1::text[]) asked join filling f on f.id = asked', ids)
  const planned = async () => {
    const { rows } = await pool.query(`select name from pg_prepared_statements where statement like '%join filling%'`)
    expect(rows, 'the earlier plan was given back').toHaveLength(1)
    const plan = await pool.query(`explain execute ${rows[0].name}('{1,2}')`)
    return plan.rows.some((row) => row['QUERY PLAN'].includes('Index Scan')) ? 'by index' : 'whole'
  }
  await times(20, use)
  await pool.query(`insert into filling select n::text, repeat('x', 200) from generate_series(1, 20000) n`)
  expect(await planned()).toBe('whole')
  await times(100, use)
  expect(await planned()).toBe('by index')
})

test('a name is renewed inside a transaction too, also where an earlier use of it failed', async () => {
  const db = openDatabase(pool)
  const use = (fails = false) =>
    db
      .transaction()
      .execute(async (tx) => (await sql<{ half: number }>`select 4 / ${fails ? 0 : 2}::int as half`.execute(tx)).rows)
  await times(50, () => expect(use(true)).rejects.toThrow('division by zero'))
  await times(120, async () => expect(await use()).toEqual([{ half: 2 }]))
  expect(await kept('%as half')).toBe(1)
})

test('a search is never kept', async () => {
  await times(5, () => pool.query('/* search */ select $1::int as looked', [1]))
  expect(await kept('%as looked')).toBe(0)
})

test('a text without values, such as two statements at once, is sent as it is', async () => {
  await times(4, () => pool.query('select 1; select 2'))
  await times(4, () => pool.query('select 1; select 2', []))
})

test('a statement that failed under its name works later', async () => {
  const use = () => pool.query('select $1::int + "n" as late from "later"', [1])
  await times(4, () => expect(use()).rejects.toThrow('relation "later" does not exist'))
  await pool.query('create table "later" ("n" int); insert into "later" values (2)')
  expect((await use()).rows).toEqual([{ late: 3 }])
})

test('a kept select * survives a new column', async () => {
  await pool.query('create table "grown" ("a" int); insert into "grown" values (1)')
  const use = async () => (await pool.query('select * from "grown" where "a" = $1', [1])).rows
  await times(4, use)
  await pool.query('alter table "grown" add "b" int')
  expect(await use()).toEqual([{ a: 1, b: null }])
  expect(await use()).toEqual([{ a: 1, b: null }])
})

test('inside a transaction the same failure is told as what it is, and the next transaction works', async () => {
  await pool.query('create table "grown2" ("a" int); insert into "grown2" values (1)')
  const db = openDatabase(pool)
  const use = () => db.transaction().execute(async (tx) => (await sql`select * from "grown2" where "a" = ${1}`.execute(tx)).rows)
  await times(4, use)
  await pool.query('alter table "grown2" add "b" int')
  await expect(use()).rejects.toThrow('cached plan must not change result type')
  expect(await use()).toEqual([{ a: 1, b: null }])
})

test('at most 500 statements are kept', async () => {
  const own = await openPool(database.connection, { max: 1, onError: () => {} })
  await times(520, (index) => times(3, () => own.query(`select $1::int as many_${index}`, [1])))
  expect((await own.query(`select count(*) as kept from pg_prepared_statements where name <> ''`)).rows).toEqual([{ kept: 500 }])
  await own.end()
}, 60_000)

test('values come as the types that were chosen', async () => {
  const { rows } = await pool.query(
    `select timestamptz '2026-11-22 01:02:03.456+01' as at, 9007199254740991::int8 as big, 1.10::numeric as price,
            date '2026-11-22' as day, timestamp '2026-11-22 01:02' as local, current_setting('TimeZone') as zone,
            current_setting('idle_in_transaction_session_timeout') as idle`,
  )
  expect(rows).toEqual([
    {
      at: new Date('2026-11-22T00:02:03.456Z'),
      big: Number.MAX_SAFE_INTEGER,
      price: '1.10',
      day: '2026-11-22',
      local: '2026-11-22 01:02:00',
      zone: 'UTC',
      idle: '15s',
    },
  ])
  await expect(pool.query('select 9007199254740992::int8')).rejects.toThrow(RangeError)
})

test('an idle connection that the server cuts is reported and replaced', async () => {
  const other = await openPool(database.connection, { max: 1, onError: () => {} })
  const { rows } = await pool.query('select pg_backend_pid() as pid')
  const heard = errors.length
  await other.query('select pg_terminate_backend($1)', [rows[0].pid])
  await expect.poll(() => errors.length).toBeGreaterThan(heard)
  expect((await pool.query('select 1 as alive')).rows).toEqual([{ alive: 1 }])
  await other.end()
})

const failure = (url: string) =>
  openPool(url, { onError: () => {} }).then(
    () => expect.unreachable(),
    (error: unknown) => error as StartError,
  )
const wrong = (change: object) => connectionUrl({ ...database.connection, ...change })

test.each([
  [
    'a refused connection',
    () => 'postgres://me:hush@127.0.0.1:1/x',
    /^No PostgreSQL answers at 127\.0\.0\.1:1\. Start it, or correct/,
    69,
  ],
  ['a missing socket', () => wrong({ host: '/nowhere', password: 'hush' }), /^No PostgreSQL answers at \/nowhere\./, 69],
  [
    'a missing database',
    () => wrong({ database: 'absent', password: 'hush' }),
    /has no database "absent"\. Create it, or correct/,
    78,
  ],
  ['an unknown role', () => wrong({ user: 'nemo', password: 'hush' }), /does not let "nemo" in/, 78],
  ['a text that is no URL', () => 'postgres://me:hush@127.0.0.1:port/x', /^DATABASE_URL is not a PostgreSQL URL/, 78],
])('%s is one sentence without the password', async (_, url, sentence, exitCode) => {
  const error = await failure(url())
  expect(error).toBeInstanceOf(StartError)
  expect(error.message).toMatch(sentence)
  expect(error.message).not.toMatch(/hush|\n/)
  expect(error.exitCode).toBe(exitCode)
})

test('a server that is too old is one sentence', async () => {
  const old = await cloneDatabase()
  await inside(
    old,
    `create schema fake;
    create function fake.current_setting(text) returns text language sql as $$ select case $1 when 'server_version' then '14.9' else '140009' end $$;
    alter database ${old.connection.database} set search_path = fake, pg_catalog`,
  )
  const error = await failure(old.url)
  expect(error.message).toMatch(/ is version 14\.9; Groundlevel needs 15 or newer\.$/)
  await old.drop()
})

async function inside({ connection }: ClonedDatabase, text: string): Promise<void> {
  const client = new pg.Client(connection)
  await client.connect()
  await client.query(text)
  await client.end()
}

test('something that is no PostgreSQL is one sentence without the password', async () => {
  const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  const error = await failure(`postgres://me:hush@127.0.0.1:${port}/x`)
  expect(error.message).toMatch(new RegExp(`^PostgreSQL at 127.0.0.1:${port} cannot be used`))
  expect(error.message).not.toMatch(/hush|\n/)
  server.close()
})

test('a connection that is cut between two statements of a transaction fails the transaction, not the process', async () => {
  const own = await openPool(database.url, { max: 1, onError: () => {} })
  const client = await own.connect()
  await client.query('begin')
  const { rows } = await client.query('select pg_backend_pid() as pid')
  const cut = new Promise((resolve) => client.once('end', resolve))
  await pool.query('select pg_terminate_backend($1)', [rows[0].pid])
  await cut
  await expect(client.query('select 1')).rejects.toThrow()
  client.release(true)
  expect((await own.query('select 1 as again')).rows).toEqual([{ again: 1 }])
  await own.end()
})
