import type { StoredEvent } from './events.rules.js'

/** An appointment as a calendar file has it. */
export interface IcsEvent {
  readonly id: string
  readonly title: string
  readonly description: string | null
  readonly place: string | null
  readonly startAt: Date
  readonly endAt: Date
  readonly changedAt: Date
  readonly cancelled: boolean
  /** Which of two files of it is the newer one. */
  readonly sequence: number
}

/** An appointment or a blocked time as calendar programs are told of it. */
export const icsEventOf = (event: StoredEvent): IcsEvent => ({
  id: event.id,
  title: event.title,
  description: event.description,
  place: event.address,
  startAt: event.startAt,
  endAt: event.endAt,
  changedAt: event.dateUpdated,
  cancelled: event.status === 'cancelled' || event.status === 'invalid',
  sequence: event.sequence,
})

const stamp = (at: Date) => at.toISOString().replace(/[-:]|\.\d{3}/g, '')

const text = (value: string) =>
  value
    .replace(/\\/g, '\\\\')
    .replace(/[,;]/g, (mark) => `\\${mark}`)
    .replace(/\r?\n|\r/g, '\\n')

/** Lines of at most 75 bytes, as RFC 5545 §3.1 wants them; a letter of several bytes is not cut. */
const folded = (line: string): string => {
  const parts: string[] = []
  let part = ''
  for (const letter of line) {
    const most = parts.length === 0 ? 75 : 74
    if (Buffer.byteLength(part + letter) > most) {
      parts.push(part)
      part = ''
    }
    part += letter
  }
  return [...parts, part].join('\r\n ')
}

const eventLines = ({ id, title, description, place, startAt, endAt, changedAt, cancelled, sequence }: IcsEvent) => [
  'BEGIN:VEVENT',
  `UID:${id}@groundlevel`,
  `DTSTAMP:${stamp(changedAt)}`,
  `LAST-MODIFIED:${stamp(changedAt)}`,
  `SEQUENCE:${sequence}`,
  `DTSTART:${stamp(startAt)}`,
  `DTEND:${stamp(endAt)}`,
  `SUMMARY:${text(title)}`,
  ...(description ? [`DESCRIPTION:${text(description)}`] : []),
  ...(place ? [`LOCATION:${text(place)}`] : []),
  `STATUS:${cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
  'END:VEVENT',
]

/**
 * A calendar file (RFC 5545) that every calendar program takes in; times are in UTC, which each shows in its own zone.
 * A file of `CANCEL` (RFC 5546 §3.2.5) takes out what an earlier one put in, by the same UID.
 */
export const icsOf = (name: string, events: readonly IcsEvent[], method: 'PUBLISH' | 'CANCEL' = 'PUBLISH'): string => {
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Groundlevel//Calendars//EN', 'CALSCALE:GREGORIAN', `METHOD:${method}`],
    `X-WR-CALNAME:${text(name)}`,
    ...events.flatMap(eventLines),
    'END:VCALENDAR',
  ]
  return `${lines.map(folded).join('\r\n')}\r\n`
}
