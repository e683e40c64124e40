import { expect, test } from 'vitest'
import { fieldsIn, parse, renderParsed } from './engine.js'

const name = '{{contact.name}}'

test('a text of very many fields is refused before it keeps the server busy', () => {
  expect(() => parse('body', name.repeat(1001), 'text')).toThrow(expect.objectContaining({ status: 422 }))
  expect(() => parse('body', '{%'.repeat(1_000_000), 'text')).toThrow(expect.objectContaining({ status: 422 }))
})

test('the fields of a long text are found without counting to each, and places of mistakes are still told', async () => {
  const parsed = parse('body', `${'x'.repeat(1_900_000)}${name.repeat(1000)}`, 'text')
  const began = performance.now()
  expect(fieldsIn(parsed)).toEqual([['contact', 'name']])
  expect(performance.now() - began).toBeLessThan(1500)
  expect(await renderParsed(parse('body', `a ${name}`, 'text'), { contact: { name: 'Ann' } })).toBe('a Ann')
  expect(() => parse('body', 'first\n{{ contact.name', 'text')).toThrow(/line:2, col:1/)
})
