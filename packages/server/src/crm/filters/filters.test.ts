import { WireError } from '@groundlevel/contract-kit'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase, openPool } from '../../database/pool.js'
import type { Tables } from '../../database/tables.js'
import { type ClonedDatabase, cloneDatabase } from '../../testing/database.js'
import { type Cells, checkFilters, compileApart, compileFilter, fieldRule, type Language } from './index.js'

const pipeline = { type: 'id', operators: ['eq', 'not_eq', 'exists', 'not_exists'] } as const
const language: Language = {
  customPrefix: 'customFields.',
  fields: {
    key: fieldRule.key,
    text: { ...fieldRule.text, tidy: (text) => text.replaceAll('-', '') },
    word: fieldRule.word,
    owner: fieldRule.id,
    flag: fieldRule.flag,
    num: fieldRule.number,
    at: fieldRule.date,
    day: fieldRule.date,
    list: fieldRule.text,
    deals: { type: 'nested', operators: ['nested'], fields: { stage: pipeline, status: pipeline } },
    none: { type: 'nested', operators: ['nested'], fields: { stage: pipeline } },
  },
}
const customFields = [
  { id: 'F1', fieldKey: 'thing.colour', dataType: 'TEXT' },
  { id: 'F2', fieldKey: 'thing.size', dataType: 'NUMERICAL' },
  { id: 'F3', fieldKey: 'thing.due', dataType: 'DATE' },
  { id: 'F4', fieldKey: 'thing.taste', dataType: 'CHECKBOX' },
  { id: 'F5', fieldKey: 'thing.boxes', dataType: 'TEXTBOX_LIST' },
  { id: 'F6', fieldKey: 'thing.file', dataType: 'FILE_UPLOAD' },
]

// a has everything, b has other things, n has nothing.
const rows = sql`(values
  ('a', 'new york', 'vip', 'U1', true, 5::float8, '2026-03-01T10:00:00Z'::timestamptz, '1990-05-01T00:00:00.000Z', '{hot,new}'::text[]),
  ('b', '100% _pure_\\', 'lead', 'u1', false, -2.5, '2026-03-02T00:00:00Z', '2001-12-31T00:00:00.000Z', '{cold}'),
  ('n', null, null, null, null, null, null, null, '{}')
) as r (key, text, word, owner, flag, num, at, day, list)`
const values = sql`(values
  ('a', 'F1', null, null, null::float8, null::timestamptz), ('a', 'F1', null, 'dark blue', null, null), ('b', 'F1', null, 'red', null, null),
  ('a', 'F2', null, null, 42, null), ('b', 'F2', null, null, 7.5, null),
  ('a', 'F3', null, null, null, '2026-03-01T00:00:00Z'),
  ('a', 'F4', null, 'tea', null, null), ('a', 'F4', null, 'milk', null, null), ('b', 'F4', null, 'tea', null, null),
  ('a', 'F5', 'o1', 'left', null, null), ('b', 'F5', 'o2', 'left', null, null),
  ('b', 'F6', null, null, null, null)
) as v (key, field, option, text, num, at)`
const deals = sql`(values ('a', 's1', 'open'), ('a', 's2', 'won'), ('b', 's1', 'won')) as d (key, stage, status)`

const column = (name: string) => ({ in: 'column' as const, of: sql.ref(`r.${name}`) })
const where = (table: RawBuilder<unknown>, test: RawBuilder<boolean>) => sql<boolean>`exists (select from ${table} where ${test})`
const cells: Cells = {
  fields: {
    ...Object.fromEntries(['key', 'text', 'word', 'owner', 'flag', 'num', 'at'].map((name) => [name, column(name)])),
    day: { ...column('day'), dates: 'iso' },
    list: { in: 'array', of: sql.ref('r.list') },
  },
  custom: ({ id, optionId }, { type }) => {
    const of = sql.ref(type === 'number' ? 'v.num' : type === 'date' ? 'v.at' : 'v.text')
    const box = optionId === undefined ? sql`` : sql` and v.option = ${optionId}`
    return { in: 'rows', of, some: (test) => where(values, sql`v.key = r.key and v.field = ${id}${box} and ${test}`) }
  },
  nested: {
    deals: (inner) => {
      const stage = { in: 'column' as const, of: sql.ref('d.stage') }
      const status = { in: 'column' as const, of: sql.ref('d.status') }
      return where(deals, sql`d.key = r.key and ${compileFilter(inner, { fields: { stage, status } })}`)
    },
  },
}

