import { sql } from 'kysely'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ClonedDatabase, cloneDatabase } from '../testing/database.js'
import { copyInto, copyRow } from './copy.js'
import { openDatabase, openPool } from './pool.js'
import type { Db } from './wire.js'

let database: ClonedDatabase
let pool: pg.Pool
let db: Db

beforeAll(async () => {
  database = await cloneDatabase()
  pool = await openPool(database.url, { max: 1, onError: () => {} })
  db = openDatabase(pool)
  await sql`create table copied (name text primary key, value text, number real, at timestamptz(3))`.execute(db)
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

const copied = 'copied (name, value, number, at)'
const all = async () => (await sql<object>`select * from copied order by name`.execute(db)).rows

test('copied rows are what they were, whatever their texts hold', async () => {
  const at = new Date('2026-11-22T10:00:00.120Z')
  const odd = 'tab\t line\n return\r back\\slash \\N \\. "quote" Zürich 🙂'
  await copyInto(pool, copied, copyRow(['a', odd, 1.5, at]) + copyRow(['b', null, null, null]) + copyRow(['c', '', 0, at]))
  expect(await all()).toEqual([
    { name: 'a', value: odd, number: 1.5, at },
    { name: 'b', value: null, number: null, at: null },
    { name: 'c', value: '', number: 0, at },
  ])
})

test('what a text cannot hold becomes U+FFFD and loses nobody the batch', async () => {
  await copyInto(pool, copied, copyRow(['d', 'null \0 half \ud83d end', 1, null]))
  expect(await all()).toContainEqual({ name: 'd', value: 'null \ufffd half \ufffd end', number: 1, at: null })
})

test('a refused batch tells its code, writes nothing and leaves the pool in order', async () => {
  const twice = copyRow(['e', null, null, null]) + copyRow(['a', null, null, null])
  await expect(copyInto(pool, copied, twice)).rejects.toMatchObject({ code: '23505' })
  expect(await all()).not.toContainEqual(expect.objectContaining({ name: 'e' }))
})
