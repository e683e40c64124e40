import { expect, test } from 'vitest'
import { addMonths, clockOf, inLanes, minutesOf, monthOf, timeAt, wallIn, weekOf } from './wall.js'

test('weeks begin on Monday, months are six of them, whatever the daylight saving', () => {
  expect(weekOf('2026-11-22')).toEqual([
    '2026-11-16',
    '2026-11-17',
    '2026-11-18',
    '2026-11-19',
    '2026-11-20',
    '2026-11-21',
    '2026-11-22',
  ])
  expect([monthOf('2026-03-15')[0], monthOf('2026-03-15').at(-1)]).toEqual(['2026-02-23', '2026-04-05'])
  expect([addMonths('2026-01-31', 1), addMonths('2026-01-31', -1)]).toEqual(['2026-02-01', '2025-12-01'])
})

test('times are read and written as the sub-account’s clocks show them', () => {
  expect(minutesOf('2026-03-09T14:30:00-07:00')).toBe(870)
  expect([timeAt('2026-03-09', 870), timeAt('2026-03-09', 1470)]).toEqual(['2026-03-09T14:30:00', '2026-03-10T00:30:00'])
  expect(wallIn('America/Los_Angeles', Date.parse('2026-01-01T02:15:00Z'))).toEqual({ day: '2025-12-31', minutes: 1095 })
  expect(clockOf(870)).toMatch(/2:30\sPM/)
})

test('what overlaps lies side by side, what does not has the whole width', () => {
  const lanes = inLanes([
    { id: 'c', from: 60, to: 90 },
    { id: 'a', from: 0, to: 60 },
    { id: 'b', from: 30, to: 70 },
    { id: 'd', from: 100, to: 130 },
  ])
  expect(lanes.map(({ of: { id }, lane, lanes: all }) => [id, lane, all])).toEqual([
    ['a', 0, 2],
    ['b', 1, 2],
    ['c', 0, 2],
    ['d', 0, 1],
  ])
})
