import { sql } from 'kysely'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ClonedDatabase, cloneDatabase } from '../testing/database.js'
import { openDatabase, openPool } from './pool.js'
import { prepared, preparedFor } from './prepared.js'
import type { Db } from './wire.js'

let database: ClonedDatabase
let pool: pg.Pool
let db: Db

beforeAll(async () => {
  database = await cloneDatabase()
  pool = await openPool(database.url, { max: 1, onError: () => {} })
  db = openDatabase(pool)
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

const compilable = (query: ReturnType<typeof sql<{ sum: number }>>) => ({ compile: () => query.compile(db) })

test('a prepared statement is built once and answers for the values of each call, in their order', async () => {
  let built = 0
  const subtract = prepared(3, (_db, from: number, amount: number) => {
    built += 1
    return compilable(sql<{ sum: number }>`select 0 * ${amount}::int + ${from}::int - ${amount}::int as sum`)
  })
  expect(await subtract(db, 7, 2)).toEqual([{ sum: 5 }])
  expect(await subtract(db, 20, 1)).toEqual([{ sum: 19 }])
  expect(built).toBe(1)
})

test('a value that the statement leaves out is refused: it might have been the tenant', async () => {
  const careless = prepared(3, (_db, _locationId: string, amount: number) =>
    compilable(sql<{ sum: number }>`select ${amount}::int as sum`),
  )
  await expect(careless(db, 'a location', 1)).rejects.toThrow('does not use its values 0')
})

test('statements for keys are made once each', () => {
  let made = 0
  const forLimit = preparedFor((limit: number) => ({ limit, turn: ++made }))
  expect([forLimit(20), forLimit(5), forLimit(20)]).toEqual([
    { limit: 20, turn: 1 },
    { limit: 5, turn: 2 },
    { limit: 20, turn: 1 },
  ])
})
