import { expect, test } from 'vitest'
import {
  type Condition,
  conditionsIn,
  contactFields,
  filterOf,
  filtersOf,
  readConditions,
  wordsOf,
  writeConditions,
} from './filter-nodes.js'

const tag: Condition = { field: 'tags', operator: 'eq', value: 'vip' }
const added: Condition = { field: 'dateAdded', operator: 'range', value: { gte: '2026-01-01T00:00:00.000Z' } }
const words = (condition: Condition) =>
  wordsOf(
    condition,
    contactFields.find(({ id }) => id === condition.field),
    (id) => (id === 'u1' ? 'Uma Ray' : id),
  )

test('conditions survive the address, and rubbish in it is nothing', () => {
  expect(readConditions(writeConditions([tag, added]))).toEqual([tag, added])
  for (const rubbish of ['', '{', '{}', '[1,null,"x"]']) expect(readConditions(rubbish)).toEqual([])
})

test('any of several conditions is one OR group, and comes back from a stored view', () => {
  expect(filtersOf([tag, added], false)).toEqual([tag, added])
  expect(filtersOf([tag, added], true)).toEqual([{ group: 'OR', filters: [tag, added] }])
  expect(conditionsIn(filtersOf([tag, added], true))).toEqual({ conditions: [tag, added], any: true })
  expect(conditionsIn([{ ...tag }])).toEqual({ conditions: [tag], any: false })
})

test('a chip says its condition in plain words', () => {
  expect(words(tag)).toBe('Tag is vip')
  expect(words(added)).toBe('Added from 2026-01-01')
  expect(words({ field: 'assignedTo', operator: 'eq', value: 'u1' })).toBe('Assigned to is Uma Ray')
  expect(words({ field: 'dnd', operator: 'eq', value: false })).toBe('Do not disturb: no')
  expect(words({ field: 'city', operator: 'not_exists' })).toBe('City is empty')
})

test('custom fields filter by their type, files not at all', () => {
  const of = (dataType: string) => filterOf({ id: 'f1', name: 'Budget', dataType })?.kind
  expect([of('TEXT'), of('MONETORY'), of('DATE'), of('CHECKBOX'), of('FILE_UPLOAD')]).toEqual([
    'text',
    'number',
    'date',
    'choice',
    undefined,
  ])
})
