import { isoInZone } from '../zones/index.js'
import type { StoredEvent } from './events.rules.js'
import type { Notification } from './notifications.sql.js'
import { lengthMs } from './slots.rules.js'

/** What happened to an appointment. */
export type Happening = 'booked' | 'moved' | 'cancelled' | 'confirmed' | 'changed'

/** Something to be said of an appointment. */
export interface Reminder {
  readonly notificationId: string
  /** Which of several times. */
  readonly part: number
  readonly dueAt: Date
}

const atOnce: Readonly<Record<Happening, readonly Notification['notificationType'][]>> = {
  booked: ['booked'],
  moved: ['reschedule'],
  cancelled: ['cancellation'],
  confirmed: ['confirmation'],
  changed: [],
}

interface State {
  readonly status: string
  readonly startAt: Date
  readonly endAt: Date
}

/** What a change of an appointment is to those who hear of it. */
export const happeningOf = (before: State, after: State): Happening => {
  if (after.status === 'cancelled') return before.status === 'cancelled' ? 'changed' : 'cancelled'
  if (before.startAt.getTime() !== after.startAt.getTime() || before.endAt.getTime() !== after.endAt.getTime()) return 'moved'
  return after.status === 'confirmed' && before.status !== 'confirmed' ? 'confirmed' : 'changed'
}

type Offsets = Notification['beforeTime']

const timesOf = (offsets: Offsets, from: number, sign: 1 | -1) =>
  (offsets ?? []).map(({ timeOffset, unit }) => from + sign * lengthMs(timeOffset, unit, 'mins'))

/** All that is to be said of an appointment from now on. What would have been said in the past is not said any more. */
export const remindersOf = (
  { startAt, endAt, status, toNotify }: Pick<StoredEvent, 'startAt' | 'endAt' | 'status' | 'toNotify'>,
  notifications: readonly Notification[],
  happening: Happening,
  now: Date,
): Reminder[] => {
  if (!toNotify) return []
  const lives = status !== 'cancelled' && status !== 'invalid'
  return notifications.flatMap(({ _id, notificationType, beforeTime, afterTime }) => {
    const said = (times: readonly number[]) => times.map((ms, part) => ({ notificationId: _id, part, dueAt: new Date(ms) }))
    if (notificationType === 'reminder')
      return lives ? said(timesOf(beforeTime, startAt.getTime(), -1)).filter(({ dueAt }) => dueAt > now) : []
    if (notificationType === 'followup')
      return lives ? said(timesOf(afterTime, endAt.getTime(), 1)).filter(({ dueAt }) => dueAt > now) : []
    return atOnce[happening].includes(notificationType) ? said([now.getTime()]) : []
  })
}

const openings: Readonly<Record<Notification['notificationType'], string>> = {
  booked: 'Your appointment is booked',
  confirmation: 'Your appointment is confirmed',
  cancellation: 'Your appointment is cancelled',
  reminder: 'A reminder of your appointment',
  followup: 'Thank you for coming to your appointment',
  reschedule: 'Your appointment has another time',
}

const shown = (at: Date, zone: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', ...options }).format(at)

const day = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const
const time = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const

/** Merge fields of an appointment; those of the contact are filled in by whoever sends the message. */
const fieldsOf = ({ title, startAt, endAt, address, notes }: StoredEvent, zone: string): Readonly<Record<string, string>> => ({
  title,
  start_time: `${shown(startAt, zone, day)}, ${shown(startAt, zone, time)}`,
  end_time: `${shown(endAt, zone, day)}, ${shown(endAt, zone, time)}`,
  only_start_date: shown(startAt, zone, day),
  only_start_time: shown(startAt, zone, time),
  only_end_time: shown(endAt, zone, time),
  meeting_location: address ?? '',
  notes: notes ?? '',
  timezone: zone,
  iso_start: isoInZone(startAt.getTime(), zone),
})

const filled = (text: string, fields: Readonly<Record<string, string>>) =>
  text.replace(/\{\{\s*appointment\.(\w+)\s*\}\}/g, (_, name: string) => fields[name] ?? '')

/** What a notification says of an appointment. */
export const saidOf = ({ notificationType, subject, body }: Notification, event: StoredEvent, zone: string) => {
  const fields = fieldsOf(event, zone)
  const opening = openings[notificationType]
  return {
    subject: filled(subject || opening, fields),
    text: filled(body || `${opening}: {{appointment.title}}, {{appointment.start_time}}.`, fields),
  }
}
