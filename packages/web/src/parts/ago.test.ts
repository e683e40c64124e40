import { expect, it } from 'vitest'
import { ago } from './ago.js'

it.each([
  [-3_000, 'just now'],
  [-42_000, '42 seconds ago'],
  [-119_000, '1 minute ago'],
  [-86_400_000, 'yesterday'],
  [7_200_000, 'in 2 hours'],
])('%i ms from now reads %s', (offsetMs, words) => {
  expect(ago(1_000_000_000_000 + offsetMs, 1_000_000_000_000)).toBe(words)
})
