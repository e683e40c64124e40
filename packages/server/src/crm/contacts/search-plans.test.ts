import { type Kysely, sql } from 'kysely'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPool } from '../../database/pool.js'
import type { Tables } from '../../database/tables.js'
import { type ClonedDatabase, cloneDatabase } from '../../testing/database.js'
import { addManyContacts, manyFields, withoutIndexes } from '../../testing/many-contacts.js'
import { watchedDatabase } from '../../testing/read-whole.js'
import { type NamedQuery, namedQueries, namedTexts } from '../../testing/search-queries.js'
import { checkFilters, orderOf } from '../filters/index.js'
import { contactsOf } from './contacts.sql.js'
import { contactLanguage, contactSorts, newestFirst } from './search.rules.js'
import { searchOf } from './search.sql.js'

const mine = 'plannedLocation00000'
const others = 40

let database: ClonedDatabase
let pool: pg.Pool
let db: Kysely<Tables>
let readWhole: ReturnType<typeof watchedDatabase>['readWhole']

const addRows = async () => {
  const run = (statement: string) => pool.query(statement)
  await withoutIndexes(pool, async () => {
    await addManyContacts(run, { locations: mine, from: 0, count: 50_000 })
    await addManyContacts(run, { locations: others, from: 50_000, count: 50_000 })
  })
  await pool.query('vacuum analyze contacts, "contactFieldValues"')
}

beforeAll(async () => {
  database = await cloneDatabase()
  pool = await openPool(database.connection, { max: 4, indexesOnly: true, onError: () => {} })
  ;({ db, readWhole } = watchedDatabase(pool, /^contact/))
  const at = new Date(0)
  await db.insertInto('companies').values({ id: 'planned', name: 'Planned', dateAdded: at }).execute()
  const ids = [mine, ...Array.from({ length: others }, (_, nth) => `many${String(nth).padStart(16, '0')}`)]
  const locations = ids.map((id) => ({ id, companyId: 'planned', name: id, settings: '{}', dateAdded: at }))
  await db.insertInto('locations').values(locations).execute()
  await addRows()
}, 600_000)
afterAll(async () => {
  await db?.destroy()
  await database?.drop()
})

const search = ({ body }: NamedQuery, more: { offset?: number; limit?: number } = {}) => {
  const definitions = Object.values(manyFields)
  const filter = checkFilters(body.filters ?? [], contactLanguage, definitions)
  const order = orderOf(body.sort as never, contactSorts, newestFirst)
  const wanted = { query: body.query, filter, order, limit: 20, offset: 0, cursor: undefined, ...more }
  return searchOf(db, mine, {}).page(wanted)
}

describe('at a hundred thousand contacts, no table is read from end to end', () => {
  test.each([...namedQueries, ...namedTexts])('by a search for $name', async (named) => {
    expect(await readWhole(() => search(named))).toEqual([])
    expect((await search(named)).size, 'rows found').toBeGreaterThan(0)
  })

  test('by a choice of what often comes together: each is counted once, though the planner expects more', async () => {
    const filters = [
      { field: 'type', operator: 'eq', value: 'customer' },
      { field: 'email', operator: 'not_exists' },
      { field: 'dnd', operator: 'eq', value: true },
    ]
    const named = { name: 'either', body: { filters: [{ group: 'OR', filters }] } }
    expect(await readWhole(() => search(named))).toEqual([])
    expect((await search(named)).total).toBe(10_000)
  })

  test.each(Object.keys(contactSorts).filter((field) => field !== 'businessName'))(
    'by the order of %s, in either direction',
    async (field) => {
      for (const direction of ['asc', 'desc'])
        expect(await readWhole(() => search({ name: field, body: { sort: [{ field, direction }] } })), direction).toEqual([])
    },
  )

  test('by the list, its pages, and the look for a duplicate', async () => {
    const contacts = contactsOf(db, mine)
    expect(await readWhole(() => contacts.list(undefined, 20, {}))).toEqual([])
    expect(await readWhole(() => contacts.list('jones', 20, {}))).toEqual([])
    expect(await readWhole(() => contacts.list(undefined, 20, { after: { date: new Date('2026-09-01'), id: 'x' } }))).toEqual([])
    for (const by of ['dateAdded', 'dateUpdated'] as const)
      for (const order of ['asc', 'desc'] as const)
        for (const after of [undefined, { date: new Date('2026-09-01'), id: 'x' }])
          expect(
            await readWhole(() => contacts.list(undefined, 20, { by, order, ...(after ? { after } : {}) })),
            `${by} ${order}`,
          ).toEqual([])
    expect(await readWhole(() => contacts.byField('email', 'a@b.example'))).toEqual([])
    expect(await readWhole(() => contacts.byField('phone', '+14155550100'))).toEqual([])
    expect(await readWhole(() => contacts.find('x'))).toEqual([])
  })

  test('and what must read one is noticed', async () => {
    expect(await readWhole(() => sql`select count(*) from "contacts" where gender = 'x'`.execute(db))).toEqual(['contacts'])
  })
})
