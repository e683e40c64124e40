import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ClonedDatabase, cloneDatabase } from '../testing/database.js'
import { migrate } from './migrate.js'
import { migrations } from './migrations/index.js'

let database: ClonedDatabase
let pool: pg.Pool

beforeAll(async () => {
  database = await cloneDatabase()
  // A schema of its own is a database that no migration has run on.
  pool = new pg.Pool({ ...database.connection, max: 2, options: '-c search_path=old,public' })
  await pool.query('create schema old')
})
afterAll(async () => {
  await pool?.end()
  await database?.drop()
})

/** Texts that do not get smaller: an index packs what repeats. */
const noise = (length: number) => Array.from({ length }, (_, at) => Math.sin(at).toString(36).at(-3)).join('')

test('a folder from before texts had lengths starts: what no index holds is shortened, all else stays', async () => {
  const at = migrations.findIndex(({ id }) => id === '0009-search-indexes')
  await migrate(pool, migrations.slice(0, at))
  const now = new Date('2026-01-01T00:00:00Z')
  await pool.query(`insert into companies (id, name, "dateAdded") values ('c', 'C', $1)`, [now])
  await pool.query(
    `insert into locations (id, "companyId", name, country, settings, "dateAdded") values ('l', 'c', 'L', 'US', '{}', $1)`,
    [now],
  )
  const add = `insert into contacts ("locationId", id, city, source, website, dnd, type, tags, "customFields", followers, "additionalEmails", "createdBy", "dateAdded", "dateUpdated")
    values ('l', $1, $2, $3, $4, false, 'lead', '{}', '[]', '{}', '[]', '{}', $5, $5)`
  await pool.query(add, ['long', noise(9000), noise(9000), noise(9000), now])
  await pool.query(add, ['short', 'Rome', 'fair', `https://x.example/${'a'.repeat(1900)}`, now])
  expect(await migrate(pool, migrations)).toContain('0009-search-indexes')
  const { rows } = await pool.query(
    `select id, length(city) as city, length(source) as source, length(website) as website from contacts order by id`,
  )
  expect(rows).toEqual([
    { id: 'long', city: 500, source: 500, website: 500 },
    { id: 'short', city: 4, source: 4, website: 1918 },
  ])
}, 60_000)
