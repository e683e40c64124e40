import { readFileSync } from 'node:fs'
import { dataTypes } from '@groundlevel/contracts'
import { expect, test } from 'vitest'
import { contactLanguage, contactSorts } from '../contacts/search.rules.js'
import { opportunityLanguage, opportunitySorts } from '../opportunities/search.rules.js'
import { customRuleOf, type FieldRules } from './language.rules.js'
import type { SortRules } from './sort.rules.js'

const guide = readFileSync(new URL('../../../../../docs/guides/searching.md', import.meta.url), 'utf8')
const section = (title: string) => guide.split('\n## ').find((each) => each.startsWith(`${title}\n`)) ?? ''
const words = (text = '') => [...text.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word)

/** `| names | operators |`, row by row, as a map from each name to its operators. */
const told = (title: string) =>
  Object.fromEntries(
    section(title)
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .flatMap((line) => {
        const [, names, operators] = line.split('|')
        return words(names).map((name) => [name, words(operators).sort()])
      }),
  )
const known = (fields: FieldRules) =>
  Object.fromEntries(Object.entries(fields).map(([name, { operators }]) => [name, [...operators].sort()]))
const sorts = (title: string) => words(/^Sorted by.*$/m.exec(section(title))?.[0])

test.each<[string, FieldRules, SortRules]>([
  ['Contacts', contactLanguage.fields, contactSorts],
  ['Opportunities', opportunityLanguage.fields, opportunitySorts],
])('the guide names every field of %s with its operators, and every order', (title, fields, rules) => {
  expect(told(title)).toEqual(known(fields))
  expect(sorts(title).sort()).toEqual(Object.keys(rules).sort())
})

test('the guide names what custom fields can be asked, by their type', () => {
  const rows = told('Custom fields')
  expect(Object.keys(rows).sort()).toEqual([...dataTypes].sort())
  for (const [dataType, operators] of Object.entries(rows))
    expect(operators).toEqual([...customRuleOf(dataType).operators].sort())
})