let database: ClonedDatabase
let db: Kysely<Tables>
beforeAll(async () => {
  database = await cloneDatabase()
  db = openDatabase(await openPool(database.connection, { max: 2, onError: () => {} }))
})
afterAll(async () => {
  await db?.destroy()
  await database?.drop()
})

const found = async (filters: readonly unknown[]) => {
  const condition = compileFilter(checkFilters(filters, language, customFields), cells)
  const { rows: keys } = await sql<{ key: string }>`select r.key from ${rows} where ${condition} order by r.key`.execute(db)
  return keys.map(({ key }) => key).join('')
}
const refusal = (filters: readonly unknown[]): unknown => {
  try {
    checkFilters(filters, language, customFields)
  } catch (error) {
    if (error instanceof WireError && error.status === 422) return error.body.message
    throw error
  }
  return []
}

describe('every operator on every kind of field', () => {
  test.each([
    ['key', 'eq', 'a', 'a'],
    ['key', 'not_eq', 'a', 'bn'],
    ['key', 'eq', ['a', 'n'], 'an'],
    ['owner', 'eq', 'U1', 'a'],
    ['owner', 'not_eq', 'U1', 'bn'],
    ['owner', 'exists', undefined, 'ab'],
    ['owner', 'not_exists', undefined, 'n'],
    ['text', 'eq', 'New York', 'a'],
    ['text', 'eq', ['new-york', 'new york'], 'a'],
    ['text', 'not_eq', 'new york', 'bn'],
    ['text', 'contains', 'W YO', 'a'],
    ['text', 'contains', '0% _', 'b'],
    ['text', 'contains', '_\\', 'b'],
    ['text', 'contains', '%', 'b'],
    ['text', 'contains', 100, 'b'],
    ['text', 'not_contains', 'york', 'bn'],
    ['text', 'exists', '', 'ab'],
    ['text', 'not_exists', null, 'n'],
    ['word', 'eq', 'VIP', 'a'],
    ['word', 'not_eq', ['VIP', 'lead'], 'n'],
    ['word', 'exists', undefined, 'ab'],
    ['word', 'not_exists', undefined, 'n'],
    ['flag', 'eq', true, 'a'],
    ['flag', 'eq', 'false', 'b'],
    ['flag', 'eq', [true, false], 'ab'],
    ['flag', 'not_eq', true, 'bn'],
    ['flag', 'exists', undefined, 'ab'],
    ['flag', 'not_exists', undefined, 'n'],
    ['num', 'eq', 5, 'a'],
    ['num', 'eq', '-2.50', 'b'],
    ['num', 'eq', [5, -2.5], 'ab'],
    ['num', 'not_eq', 5, 'bn'],
    ['num', 'range', { gte: -2.5, lt: 5 }, 'b'],
    ['num', 'range', { gt: '-2.5' }, 'a'],
    ['num', 'range', { lte: 1e308 }, 'ab'],
    ['num', 'exists', undefined, 'ab'],
    ['num', 'not_exists', undefined, 'n'],
    ['at', 'range', { gte: '2026-03-01', lte: '2026-03-01' }, 'a'],
    ['at', 'range', { gt: '2026-03-01' }, 'b'],
    ['at', 'range', { lt: '2026-03-02' }, 'a'],
    ['at', 'range', { gte: '2026-03-02T00:00:00.000Z' }, 'b'],
    ['at', 'range', { lte: '2026-03-01T11:00:00+01:00' }, 'a'],
    ['at', 'range', { lt: '2026-03-01T10:00' }, ''],
    ['at', 'range', { gte: Date.UTC(2026, 2, 1), lte: Date.UTC(2026, 2, 2) }, 'ab'],
    ['at', 'exists', undefined, 'ab'],
    ['at', 'not_exists', undefined, 'n'],
    ['day', 'range', { gte: '1990-05-01', lte: '1990-05-01' }, 'a'],
    ['day', 'range', { gt: '1990-05-01' }, 'b'],
    ['day', 'exists', undefined, 'ab'],
    ['day', 'not_exists', undefined, 'n'],
    ['list', 'eq', 'HOT', 'a'],
    ['list', 'eq', ['hot', 'cold'], 'ab'],
    ['list', 'not_eq', 'hot', 'bn'],
    ['list', 'contains', 'ol', 'b'],
    ['list', 'not_contains', 'ol', 'an'],
    ['list', 'contains', ['ol', 'HO'], 'ab'],
    ['list', 'not_contains', ['ol', 'ho'], 'n'],
    ['list', 'exists', undefined, 'ab'],
    ['list', 'not_exists', undefined, 'n'],
    ['customFields.F1', 'eq', 'Dark Blue', 'a'],
    ['customFields.colour', 'eq', 'red', 'b'],
    ['customFields.F1', 'not_eq', 'red', 'an'],
    ['customFields.F1', 'contains', 'blu', 'a'],
    ['customFields.F1', 'not_contains', 'blu', 'bn'],
    ['customFields.F1', 'exists', undefined, 'ab'],
    ['customFields.F1', 'not_exists', undefined, 'n'],
    ['customFields.F2', 'eq', 7.5, 'b'],
    ['customFields.F2', 'not_eq', 42, 'bn'],
    ['customFields.F2', 'range', { gt: 7.5 }, 'a'],
    ['customFields.F2', 'exists', undefined, 'ab'],
    ['customFields.F2', 'not_exists', undefined, 'n'],
    ['customFields.F3', 'range', { lte: '2026-03-01' }, 'a'],
    ['customFields.F3', 'exists', undefined, 'a'],
    ['customFields.F3', 'not_exists', undefined, 'bn'],
    ['customFields.F4', 'eq', 'Milk', 'a'],
    ['customFields.F4', 'eq', ['milk', 'tea'], 'ab'],
    ['customFields.F4', 'not_eq', 'milk', 'bn'],
    ['customFields.F4', 'exists', undefined, 'ab'],
    ['customFields.F4', 'not_exists', undefined, 'n'],
    ['customFields.F5.o1', 'eq', 'left', 'a'],
    ['customFields.F5', 'contains', 'ef', 'ab'],
    ['customFields.F5.o2', 'not_exists', undefined, 'an'],
    ['customFields.F6', 'exists', undefined, 'b'],
    ['customFields.F6', 'not_exists', undefined, 'an'],
    ['deals', 'nested', [{ field: 'stage', operator: 'eq', value: 's1' }], 'ab'],
    [
      'deals',
      'nested',
      [
        { field: 'stage', operator: 'eq', value: 's1' },
        { field: 'status', operator: 'eq', value: 'won' },
      ],
      'b',
    ],
    ['deals', 'nested', [{ field: 'status', operator: 'not_eq', value: 'won' }], 'a'],
    ['deals', 'nested', [{ group: 'OR', filters: [{ field: 'stage', operator: 'exists' }] }], 'ab'],
    ['none', 'nested', [{ field: 'stage', operator: 'exists' }], ''],
  ])('%s %s %j finds %j', async (field, operator, value, keys) => {
    expect(await found([{ field, operator, ...(value === undefined ? {} : { value }) }])).toBe(keys)
  })
})

