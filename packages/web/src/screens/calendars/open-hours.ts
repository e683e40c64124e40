import type { Calendar } from './use-events.js'

/** One span of hours, on some days of the week. */
export interface Span {
  readonly key: string
  readonly days: readonly string[]
  readonly from: string
  readonly to: string
}

const two = (value: number) => String(value).padStart(2, '0')
let made = 0
export const span = (days: readonly string[], from: string, to: string): Span => ({ key: `span ${++made}`, days, from, to })

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

export const hoursOf = (spans: readonly Span[]) =>
  spans.map(({ days, from, to }) => ({
    daysOfTheWeek: days.map(Number),
    hours: [{ openHour: hourIn(from), openMinute: minuteIn(from), closeHour: hourIn(to), closeMinute: minuteIn(to) }],
  }))

/** A length of the wire, which has its unit beside it. */
export const inMinutes = (length: number | null | undefined, unit: 'mins' | 'hours' | undefined, otherwise: number): number =>
  length === null || length === undefined ? otherwise : length * (unit === 'hours' ? 60 : 1)
