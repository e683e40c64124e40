import { expect, test } from 'vitest'
import { storableText } from './storable-text.js'

test('text is cut to what the database holds, without NUL and halves of characters', () => {
  expect(storableText('a\u0000b\ud800c 😀')).toBe('abc 😀')
  expect(storableText('ab😀', 3)).toBe('ab')
  expect(storableText('abc', 2)).toBe('ab')
})
