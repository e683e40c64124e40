import { sql } from 'kysely'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPool } from '../../database/pool.js'
import { type ClonedDatabase, cloneDatabase } from '../../testing/database.js'
import { watchedDatabase } from '../../testing/read-whole.js'
import { locationsOf } from './locations.sql.js'
import { type UserPage, usersOf } from './users.sql.js'

let database: ClonedDatabase
let pool: pg.Pool
let watched: ReturnType<typeof watchedDatabase>
const mine = 'agency7'

/** Three hundred agencies of a hundred sub-accounts and a hundred users each. */
const fill = async () => {
  const at = `timestamptz '2026-01-01' + n * interval '1 minute'`
  await pool.query(
    `insert into companies (id, name, "dateAdded") select 'agency' || n, 'Agency ' || n, ${at} from generate_series(0, 299) n`,
  )
  await pool.query(`insert into locations (id, "companyId", name, city, email, settings, "dateAdded")
    select 'place' || n, 'agency' || n % 300, 'Place ' || n, 'City ' || n % 500, 'place' || n || '@p.example', '{}', ${at}
    from generate_series(0, 29999) n`)
  await pool.query(`insert into users (id, "companyId", "firstName", "lastName", email, phone, type, role, "dateAdded")
    select 'user' || n, 'agency' || n % 300, 'First' || n % 700, 'Last' || n % 900, 'user' || n || '@u.example', '+1415' || 2000000 + n,
      case when n / 300 % 10 = 0 then 'agency' else 'account' end, case when n / 300 % 3 = 0 then 'admin' else 'user' end, ${at}
    from generate_series(0, 29999) n`)
  await pool.query(
    `insert into "userLocations" ("userId", "locationId") select 'user' || n, 'place' || n from generate_series(0, 29999) n`,
  )
  await pool.query('vacuum analyze companies, locations, users, "userLocations"')
}

beforeAll(async () => {
  database = await cloneDatabase()
  pool = await openPool(database.connection, { max: 2, onError: () => {} })
  watched = watchedDatabase(pool, /^(users|locations|userLocations)$/)
  await fill()
}, 120_000)
afterAll(async () => {
  await watched?.db.destroy()
  await database?.drop()
})

describe('at thirty thousand sub-accounts and users of three hundred agencies, no table of them is read from end to end', () => {
  const page = { sort: 'dateAdded', sortDirection: 'desc', skip: 0, limit: 25 } as const satisfies UserPage
  const searches: [string, Partial<UserPage>][] = [
    ['nothing in particular', {}],
    ['a name', { query: 'first7' }],
    ['a part of an address', { query: 'user307@' }],
    ['two letters', { query: 'fi' }],
    ['the users of a sub-account', { locationId: 'place7' }],
    ['users of the agency itself, admins', { type: 'agency', role: 'admin' }],
    ['ids', { ids: ['user7', 'user307'] }],
    ['an order by name', { sort: 'name' }],
    ['an order by address', { sort: 'email' }],
  ]
  test.each(searches)('by a search of users for %s', async (_name, filter) => {
    const users = usersOf(watched.db, mine)
    expect(await watched.readWhole(() => users.search({ ...page, ...filter }))).toEqual([])
    expect((await users.search({ ...page, ...filter })).count).toBeGreaterThan(0)
  })

  test('by users looked up by address, by sub-account, by id', async () => {
    const users = usersOf(watched.db, mine)
    expect(await watched.readWhole(() => users.byEmail(['user7@u.example'], false, 0, 10))).toEqual([])
    expect(await watched.readWhole(() => users.inLocation('place7'))).toEqual([])
    expect(await watched.readWhole(() => users.find('user7'))).toEqual([])
  })

  test('by searches of sub-accounts: all, one, by address, by a part of the name', async () => {
    const locations = locationsOf(watched.db, mine)
    const all = { order: 'asc', skip: 0, limit: 10 } as const
    for (const filter of [all, { ...all, locationId: 'place7' }, { ...all, email: 'PLACE7@p.example' }])
      expect(await watched.readWhole(async () => locations.search(filter)), JSON.stringify(filter)).toEqual([])
    for (const filter of [{}, { query: 'place 30' }, { query: 'pl' }, { ids: ['place7'] }]) {
      expect(
        await watched.readWhole(() => locations.choices({ ...filter, limit: 10, offset: 0 })),
        JSON.stringify(filter),
      ).toEqual([])
      expect((await locations.choices({ ...filter, limit: 10, offset: 0 })).total).toBeGreaterThan(0)
    }
    expect(await watched.readWhole(() => locations.find('place7'))).toEqual([])
    expect(await watched.readWhole(() => locations.count())).toEqual([])
  })

  test('and what must read one is noticed', async () => {
    const whole = () => sql`select count(*) from users where "lastName" like '%9'`.execute(watched.db)
    expect(await watched.readWhole(whole)).toEqual(['users'])
  })
})
