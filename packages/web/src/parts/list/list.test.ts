import { expect, test } from 'vitest'
import { pick } from './columns.js'
import { countOf } from './count.js'
import { csvOf } from './csv.js'

const column = (id: string, more: object = {}) => ({ id, label: id, cell: () => null, ...more })

test('a count beyond what was counted says about, and rounds', () => {
  expect(countOf(1, 'contact')).toBe('1 contact')
  expect(countOf(10_000, 'contact')).toBe('10,000 contacts')
  expect(countOf(123_456, 'contact')).toBe('about 120,000 contacts')
  expect(countOf(123_456, 'contact', { counted: true })).toBe('123,456 contacts')
  expect(countOf(2, 'business', { plural: 'businesses' })).toBe('2 businesses')
})

test('the naming column leads, unknown ones are left out, the others come as chosen', () => {
  const columns = [column('name', { names: true }), column('email'), column('phone')]
  expect(pick(columns, ['phone', 'gone', 'email', 'name']).map(({ id }) => id)).toEqual(['name', 'phone', 'email'])
})

test('a file quotes what needs it, and no spreadsheet takes a cell for a formula', () => {
  const columns = [column('a', { text: (row: string) => row }), column('not exported')]
  expect(csvOf(columns, ['x', 'say "hi", you', '=1+1', '@cmd', '+1 555 0100', '-3.5', '+cmd|x'])).toBe(
    'a\r\nx\r\n"say ""hi"", you"\r\n\'=1+1\r\n\'@cmd\r\n+1 555 0100\r\n-3.5\r\n\'+cmd|x\r\n',
  )
})
