import { describe, expect, test } from 'vitest'
import { fromWall, toWall, zoneOf } from '../zones/index.js'
import { occurrenceFrom, type Recurrence } from './recurrence.rules.js'

const rule = (
  fields: Partial<Omit<Recurrence, 'startDate' | 'endDate'>> & { startDate: string; endDate?: string },
): Recurrence => ({
  intervalType: 'daily',
  interval: 1,
  ...fields,
  startDate: new Date(fields.startDate),
  endDate: fields.endDate ? new Date(fields.endDate) : undefined,
})

const first = (recurrence: Recurrence, zone: string, from: string, count: number) => {
  const found: string[] = []
  let at = occurrenceFrom(recurrence, zone, new Date(from))
  while (at && found.length < count) {
    found.push(at.toISOString().replace(':00.000Z', ''))
    at = occurrenceFrom(recurrence, zone, new Date(at.getTime() + 1000))
  }
  return found
}

const berlin = 'Europe/Berlin'
const newYork = 'America/New_York'

describe('a series', () => {
  test('every day at nine stays at nine through both changes of clock', () => {
    const daily = rule({ startDate: '2026-03-01T14:00:00Z' })
    expect(first(daily, newYork, '2026-03-07T00:00:00Z', 3)).toEqual(['2026-03-07T14:00', '2026-03-08T13:00', '2026-03-09T13:00'])
    expect(first(daily, newYork, '2026-10-31T00:00:00Z', 3)).toEqual(['2026-10-31T13:00', '2026-11-01T14:00', '2026-11-02T14:00'])
  })

  test('at an hour that is left out comes as much later, and is back the next day', () => {
    const daily = rule({ startDate: '2026-03-06T07:30:00Z' })
    expect(first(daily, newYork, '2026-03-07T00:00:00Z', 3)).toEqual(['2026-03-07T07:30', '2026-03-08T07:30', '2026-03-09T06:30'])
  })

  test('at an hour that comes twice comes once', () => {
    const daily = rule({ startDate: '2026-10-24T00:30:00Z' })
    expect(first(daily, berlin, '2026-10-24T00:00:00Z', 3)).toEqual(['2026-10-24T00:30', '2026-10-25T00:30', '2026-10-26T01:30'])
  })

  test('of hours counts hours, whatever the clocks do', () => {
    const hourly = rule({ intervalType: 'hourly', interval: 6, startDate: '2026-03-08T00:00:00Z' })
    expect(first(hourly, newYork, '2026-03-08T05:00:00Z', 3)).toEqual([
      '2026-03-08T06:00',
      '2026-03-08T12:00',
      '2026-03-08T18:00',
    ])
  })

  test('of every second week on a weekday keeps to its weeks', () => {
    const weekly = rule({ intervalType: 'weekly', interval: 2, dayOfWeek: 'FR', startDate: '2026-01-07T09:00:00Z' })
    expect(first(weekly, 'UTC', '2026-01-01T00:00:00Z', 3)).toEqual(['2026-01-09T09:00', '2026-01-23T09:00', '2026-02-06T09:00'])
    expect(first(weekly, 'UTC', '2027-01-01T00:00:00Z', 2)).toEqual(['2027-01-08T09:00', '2027-01-22T09:00'])
  })

  test.each([
    [31, ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']],
    [30, ['2026-01-30', '2026-02-28', '2026-03-30', '2026-04-30']],
    [15, ['2026-01-15', '2026-02-15', '2026-03-15', '2026-04-15']],
  ])('on day %i of the month takes the last day where a month is shorter', (dayOfMonth, days) => {
    const monthly = rule({ intervalType: 'monthly', dayOfMonth, startDate: '2026-01-10T12:00:00Z' })
    expect(first(monthly, 'UTC', '2026-01-01T00:00:00Z', 4).map((at) => at.slice(0, 10))).toEqual(days)
  })

  test('of every third month keeps to its months, far from its beginning too', () => {
    const monthly = rule({ intervalType: 'monthly', interval: 3, startDate: '2020-02-05T12:00:00Z' })
    expect(first(monthly, 'UTC', '2026-01-01T00:00:00Z', 2)).toEqual(['2026-02-05T12:00', '2026-05-05T12:00'])
  })

  test('of years on the 29th of February takes the 28th where there is none', () => {
    const yearly = rule({ intervalType: 'yearly', monthOfYear: 2, dayOfMonth: 29, startDate: '2026-01-01T00:00:00Z' })
    expect(first(yearly, 'UTC', '2026-01-01T00:00:00Z', 3).map((at) => at.slice(0, 10))).toEqual([
      '2026-02-28',
      '2027-02-28',
      '2028-02-29',
    ])
  })

  test('does not begin before its start and ends with its end', () => {
    const daily = rule({ startDate: '2026-05-10T10:00:00Z', endDate: '2026-05-12T10:00:00Z' })
    expect(first(daily, 'UTC', '2020-01-01T00:00:00Z', 9)).toEqual(['2026-05-10T10:00', '2026-05-11T10:00', '2026-05-12T10:00'])
    const monthly = rule({ intervalType: 'monthly', dayOfMonth: 1, startDate: '2026-05-10T10:00:00Z' })
    expect(first(monthly, 'UTC', '2026-05-01T00:00:00Z', 1)).toEqual(['2026-06-01T10:00'])
  })

  test('of a hundred years is looked up as fast as one of a day', () => {
    const started = performance.now()
    const old = rule({ startDate: '1900-01-01T10:00:00Z' })
    for (let round = 0; round < 200; round++) occurrenceFrom(old, berlin, new Date('2026-01-01T00:00:00Z'))
    expect(performance.now() - started).toBeLessThan(1500)
  })
})

describe('a clock on the wall', () => {
  test.each([berlin, newYork, 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Kiritimati', 'UTC'])(
    'of %s is read both ways',
    (zone) => {
      for (let day = 0; day < 400; day += 13) {
        const at = new Date(Date.UTC(2026, 0, day, 15, 7, 9))
        expect(fromWall(toWall(at, zone), zone)).toEqual(at)
      }
    },
  )

  test('of a zone that nobody knows is that of UTC', () => {
    expect([zoneOf('Mars/Olympus'), zoneOf(null), zoneOf(berlin)]).toEqual(['UTC', 'UTC', berlin])
  })
})
