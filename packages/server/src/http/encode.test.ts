import { Json } from '@groundlevel/contract-kit'
import { expect, test } from 'vitest'
import { encode } from './encode.js'

const rows = new Json(JSON.stringify(Array.from({ length: 500 }, (_, at) => ({ id: at, name: 'Zürich' }))))

test.each([
  ['alone', { rows }],
  ['between other members', { before: 'a "quoted" one', rows, after: [1, null], left: undefined }],
])('a long list %s goes out as JSON.stringify would write it, and begins as the log is told', (_where, reply) => {
  const { text, bytes, start = '' } = encode(reply, 't')
  expect(JSON.parse(text)).toEqual({ ...reply, rows: rows.value, traceId: 't' })
  expect(bytes?.toString()).toBe(text)
  expect(text.startsWith(start)).toBe(true)
  expect(start.length).toBeGreaterThan(4096)
})

test('a short reply is one text', () => {
  expect(encode({ value: 'x' }, 't')).toEqual({ text: '{"value":"x","traceId":"t"}' })
})
