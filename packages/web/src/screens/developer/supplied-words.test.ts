import { expect, test } from 'vitest'
import { actionBody, draftOf, headersFrom, optionsFrom, sampleFrom, textOfHeaders, textOfOptions } from './supplied-words.js'

test('options and headers are lines, and come back as they were written', () => {
  const options = optionsFrom('Small = s\n\n Large ')
  expect(options).toEqual([
    { label: 'Small', value: 's' },
    { label: 'Large', value: 'Large' },
  ])
  expect(textOfOptions(options)).toBe('Small = s\nLarge')
  const headers = headersFrom('x-key: a:b\nbare')
  expect(headers).toEqual({ 'x-key': 'a:b', bare: '' })
  expect(headersFrom(textOfHeaders(headers))).toEqual(headers)
})

test('a sample is a JSON object or nothing', () => {
  expect([sampleFrom(' '), sampleFrom('{"a":1}'), sampleFrom('[1]'), sampleFrom('{')]).toEqual([
    {},
    { a: 1 },
    undefined,
    undefined,
  ])
})

test('fields of branches go with the branches', () => {
  const field = { key: 'least', label: 'At least', type: 'numerical' } as const
  const draft = { ...draftOf(), name: 'Score', address: ' https://a.example ', branchFields: [field] }
  expect(actionBody(draft)).toMatchObject({ url: 'https://a.example', branchFields: [] })
  expect(actionBody({ ...draft, branching: true }).branchFields).toEqual([field])
})
