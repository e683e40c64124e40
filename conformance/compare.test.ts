import { describe, expect, test } from 'vitest'
import { judge, parseAllowances } from './allowed.js'
import { compare, shapes } from './compare.js'
import { type OpenApi, operationsOf } from './document.js'
import { type JsonSchema, read } from './shape.js'

const shape = (schema: JsonSchema) => read(schema, () => undefined)
const differ = (direction: 'in' | 'out', official: JsonSchema, ours: JsonSchema) =>
  shapes('x', shape(official), shape(ours), direction)

const object = (properties: Record<string, JsonSchema>, required: string[] = []): JsonSchema => ({
  type: 'object',
  properties,
  required,
})
const text: JsonSchema = { type: 'string' }
const number: JsonSchema = { type: 'number' }

describe('what a caller reads', () => {
  const cases: [string, JsonSchema, JsonSchema, string[]][] = [
    ['the same', object({ a: text }, ['a']), object({ a: text }, ['a']), []],
    ['a documented field that is not there', object({ a: text, b: text }), object({ a: text }), ['x.b absent']],
    ['a field more', object({ a: text }), object({ a: text, b: text }), ['x.b added']],
    ['another type', object({ a: text }), object({ a: number }), ['x.a is number, documented string']],
    ['a field that may be missing', object({ a: text }, ['a']), object({ a: text }), ['x.a optional, documented otherwise']],
    ['a field that is always there', object({ a: text }), object({ a: text }, ['a']), []],
    ['null for an empty cell', object({ a: text }), object({ a: { anyOf: [text, { type: 'null' }] } }), []],
    [
      'a list of something else',
      { type: 'array', items: text },
      { type: 'array', items: number },
      ['x[] is number, documented string'],
    ],
    ['a value that nobody knows', { type: 'string', enum: ['a'] }, { type: 'string', enum: ['a', 'z'] }, ['x may be z']],
    ['one of the documented alternatives', { oneOf: [text, number] }, text, []],
    ['an alternative more', text, { anyOf: [text, number] }, ['x is string or number, documented string']],
    ['anything', object({ a: object({ b: text }) }), object({ a: {} }), ['x.a of any shape, documented object']],
    ['an object of which the document knows nothing', { type: 'object' }, object({ a: text }), []],
  ]
  test.each(cases)('%s', (_title, official, ours, found) => {
    expect(differ('out', official, ours)).toEqual(found)
  })
})

describe('what a caller sends', () => {
  const cases: [string, JsonSchema, JsonSchema, string[]][] = [
    ['a documented field that is refused', object({ a: text, b: text }), object({ a: text }), ['x.b absent']],
    ['a field that is demanded', object({ a: text }), object({ a: text }, ['a']), ['x.a required, documented otherwise']],
    ['a field that is not demanded', object({ a: text }, ['a']), object({ a: text }), []],
    [
      'a field of ours that is demanded',
      object({ a: text }),
      object({ a: text, b: text }, ['b']),
      ['x.b added', 'x.b required, documented nowhere'],
    ],
    ['a value that is refused', { type: 'string', enum: ['a', 'b'] }, { type: 'string', enum: ['a'] }, ['x lacks b']],
    ['a value more', { type: 'string', enum: ['a'] }, { type: 'string', enum: ['a', 'b'] }, []],
    ['an alternative that is refused', { oneOf: [text, number] }, text, ['x is string, documented string or number']],
  ]
  test.each(cases)('%s', (_title, official, ours, found) => {
    expect(differ('in', official, ours)).toEqual(found)
  })
})

describe('two documents', () => {
  const document = (path: string, scheme: string, scope: string, status: string): OpenApi => ({
    paths: {
      [path]: { get: { security: [{ [scheme]: [scope] }], responses: { [status]: {} } } },
    },
  })
  const one = (...row: Parameters<typeof document>) => {
    const [operation] = operationsOf('m', document(...row), () => undefined)
    if (!operation) throw new Error('no operation')
    return operation
  }

  test('the names of schemes mean the same callers', () => {
    expect(compare(one('/a/{id}', 'bearer', 's', '200'), one('/a/{id}', 'location', 's', '200'))).toEqual([])
  })

  test('status, scope, callers and the names in the path are compared', () => {
    const found = compare(one('/a/{id}', 'bearer', 's', '200'), one('/a/{aId}', 'agency', 't', '201'))
    expect(found.map(({ what }) => what)).toEqual([
      'path names aId, documented id',
      'status 201, documented 200',
      'scope t, documented s',
      'callers agency, documented location',
    ])
  })
})

describe('differences.tsv', () => {
  const rows = parseAllowances('operation\twhat\tbecause\nGET /a/*\treply.* absent\tlive\n* /b\tstatus *\tlive too\n')

  test('a row gives its reason to what it names, and to nothing else', () => {
    const { judged } = judge(
      [
        { operation: 'GET /a/{id}', what: 'reply.x absent' },
        { operation: 'GET /c', what: 'reply.x absent' },
      ],
      rows,
    )
    expect(judged.map(({ because }) => because)).toEqual(['live', undefined])
  })

  test('a row that nothing asks for is reported', () => {
    const { unused } = judge([{ operation: 'GET /a/1', what: 'reply.x absent' }], rows)
    expect(unused.map(({ operation }) => operation)).toEqual(['* /b'])
  })

  test('a row without a reason is refused', () => {
    expect(() => parseAllowances('operation\twhat\tbecause\nGET /a\tstatus 1\t\n')).toThrow('GET /a')
  })
})
