import { expect, test } from 'vitest'
import { shownRows } from './local-rows.js'

interface Row {
  readonly name: string
  readonly key: string
}
const rows: Row[] = [
  { name: 'Plan 10', key: 'a' },
  { name: 'plan 9', key: 'b' },
  { name: 'Office', key: 'c' },
]
const columns = [{ id: 'name', label: 'Name', sort: 'name', cell: ({ name }: Row) => name, text: ({ name }: Row) => name }]
const words = ({ name, key }: Row) => `${name} ${key}`

test('every searched word has to be there, in any order and case', () => {
  expect(shownRows(rows, columns, { query: 'B plan', sort: undefined }, words).map(({ key }) => key)).toEqual(['b'])
})

test('rows are sorted as people count, whatever the case', () => {
  const by = (direction: 'asc' | 'desc') =>
    shownRows(rows, columns, { query: '', sort: { by: 'name', direction } }, words).map(({ key }) => key)
  expect([by('asc'), by('desc')]).toEqual([
    ['c', 'b', 'a'],
    ['a', 'b', 'c'],
  ])
})

test('a column that cannot be sorted by leaves the order of the server', () => {
  const shown = shownRows(rows, columns, { query: '', sort: { by: 'nothing', direction: 'asc' } }, words)
  expect(shown).toEqual(rows)
})
