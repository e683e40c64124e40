import { describe, expect, test } from 'vitest'
import { isoInZone } from '../zones/index.js'
import { freeSlots, type Hold, type Person, type SlotRules, type SlotWorld } from './slots.rules.js'
import { type Opening, openingOf, type Span } from './windows.rules.js'

const minuteMs = 60_000
const dayMs = 86_400_000

const zones = [
  ...['UTC', 'America/New_York', 'America/Los_Angeles', 'America/Sao_Paulo', 'America/St_Johns', 'America/Phoenix'],
  ...['Europe/London', 'Europe/Berlin', 'Europe/Istanbul', 'Africa/Casablanca', 'Africa/Cairo', 'Asia/Kolkata'],
  ...['Asia/Kathmandu', 'Asia/Tokyo', 'Asia/Tehran', 'Australia/Sydney', 'Australia/Lord_Howe', 'Pacific/Auckland'],
  ...['Pacific/Chatham', 'Pacific/Apia'],
]

const hours = (open: number, close: number) => [
  {
    openHour: Math.floor(open / 60),
    openMinute: open % 60,
    closeHour: Math.floor(close / 60),
    closeMinute: close % 60,
  },
]

const everyDay = [0, 1, 2, 3, 4, 5, 6]

const rulesWith = (opening: Opening, more: Partial<SlotRules> = {}): SlotRules => ({
  ...{ calendarId: 'calendar', zone: opening.zone, needs: 'none', opening },
  ...{ durationMs: 30 * minuteMs, intervalMs: 30 * minuteMs, beforeMs: 0, afterMs: 0 },
  ...{ perSlot: 1, perDay: undefined, notBeforeMs: 0, notAfterMs: Number.POSITIVE_INFINITY, hiddenPercent: 0 },
  ...more,
})

const worldWith = (rules: SlotRules, more: Partial<SlotWorld> = {}): SlotWorld => ({
  rules,
  people: [],
  places: [],
  holds: [],
  ...more,
})

/** A clock on the wall, read from the language and not from our own arithmetic. */
const wallClock = (zone: string) => {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: zone, hourCycle: 'h23', weekday: 'short', hour: '2-digit', minute: '2-digit' },
  })
  const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
  return (ms: number) => {
    const shown = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]))
    return { day: days.indexOf(shown.weekday ?? ''), minutes: Number(shown.hour) * 60 + Number(shown.minute) }
  }
}

interface Case {
  readonly zone: string
  readonly open: number
  readonly close: number
  readonly closed: number
  readonly durationMin: number
  readonly stepMin: number
  readonly holds: readonly Span[]
  readonly span: Span
}

/** The same by brute force: every quarter of an hour that are open, runs of them, and what fits into them. */
const oracle = ({ zone, open, close, closed, durationMin, stepMin, holds, span }: Case): number[] => {
  const clock = wallClock(zone)
  const tick = 15 * minuteMs
  const isOpen = (ms: number) => {
    const { day, minutes } = clock(ms)
    return day !== closed && minutes >= open && minutes < close
  }
  const found: number[] = []
  let start: number | undefined
  for (let at = span.from - 2 * dayMs; at <= span.to + 2 * dayMs; at += tick) {
    if (isOpen(at)) start ??= at
    else if (start !== undefined) {
      for (let slot = start; slot + durationMin * minuteMs <= at; slot += stepMin * minuteMs) found.push(slot)
      start = undefined
    }
  }
  const free = (slot: number) => holds.every(({ from, to }) => slot + durationMin * minuteMs <= from || to <= slot)
  return found.filter((slot) => slot >= span.from && slot < span.to && free(slot))
}

