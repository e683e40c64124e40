import { apiModule, GET, POST, type Reach, t } from '@groundlevel/contract-kit'
import { allOperations } from '@groundlevel/contracts'
import { expect, test } from 'vitest'

const made = (reaches: Reach | undefined, path = '/:id', rowReaches?: Reach) => {
  const module = apiModule({ name: 'things', scope: 'things', ...(reaches === undefined ? {} : { reaches }) })
  const row = { id: 'x', reply: t.Object({}), ...(rowReaches === undefined ? {} : { reaches: rowReaches }) }
  return module.resource('thing', '/things', { get: GET(path, row) }).get
}

test('a row with a token that does not say what it reaches of contacts is not made', () => {
  expect(() => made(undefined)).toThrow('things.thing.get: an operation says what it reaches')
  expect(made('none').reaches).toBe('none')
  expect(made(undefined, '/:id', 'all').reaches).toBe('all')
})

test('a module’s word does not cover a row that names a contact', () => {
  expect(() => made('none', '/of/:contactId')).toThrow('says what it reaches')
  const body = t.Object({ contactIds: t.Array(t.String()) })
  const module = apiModule({ name: 'things', scope: 'things', reaches: 'none' })
  const add = POST('', { id: 'x', body, reply: t.Object({}) })
  expect(() => module.resource('thing', '/things', { add })).toThrow('says what it reaches')
  expect(module.resource('thing', '/things', { add }, { reaches: 'narrowed' }).add.reaches).toBe('narrowed')
})

/** Those within a field too, as `field.name`. */
const fieldsOf = (shape: unknown): string[] =>
  Object.entries((shape as { properties?: object } | undefined)?.properties ?? {}).flatMap(([name, field]) => [
    name,
    ...fieldsOf(field).map((inner) => `${name}.${inner}`),
  ])

test('what rows say that they name is in their path, query or body', () => {
  const absent = allOperations.flatMap(({ key, path, query, body, reaches }) => {
    const names = typeof reaches === 'string' ? [] : Object.values(reaches).flat()
    const there = [...[...path.matchAll(/:(\w+)/g)].map(([, name]) => name), ...fieldsOf(query), ...fieldsOf(body)]
    return names.filter((name) => !there.includes(name)).map((name) => `${key}: ${name}`)
  })
  expect(absent).toEqual([])
})
