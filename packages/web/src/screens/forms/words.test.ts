import { expect, test } from 'vitest'
import { keyOf } from './words.js'

test('a question becomes a key that no other question has', () => {
  expect(keyOf('How many boats?', [])).toBe('how_many_boats')
  expect(keyOf('How many boats?', ['how_many_boats', 'how_many_boats_2'])).toBe('how_many_boats_3')
  expect(keyOf('Größe', [])).toBe('gro_e')
  expect(keyOf('¿?', [])).toBe('question')
})
