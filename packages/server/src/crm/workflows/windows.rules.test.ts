import { expect, test } from 'vitest'
import { opening } from './windows.rules.js'

const zone = 'America/New_York'
const open = (window: object, at: string) => opening(window, new Date(at), zone).toISOString()

test.each([
  ['open now', { days: ['mon'], from: '09:00', to: '17:00' }, '2026-03-02T15:00:00Z', '2026-03-02T15:00:00.000Z'],
  ['later today', { from: '09:00', to: '17:00' }, '2026-03-02T12:00:00Z', '2026-03-02T14:00:00.000Z'],
  ['closed at its end', { from: '09:00', to: '17:00' }, '2026-03-02T22:00:00Z', '2026-03-03T14:00:00.000Z'],
  ['next week', { days: ['mon'], from: '09:00', to: '17:00' }, '2026-03-02T22:00:00Z', '2026-03-09T13:00:00.000Z'],
  [
    'over midnight, of the day before',
    { days: ['mon'], from: '22:00', to: '02:00' },
    '2026-03-03T06:00:00Z',
    '2026-03-03T06:00:00.000Z',
  ],
  [
    'over midnight, not of this day',
    { days: ['tue'], from: '22:00', to: '02:00' },
    '2026-03-03T06:00:00Z',
    '2026-03-04T03:00:00.000Z',
  ],
  ['days alone', { days: ['tue'] }, '2026-03-02T12:00:00Z', '2026-03-03T05:00:00.000Z'],
  [
    'an hour that a spring leaves out',
    { days: ['sun'], from: '02:00', to: '03:00' },
    '2026-03-08T05:30:00Z',
    '2026-03-15T06:00:00.000Z',
  ],
  ['the same time twice is a whole day', { from: '08:00', to: '08:00' }, '2026-03-02T05:00:00Z', '2026-03-02T05:00:00.000Z'],
])('a window is %s', (_case, window, at, expected) => {
  expect(open(window, at)).toBe(expected)
})
