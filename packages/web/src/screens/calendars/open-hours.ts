import type { Calendar } from './use-events.js'

/** One span of hours, on some days of the week. */
export interface Span {
  readonly key: string
  readonly days: readonly string[]
  readonly from: string
  readonly to: string
}

/** Hours of one day instead of those of its weekday. */
export interface OwnDay {
  readonly key: string
  readonly date: string
  readonly closed: boolean
  readonly from: string
  readonly to: string
}

export const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

const two = (value: number) => String(value).padStart(2, '0')
let made = 0
export const span = (days: readonly string[], from: string, to: string): Span => ({ key: `span ${++made}`, days, from, to })

export const ownDayOf = (date: string, closed: boolean, from = '09:00', to = '17:00'): OwnDay => ({
  ...{ key: `day ${++made}`, date, closed, from, to },
})

/** A field for times knows no 24:00; the wire takes 0:00 for the midnight that ends a day too. */
const textOf = (hour: number, minute: number) => `${two(hour % 24)}:${two(minute)}`

export const spansOf = (row: Pick<Calendar, 'openHours'> | undefined): Span[] =>
  row
    ? (row.openHours ?? []).flatMap(({ daysOfTheWeek, hours }) =>
        hours.map(({ openHour, openMinute, closeHour, closeMinute }) =>
          span(daysOfTheWeek.map(String), textOf(openHour, openMinute), textOf(closeHour, closeMinute)),
        ),
      )
    : [span(['1', '2', '3', '4', '5'], '09:00', '17:00')]

const hourIn = (text: string) => Number(text.slice(0, 2))
const minuteIn = (text: string) => Number(text.slice(3, 5))

const hourOf = (from: string, to: string) => ({
  openHour: hourIn(from),
  openMinute: minuteIn(from),
  closeHour: hourIn(to),
  closeMinute: minuteIn(to),
})

export const hoursOf = (spans: readonly Span[]) =>
  spans.map(({ days, from, to }) => ({ daysOfTheWeek: days.map(Number), hours: [hourOf(from, to)] }))

type OwnHours = NonNullable<Calendar['availabilities']>

export const ownDaysOf = (row: Pick<Calendar, 'availabilities'> | undefined): OwnDay[] =>
  (row?.availabilities ?? []).flatMap(({ date, hours }) => {
    const day = date.slice(0, 10)
    if (hours.length === 0) return [ownDayOf(day, true)]
    return hours.map(({ openHour, openMinute, closeHour, closeMinute }) =>
      ownDayOf(day, false, textOf(openHour, openMinute), textOf(closeHour, closeMinute)),
    )
  })

/** What the wire takes: days that were taken out have to be named. */
export const availabilitiesOf = (days: readonly OwnDay[], before: OwnHours): OwnHours => {
  const byDate = new Map<string, OwnHours[number]['hours']>()
  for (const { date, closed, from, to } of days)
    byDate.set(date, [...(byDate.get(date) ?? []), ...(closed ? [] : [hourOf(from, to)])])
  return [
    ...[...byDate].map(([date, hours]) => ({ date: `${date}T00:00:00.000Z`, hours })),
    ...before.filter(({ date }) => !byDate.has(date.slice(0, 10))).map((each) => ({ ...each, deleted: true })),
  ]
}

/** A length of the wire, which has its unit beside it. */
export const inMinutes = (length: number | null | undefined, unit: 'mins' | 'hours' | undefined, otherwise: number): number =>
  length === null || length === undefined ? otherwise : length * (unit === 'hours' ? 60 : 1)