const randomOf = (seed: number) => {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Days around which clocks are put forward and back, in either hemisphere, and one in between. */
const anchors = ['03-08', '03-27', '04-02', '04-05', '06-15', '09-24', '09-27', '10-03', '10-25', '11-01']

describe('free slots', () => {
  test.each(zones)('in %s are what brute force finds, over ten years of changing clocks', (zone) => {
    const random = randomOf(zone.length * 7919 + zone.charCodeAt(0))
    for (let year = 2020; year < 2030; year++) {
      for (const anchor of anchors.filter((_, at) => (at + year) % 3 === 0)) {
        const from = Date.parse(`${year}-${anchor}T00:00:00Z`) - dayMs + random(24) * 60 * minuteMs
        const open = 240 + random(8) * 30
        const durationMin = [15, 20, 30, 45, 60][random(5)] ?? 30
        const at = from + random(3) * dayMs + random(24) * 60 * minuteMs
        const each: Case = {
          ...{ zone, open, close: open + 120 + random(16) * 30, closed: random(7), durationMin },
          stepMin: [15, 30, 45, 60][random(4)] ?? 30,
          holds: [{ from: at, to: at + (30 + random(20) * 15) * minuteMs }],
          span: { from, to: from + 3 * dayMs },
        }
        const opening = openingOf(
          { openHours: [{ daysOfTheWeek: everyDay.filter((day) => day !== each.closed), hours: hours(each.open, each.close) }] },
          zone,
        )
        const holds: Hold[] = each.holds.map((span) => ({ ...span, calendarId: 'calendar', blocked: false, startMs: span.from }))
        const rules = rulesWith(opening, { durationMs: durationMin * minuteMs, intervalMs: each.stepMin * minuteMs })
        const found = freeSlots(worldWith(rules, { holds }), each.span).map(({ startMs }) => startMs)
        expect(
          found.map((ms) => isoInZone(ms, zone)),
          JSON.stringify(each),
        ).toEqual(oracle(each).map((ms) => isoInZone(ms, zone)))
      }
    }
  })

  const opening = openingOf({ openHours: [{ daysOfTheWeek: everyDay, hours: hours(540, 720) }] }, 'UTC')
  const day = Date.parse('2027-03-01T00:00:00Z')
  const span = { from: day, to: day + dayMs }
  const at = (hour: number, minute = 0) => day + (hour * 60 + minute) * minuteMs
  const shown = (world: SlotWorld, more: object = {}) =>
    freeSlots(world, { ...span, ...more }).map(({ startMs }) => new Date(startMs).toISOString().slice(11, 16))
  const hold = (from: number, to: number, more: Partial<Hold> = {}): Hold => ({
    ...{ from, to, calendarId: 'calendar', blocked: false, startMs: from },
    ...more,
  })
  const person = (id: string, holds: readonly Hold[] = [], own = opening): Person => ({ id, opening: own, holds })

  test('keep buffers of both bookings apart', () => {
    const rules = rulesWith(opening, { beforeMs: 10 * minuteMs, afterMs: 10 * minuteMs })
    // 10:00 to 10:30 with its ten minutes before and after.
    const holds = [hold(at(9, 50), at(10, 40))]
    expect(shown(worldWith(rules, { holds }))).toEqual(['09:00', '11:00', '11:30'])
  })

  test('hold as many bookings as go into one, and end with the day’s number of them', () => {
    const holds = [hold(at(9), at(9, 30)), hold(at(9), at(9, 30)), hold(at(9, 30), at(10))]
    expect(shown(worldWith(rulesWith(opening, { perSlot: 2 }), { holds }))[0]).toBe('09:30')
    expect(shown(worldWith(rulesWith(opening, { perSlot: 3 }), { holds }))[0]).toBe('09:00')
    expect(shown(worldWith(rulesWith(opening, { perSlot: 3, perDay: 3 }), { holds }))).toEqual([])
  })

  test('begin after the notice and end with the range', () => {
    const rules = rulesWith(opening, { notBeforeMs: at(9, 10), notAfterMs: at(11) })
    expect(shown(worldWith(rules))).toEqual(['09:30', '10:00', '10:30', '11:00'])
  })

  test('need one of a team or all of it; other calendars’ bookings are in the way', () => {
    const busy = [hold(at(9), at(11), { calendarId: 'other' })]
    const people = [person('a', busy), person('b', [hold(at(10, 30), at(12))])]
    const any = freeSlots(worldWith(rulesWith(opening, { needs: 'any' }), { people }), span)
    expect(any.map(({ startMs, userIds }) => [new Date(startMs).toISOString().slice(11, 16), ...userIds])).toEqual([
      ['09:00', 'b'],
      ['09:30', 'b'],
      ['10:00', 'b'],
      ['11:00', 'a'],
      ['11:30', 'a'],
    ])
    expect(shown(worldWith(rulesWith(opening, { needs: 'all' }), { people }))).toEqual([])
    const late = openingOf({ openHours: [{ daysOfTheWeek: everyDay, hours: hours(660, 900) }] }, 'UTC')
    expect(shown(worldWith(rulesWith(opening, { needs: 'all' }), { people: [person('a'), person('b', [], late)] }))).toEqual([
      '11:00',
      '11:30',
    ])
  })

  test('take a room that is left, and every piece of equipment', () => {
    const room = { id: 'r', kind: 'rooms', most: 1, holds: [hold(at(9), at(10))] } as const
    const second = { id: 's', kind: 'rooms', most: 1, holds: [hold(at(9), at(9, 30))] } as const
    const tool = { id: 't', kind: 'equipments', most: 1, holds: [hold(at(11), at(12))] } as const
    expect(shown(worldWith(rulesWith(opening), { places: [room, second, tool] }))).toEqual(['09:30', '10:00', '10:30'])
  })

  test('of a day of its own come before those of its weekday; look-busy hides the same ones each time', () => {
    const own = openingOf(
      {
        openHours: [{ daysOfTheWeek: everyDay, hours: hours(540, 720) }],
        availabilities: [{ date: '2027-03-01T00:00:00.000Z', hours: hours(840, 900) }],
      },
      'UTC',
    )
    expect(shown(worldWith(rulesWith(own)))).toEqual(['14:00', '14:30'])
    const half = worldWith(rulesWith(opening, { hiddenPercent: 50, intervalMs: 5 * minuteMs, durationMs: 5 * minuteMs }))
    const seen = shown(half)
    expect(seen.length).toBeGreaterThan(6)
    expect(seen.length).toBeLessThan(30)
    expect(shown(half)).toEqual(seen)
    expect(shown(half, { hidden: true }).length).toBe(36)
  })

  test('of a month for twenty people are found in a few milliseconds', () => {
    const people = Array.from({ length: 20 }, (_, index) =>
      person(
        `user${index}`,
        Array.from({ length: 120 }, (_each, n) =>
          hold(at(9) + (n % 31) * dayMs + n * 7 * minuteMs, at(9, 40) + (n % 31) * dayMs + n * 7 * minuteMs, {
            calendarId: 'other',
          }),
        ),
        openingOf({ openHours: [{ daysOfTheWeek: everyDay, hours: hours(540, 1020) }] }, zones[index % zones.length] ?? 'UTC'),
      ),
    )
    const world = worldWith(rulesWith(opening, { needs: 'any', intervalMs: 15 * minuteMs }), { people })
    const month = { from: day, to: day + 31 * dayMs }
    freeSlots(world, month)
    const began = process.cpuUsage()
    const rounds = 10
    for (let round = 0; round < rounds; round++) freeSlots(world, month)
    const { user } = process.cpuUsage(began)
    expect(user / 1000 / rounds).toBeLessThan(40)
  })
})
