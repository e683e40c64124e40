import { expect, test } from 'vitest'
import { hoursOf, inMinutes, spansOf } from './open-hours.js'

const hours = (closeHour: number, closeMinute: number) => [
  { daysOfTheWeek: [1, 2], hours: [{ openHour: 9, openMinute: 30, closeHour, closeMinute }] },
]

test('open hours come back from the form as they went in, midnight included', () => {
  expect(spansOf({ openHours: hours(17, 5) })).toMatchObject([{ days: ['1', '2'], from: '09:30', to: '17:05' }])
  expect(hoursOf(spansOf({ openHours: hours(17, 5) }))).toEqual(hours(17, 5))
  expect(hoursOf(spansOf({ openHours: hours(24, 0) }))).toEqual(hours(0, 0))
})

test('a length in hours is read as minutes, one that is not set as what is usual', () => {
  expect([
    inMinutes(2, 'hours', 30),
    inMinutes(45, 'mins', 30),
    inMinutes(0, undefined, 30),
    inMinutes(null, 'hours', 30),
  ]).toEqual([120, 45, 0, 30])
})
