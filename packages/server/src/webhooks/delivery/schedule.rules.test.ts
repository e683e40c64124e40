import { describe, expect, test } from 'vitest'
import { pauseAfterMs, pausesMs, retryAfterMs } from './schedule.rules.js'

const now = new Date('2026-11-22T00:00:00.000Z')
const hour = 3_600_000

test('the schedule is twelve tries over 2.95 days', () => {
  expect(pausesMs).toHaveLength(11)
  expect(pausesMs.reduce((sum, each) => sum + each, 0) / (24 * hour)).toBeCloseTo(2.95, 2)
})

test('each pause lies within 20 % of its step, and there is none after the twelfth try', () => {
  for (const [at, step] of pausesMs.entries()) {
    expect(pauseAfterMs(at + 1, 0)).toBe(Math.round(step * 0.8))
    expect(pauseAfterMs(at + 1, 0.999999)).toBeLessThanOrEqual(step * 1.2)
  }
  expect(pauseAfterMs(12, 0.5)).toBeUndefined()
})

describe('Retry-After', () => {
  test.each([
    ['120', 120_000],
    ['0', 0],
    ['Sun, 22 Nov 2026 00:05:00 GMT', 300_000],
    ['Sat, 21 Nov 2026 00:05:00 GMT', undefined],
    ['-5', undefined],
    ['1e9', undefined],
    ['soon', undefined],
    ['2026-11-22', undefined],
    ['', undefined],
  ])('%j is understood as %s', (header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected)
  })

  test('never shortens a pause, and lengthens it by an hour or twice the step at most', () => {
    expect(pauseAfterMs(4, 0.5, 1_000)).toBe(600_000)
    expect(pauseAfterMs(1, 0.5, 120_000)).toBe(120_000)
    expect(pauseAfterMs(1, 0.5, 1e12)).toBe(hour)
    expect(pauseAfterMs(7, 0.5, 1e12)).toBe(6 * hour)
  })
})
