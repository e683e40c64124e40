import { expect, test } from 'vitest'
import { contactTargets, firstRecords, guessMapping } from './csv-head.js'

test('the first records are read with their quotes, whatever divides them', () => {
  expect(firstRecords('\uFEFFFirst name,"Last ""nick"" name","a\nb"\r\nAda,x,y\r\nnot,read,any', 2)).toEqual([
    ['First name', 'Last "nick" name', 'a\nb'],
    ['Ada', 'x', 'y'],
  ])
  expect(firstRecords('a;"b,c";d\n1;2', 3)).toEqual([
    ['a', 'b,c', 'd'],
    ['1', '2'],
  ])
  expect(firstRecords('', 1)).toEqual([])
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
