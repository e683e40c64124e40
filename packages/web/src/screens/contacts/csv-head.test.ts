import { expect, test } from 'vitest'
import { contactTargets, firstRecord, guessMapping } from './csv-head.js'

test('the first record is read with its quotes, whatever divides it', () => {
  expect(firstRecord('\uFEFFFirst name,"Last ""nick"" name","a\nb"\r\nAda,x,y')).toEqual([
    'First name',
    'Last "nick" name',
    'a\nb',
  ])
  expect(firstRecord('a;b\n1;2')).toEqual(['a', 'b'])
  expect(firstRecord('')).toEqual([])
})

test('columns go where their names say, each field once, unknown ones nowhere', () => {
  const targets = [...contactTargets, { id: 'f1', label: 'Budget' }]
  expect(guessMapping(['First Name', 'E-Mail', 'Mail', 'budget', 'shoe size', 'ZIP'], targets)).toEqual({
    'First Name': 'firstName',
    'E-Mail': 'email',
    Mail: '',
    budget: 'f1',
    'shoe size': '',
    ZIP: 'postalCode',
  })
})
