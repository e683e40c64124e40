import { t } from '@groundlevel/contract-kit'
import { Kysely, PostgresDialect, sql } from 'kysely'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type ClonedDatabase, cloneDatabase } from '../testing/database.js'
import { openPool } from './pool.js'
import type { Tables } from './tables.js'
import { together } from './together.js'
import { type Db, preparedOne, preparedPage } from './wire.js'

let database: ClonedDatabase
let pool: pg.Pool
let db: Db
const sent: string[] = []

beforeAll(async () => {
  database = await cloneDatabase()
  pool = await openPool(database.url, { max: 4, onError: () => {} })
  db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), log: ({ query }) => void sent.push(query.sql) })
})
beforeEach(() => void sent.splice(0))
afterAll(async () => {
  await pool.end()
  await database.drop()
})

const reader = () =>
  together(
    3,
    (asking, tenant: string, name: string) =>
      asking
        .selectFrom('installation')
        .select([sql<string>`${tenant}::text || ':' || value`.as('text'), sql<number>`value::int`.as('number')])
        .where('name', '=', name),
    (rows) => rows.map(({ text }) => text),
  )

const put = (on: Db, name: string, value: string) =>
  sql`insert into installation (name, value) values (${name}, ${value})
    on conflict (name) do update set value = excluded.value`.execute(on)

test('reads that are asked for in one moment are one statement, and each gets what it asked for', async () => {
  await put(db, 'one', '1')
  await put(db, 'two', '2')
  const value = reader()
  sent.splice(0)
  const found = await Promise.all([value(db, 'a', 'two'), value(db, 'a', 'none'), value(db, 'b', 'two'), value(db, 'a', 'one')])
  expect(found).toEqual([['a:2'], [], ['b:2'], ['a:1']])
  expect(sent).toHaveLength(1)
})

test('who asks for the same values gets the same answer', async () => {
  await put(db, 'one', '1')
  const value = reader()
  const [first, second] = await Promise.all([value(db, 'a', 'one'), value(db, 'a', 'one')])
  expect(first).toBe(second)
  expect(sent.filter((text) => text.startsWith('select'))).toHaveLength(1)
})

test('many more than fit one statement are all answered', async () => {
  await put(db, 'one', '1')
  const value = reader()
  const found = await Promise.all(Array.from({ length: 200 }, (_, at) => value(db, `t${at}`, 'one')))
  expect(found).toEqual(Array.from({ length: 200 }, (_, at) => [`t${at}:1`]))
})

test('values that fail fail alone', async () => {
  await put(db, 'one', '1')
  await put(db, 'broken', 'no number')
  const value = reader()
  const [good, bad] = await Promise.allSettled([value(db, 'a', 'one'), value(db, 'a', 'broken')])
  expect(good).toEqual({ status: 'fulfilled', value: ['a:1'] })
  expect(bad.status).toBe('rejected')
})

test('an answer is never older than its question, also while others are under way', async () => {
  const value = reader()
  for (let turn = 1; turn <= 20; turn++) {
    const earlier = Array.from({ length: 5 }, () => value(db, 'a', 'turn'))
    await put(db, 'turn', String(turn))
    expect(await value(db, 'a', 'turn')).toEqual([`a:${turn}`])
    await Promise.all(earlier)
  }
})

test('inside a transaction a read sees what the transaction wrote', async () => {
  const value = reader()
  await db.transaction().execute(async (transaction) => {
    await put(transaction, 'inside', '7')
    expect(await Promise.all([value(transaction, 'a', 'inside'), value(db, 'a', 'inside')])).toEqual([['a:7'], []])
  })
})

test('rows and pages of wire JSON are read together as well', async () => {
  await put(db, 'one', '1')
  await put(db, 'two', '2')
  const shape = t.Object({ name: t.String(), value: t.String() })
  const named = (asking: Db, name: string) => asking.selectFrom('installation').selectAll().where('name', '=', name)
  const row = preparedOne(shape, named)
  const rows = preparedPage(shape, (asking, name: string) => ({ query: named(asking, name) }))
  sent.splice(0)
  const [one, two, none] = await Promise.all([row(db, 'one'), row(db, 'two'), row(db, 'none')])
  expect([one?.value, two?.value, none]).toEqual([{ name: 'one', value: '1' }, { name: 'two', value: '2' }, undefined])
  const [full, empty] = await Promise.all([rows(db, 'two'), rows(db, 'none')])
  expect([full.items.text, full.size, empty.items.text, empty.size]).toEqual(['[{"name":"two","value":"2"}]', 1, '[]', 0])
  expect(sent).toHaveLength(2)
})
