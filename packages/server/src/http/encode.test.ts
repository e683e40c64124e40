import { expect, test } from 'vitest'
import { encode } from './encode.js'

const long = 'contacts.readonly contacts.write '.repeat(60)
const traced = (value: string) => JSON.stringify({ value, traceId: 't' })

test.each([
  ['with nothing to escape', long],
  ['with a quote at its end', `${long}"`],
  ['with a backslash', `${long}\\`],
  ['with a line end', `${long}\n`],
  ['with letters beyond ASCII', `${long}é…`],
  ['with half a surrogate pair', `${long}\ud800`],
])('a long text %s is written as JSON.stringify writes it', (_what, value) => {
  expect(encode({ value }, 't').text).toBe(traced(value))
})
