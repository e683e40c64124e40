import { expect, test } from 'vitest'
import { segmentsOf } from './template-words.js'

test('an SMS of the GSM alphabet is one message to 160 characters, then parts of 153', () => {
  expect([segmentsOf('').segments, segmentsOf('a'.repeat(160)).segments, segmentsOf('a'.repeat(161)).segments]).toEqual([0, 1, 2])
  expect(segmentsOf('a'.repeat(307)).segments).toBe(3)
})

test('one character beyond the alphabet halves what fits', () => {
  expect([segmentsOf(`ы${'a'.repeat(69)}`).segments, segmentsOf(`ы${'a'.repeat(70)}`).segments]).toEqual([1, 2])
})

test('brackets and the euro sign count twice', () => {
  expect(segmentsOf('[€]').characters).toBe(6)
})
