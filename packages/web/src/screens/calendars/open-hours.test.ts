import { expect, test } from 'vitest'
import { availabilitiesOf, hoursOf, inMinutes, ownDayOf, ownDaysOf, spansOf } from './open-hours.js'

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

test('days of their own come back as they went in; one that was taken out is named as deleted', () => {
  const open = { openHour: 10, openMinute: 0, closeHour: 12, closeMinute: 30 }
  const before = [
    { id: 'a', date: '2031-03-10T00:00:00.000Z', hours: [open] },
    { id: 'b', date: '2031-03-11T00:00:00.000Z', hours: [] },
  ]
  expect(ownDaysOf({ availabilities: before })).toMatchObject([
    { date: '2031-03-10', closed: false, from: '10:00', to: '12:30' },
    { date: '2031-03-11', closed: true },
  ])
  expect(availabilitiesOf([ownDayOf('2031-03-10', true)], before)).toEqual([
    { date: '2031-03-10T00:00:00.000Z', hours: [] },
    { ...before[1], deleted: true },
  ])
})