describe('groups', () => {
  const is = (key: string) => ({ field: 'key', operator: 'eq', value: key })
  test('several filters all hold, none finds everything', async () => {
    expect(await found([])).toBe('abn')
    expect(await found([is('a'), is('b')])).toBe('')
  })
  test('nest in either kind', async () => {
    const either = { group: 'OR', filters: [is('a'), { group: 'AND', filters: [is('b'), { field: 'num', operator: 'exists' }] }] }
    expect(await found([either])).toBe('ab')
    expect(await found([{ group: 'AND', filters: [either, { field: 'flag', operator: 'eq', value: false }] }])).toBe('b')
  })
})

describe('cut apart', () => {
  const is = (field: string, value: unknown) => ({ field, operator: 'eq', value })
  const has = (field: string, operator = 'exists') => ({ field, operator })
  const parts = async (...filters: readonly unknown[]) => {
    const tests = compileApart(checkFilters(filters, language, customFields), cells) ?? []
    const keys = tests.map((test) => sql<{ key: string }>`select r.key from ${rows} where ${test} order by r.key`.execute(db))
    return (await Promise.all(keys)).map((each) => each.rows.map(({ key }) => key).join(''))
  }
  test('a record is in one part, the first whose condition it meets, and nobody is lost who lacks a value', async () => {
    expect(await parts({ group: 'OR', filters: [is('flag', true), has('num'), has('text', 'not_exists')] })).toEqual([
      'a',
      'b',
      'n',
    ])
  })
  test('what stands beside the choice holds in every part, other choices too', async () => {
    const choice = { group: 'OR', filters: [has('text'), has('text', 'not_exists')] }
    expect(await parts(choice, has('num', 'not_exists'))).toEqual(['', 'n'])
    expect(await parts({ group: 'AND', filters: [choice, { group: 'OR', filters: [is('key', 'b'), is('key', 'n')] }] })).toEqual([
      'b',
      'n',
    ])
  })
  test('nothing is cut where there is no choice, or one too long', () => {
    const cut = (...filters: readonly unknown[]) => compileApart(checkFilters(filters, language, customFields), cells)
    expect(cut(is('key', 'a'), { group: 'OR', filters: [is('key', 'b')] })).toBeUndefined()
    expect(cut({ group: 'OR', filters: Array(9).fill(is('key', 'a')) })).toBeUndefined()
  })
})

