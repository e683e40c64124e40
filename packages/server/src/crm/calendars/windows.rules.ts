import { dayAt, dayStart, fromWall, nextDay } from '../zones/index.js'

/** From a moment up to, and without, another: milliseconds since 1970. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** Minutes of a day, from its midnight on the wall. */
interface Hours {
  readonly open: number
  readonly close: number
}

/** When somebody can be booked: by weekday from Sunday, 0, and for single days (`yyyy-mm-dd`) instead. */
export interface Opening {
  readonly zone: string
  readonly weekdays: readonly (readonly Hours[])[]
  readonly days: ReadonlyMap<string, readonly Hours[]>
}

interface Hour {
  readonly openHour: number
  readonly openMinute: number
  readonly closeHour: number
  readonly closeMinute: number
}

const minutesOf = ({ openHour, openMinute, closeHour, closeMinute }: Hour): Hours => {
  const open = openHour * 60 + openMinute
  const close = closeHour * 60 + closeMinute
  // Up to midnight is written 0:00 as well as 24:00.
  return { open, close: close === 0 && open > 0 ? 1440 : close }
}

interface Hourly {
  readonly openHours?: readonly { readonly daysOfTheWeek: readonly number[]; readonly hours: readonly Hour[] }[] | undefined
  readonly availabilities?:
    | readonly { readonly date: string; readonly hours: readonly Hour[]; readonly deleted?: boolean | undefined }[]
    | undefined
  readonly availabilityType?: number | null | undefined
}

/** Hours of a calendar: those of a day come before those of its weekday. */
export const openingOf = ({ openHours = [], availabilities = [], availabilityType }: Hourly, zone: string): Opening => {
  const weekdays = Array.from({ length: 7 }, (_, day) =>
    availabilityType === 1
      ? []
      : openHours.filter(({ daysOfTheWeek }) => daysOfTheWeek.includes(day)).flatMap(({ hours }) => hours.map(minutesOf)),
  )
  const living = availabilityType === 0 ? [] : availabilities.filter(({ deleted }) => !deleted)
  return { zone, weekdays, days: new Map(living.map(({ date, hours }) => [date.slice(0, 10), hours.map(minutesOf)])) }
}

const dayNames = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

export interface ScheduleRule {
  readonly type: 'wday' | 'date'
  readonly intervals: readonly { readonly from: string; readonly to: string }[]
  readonly date?: string | undefined
  readonly day?: string | undefined
}

const clock = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))

const intervalsOf = ({ intervals }: ScheduleRule): Hours[] =>
  intervals.map(({ from, to }) => ({ open: clock(from), close: clock(to) === 0 ? 1440 : clock(to) }))

/** Hours of a person's schedule. */
export const scheduleOpening = (rules: readonly ScheduleRule[], zone: string): Opening => {
  const days = new Map<string, Hours[]>()
  for (const rule of rules)
    if (rule.type === 'date' && rule.date) days.set(rule.date, [...(days.get(rule.date) ?? []), ...intervalsOf(rule)])
  const weekdays = dayNames.map((name) => rules.filter(({ type, day }) => type === 'wday' && day === name).flatMap(intervalsOf))
  return { zone, weekdays, days }
}

const joined = (spans: readonly Span[]): Span[] => {
  const all: Span[] = []
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = all.at(-1)
    if (last && span.from <= last.to) all[all.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
    else all.push(span)
  }
  return all
}

const minuteMs = 60_000

const wallMs = (day: string, minutes: number) => Date.parse(`${day}T00:00:00Z`) + minutes * minuteMs

/** Spans of time that are open and begin or end in a range, whatever the clocks of the zone do meanwhile. */
export const windowsIn = ({ zone, weekdays, days }: Opening, { from, to }: Span): Span[] => {
  const spans: Span[] = []
  // A window of the day before may reach past midnight.
  let day = dayAt(from - 86_400_000, zone)
  while (dayStart(day, zone).getTime() < to) {
    const hours = days.get(day) ?? weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? []
    for (const { open, close } of hours) {
      const until = close <= open ? close + 1440 : close
      const start = fromWall(new Date(wallMs(day, open)), zone).getTime()
      const end = fromWall(new Date(wallMs(day, until)), zone).getTime()
      if (end > start && end > from && start < to) spans.push({ from: start, to: end })
    }
    day = nextDay(day)
  }
  return joined(spans)
}

/** Spans that are in both lists, each of which is sorted. */
export const intersection = (a: readonly Span[], b: readonly Span[]): Span[] =>
  a.flatMap((one) =>
    b.flatMap((other) => {
      const from = Math.max(one.from, other.from)
      const to = Math.min(one.to, other.to)
      return from < to ? [{ from, to }] : []
    }),
  )