const others = 'use key, text, word, owner, flag, num, at, day, list, deals, none or customFields.<id>'

describe('a filter that is not sound is refused by its path, its operator and its field', () => {
  test.each([
    [{ field: 'nose', operator: 'eq', value: 'x' }, `filters.0.field "nose" cannot be searched by; ${others}`],
    [{ field: '__proto__', operator: 'eq', value: 'x' }, `filters.0.field "__proto__" cannot be searched by; ${others}`],
    [
      { field: 'customFields.gone', operator: 'exists' },
      'filters.0.field "customFields.gone" cannot be searched by; no custom field of this location has that id or key',
    ],
    [
      { field: 'customFields.F1.o1', operator: 'exists' },
      'filters.0.field "customFields.F1.o1" cannot be searched by; no custom field of this location has that id or key',
    ],
    [{ field: 7, operator: 'eq' }, 'filters.0.field must be a string'],
    [
      { field: 'word', operator: 'contains', value: 'x' },
      'filters.0.operator "contains" cannot be used with word; use eq, not_eq, exists or not_exists',
    ],
    [
      { field: 'at', operator: 'eq', value: 'x' },
      'filters.0.operator "eq" cannot be used with at; use range, exists or not_exists',
    ],
    [{ field: 'key', value: 'x' }, 'filters.0.operator undefined cannot be used with key; use eq or not_eq'],
    [{ field: 'text', operator: 'eq' }, 'filters.0.value must be a string (text eq)'],
    [{ field: 'text', operator: 'eq', value: null }, 'filters.0.value must be a string (text eq)'],
    [{ field: 'text', operator: 'eq', value: {} }, 'filters.0.value must be a string (text eq)'],
    [{ field: 'text', operator: 'eq', value: [] }, 'filters.0.value should not be empty (text eq)'],
    [{ field: 'text', operator: 'eq', value: ['x', ['y']] }, 'filters.0.value must be a string (text eq)'],
    [{ field: 'text', operator: 'contains', value: '  ' }, 'filters.0.value should not be empty (text contains)'],
    [{ field: 'text', operator: 'contains', value: ['x', {}] }, 'filters.0.value must be a string (text contains)'],
    [{ field: 'text', operator: 'contains', value: [] }, 'filters.0.value should not be empty (text contains)'],
    [
      { field: 'text', operator: 'contains', value: Array(101).fill('x') },
      'filters must contain no more than 100 conditions and groups',
    ],
    [
      { field: 'text', operator: 'contains', value: 'x'.repeat(76) },
      'filters.0.value must be shorter than or equal to 75 characters (text contains)',
    ],
    [
      { field: 'text', operator: 'eq', value: Array(101).fill('x') },
      'filters.0.value must contain no more than 100 elements (text eq)',
    ],
    [{ field: 'flag', operator: 'eq', value: 'yes' }, 'filters.0.value must be a boolean value (flag eq)'],
    [
      { field: 'num', operator: 'eq', value: 'many' },
      'filters.0.value must be a number conforming to the specified constraints (num eq)',
    ],
    [{ field: 'num', operator: 'range', value: 5 }, 'filters.0.value must be an object with gte, lte, gt or lt (num range)'],
    [{ field: 'num', operator: 'range', value: {} }, 'filters.0.value must have gte, lte, gt or lt (num range)'],
    [{ field: 'num', operator: 'range', value: { gte: 'x' } }, 'filters.0.value.gte must be a number (num range)'],
    [
      { field: 'num', operator: 'range', value: { from: 1 } },
      'filters.0.value takes gte, lte, gt and lt, not "from" (num range)',
    ],
    [
      { field: 'at', operator: 'range', value: { lte: 'soon' } },
      'filters.0.value.lte must be a valid ISO 8601 date string or milliseconds (at range)',
    ],
    [
      { field: 'at', operator: 'range', value: { lte: 9e15 } },
      'filters.0.value.lte must be a valid ISO 8601 date string or milliseconds (at range)',
    ],
    [
      { field: 'at', operator: 'range', value: { lte: '2026-13-41' } },
      'filters.0.value.lte must be a valid ISO 8601 date string or milliseconds (at range)',
    ],
    [{ field: 'key', operator: 'eq', value: 'x', not: true }, 'property filters.0.not should not exist'],
    [{ group: 'XOR', filters: [] }, 'filters.0.group must be AND or OR'],
    [{ group: 'AND' }, 'filters.0.filters must be an array'],
    [{ group: 'AND', filters: [] }, 'filters.0.filters should not be empty'],
    [{ group: 'OR', filters: ['x'] }, 'filters.0.filters.0 must be an object'],
    [{ field: 'deals', operator: 'nested', value: {} }, 'filters.0.value must be an array of filters (deals nested)'],
    [
      { field: 'deals', operator: 'nested', value: [{ field: 'key', operator: 'eq' }] },
      'filters.0.value.0.field "key" cannot be searched by; use stage or status',
    ],
    [null, 'filters.0 must be an object'],
  ])('%j', (filter, sentence) => expect(refusal([filter])).toEqual([sentence]))

  test('all violations are told at once', () => {
    expect(
      refusal([
        { field: 'x', operator: 'eq' },
        { field: 'flag', operator: 'eq', value: 1 },
      ]),
    ).toHaveLength(2)
  })

  test('five groups deep and a hundred conditions are the limit, also inside nested ones', () => {
    const deep = (groups: number): object =>
      groups === 0 ? { field: 'key', operator: 'eq', value: 'a' } : { group: 'AND', filters: [deep(groups - 1)] }
    expect(refusal([deep(5)])).toEqual([])
    expect(refusal([deep(6)])).toEqual([
      'filters.0.filters.0.filters.0.filters.0.filters.0.filters.0.group stands deeper than 5 groups',
    ])
    expect(refusal(Array(100).fill(deep(0)))).toEqual([])
    expect(refusal(Array(20_000).fill(deep(0)))).toEqual(['filters must contain no more than 100 conditions and groups'])
    const nested = { field: 'deals', operator: 'nested', value: Array(60).fill({ field: 'stage', operator: 'exists' }) }
    expect(refusal([nested, nested])).toHaveLength(1)
  })
})
