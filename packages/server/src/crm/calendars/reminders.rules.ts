import { safeHtml } from '../public-pages/index.js'
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

/** Whom a notification is for, who is no contact. */
export interface Audience {
  readonly userIds: readonly string[]
  readonly admins: boolean
  /** E-mail addresses or numbers, as the channel wants. */
  readonly addresses: readonly string[]
}

/** Among users who are chosen: all who run the sub-account. */
export const everyAdmin = 'sub_account_admin'

const namedIn = ({ channel, additionalEmailIds, additionalPhoneNumbers, additionalWhatsappNumbers }: Notification) => {
  const named = {
    email: additionalEmailIds,
    sms: additionalPhoneNumbers,
    whatsapp: additionalWhatsappNumbers ?? additionalPhoneNumbers,
    inApp: [],
  }
  return named[channel] ?? []
}

/** People beside the contact who hear of it; addresses that are named do, whoever the receiver is. */
export const audienceOf = (
  notification: Notification,
  { assignedUserId, users }: Pick<StoredEvent, 'assignedUserId' | 'users'>,
): Audience => {
  const { receiverType, selectedUsers = [] } = notification
  const addresses = namedIn(notification)
  if (receiverType === 'assignedUser')
    return { userIds: [...(assignedUserId ? [assignedUserId] : []), ...users], admins: false, addresses }
  if (receiverType !== 'business') return { userIds: [], admins: false, addresses }
  // A business of which nobody was chosen is all who run it.
  const admins = selectedUsers.length === 0 || selectedUsers.includes(everyAdmin)
  return { userIds: selectedUsers.filter((id) => id !== everyAdmin), admins, addresses }
}

const openings: Readonly<Record<Notification['notificationType'], string>> = {
  booked: 'Your appointment is booked',
  confirmation: 'Your appointment is confirmed',
  cancellation: 'Your appointment is cancelled',
  reminder: 'A reminder of your appointment',
  followup: 'Thank you for coming to your appointment',
  reschedule: 'Your appointment has another time',
}

/** The same, to those on the other side of it. */
const staffOpenings: typeof openings = {
  booked: 'An appointment is booked',
  confirmation: 'An appointment is confirmed',
  cancellation: 'An appointment is cancelled',
  reminder: 'An appointment is coming up',
  followup: 'An appointment is over',
  reschedule: 'An appointment has another time',
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

const isHtml = (text: string) => /<\w+[^>]*>/.test(text)

// Between its braces a template says what is to be done, with quotes that have to stay.
const asHtml = (text: string) => {
  const parts = text.split(/(\{\{.*?\}\}|\{%.*?%\})/s)
  return `<p>${parts.map((part, at) => (at % 2 === 1 ? part : safeHtml(part).replace(/\n/g, '<br>'))).join('')}</p>`
}

/** Where the contact cancels it, and gives it another time. */
export interface OwnLinks {
  readonly cancellation_link: string
  readonly reschedule_link: string
}

type Fields = Readonly<Record<string, string>>

// What a visitor wrote is no template, and no HTML.
const plainValue = (value: string) => value.replace(/\{(?=[{%])/g, '{ ')

const filled = (text: string, fields: Fields, shown: (value: string, name: string) => string = (value) => value) =>
  text.replace(/\{\{\s*appointment\.(\w+)\s*\}\}/g, (_, name: string) => shown(plainValue(fields[name] ?? ''), name))

const htmlOf = (text: string, fields: Fields): string => {
  if (isHtml(text)) return filled(text, fields, safeHtml)
  return filled(asHtml(text), fields, (value, name) =>
    name.endsWith('_link') && value ? `<a href="${safeHtml(value)}">${safeHtml(value)}</a>` : safeHtml(value),
  )
}

interface Saying {
  readonly links?: OwnLinks
  /** Not the contact hears it, but those on the other side. */
  readonly toStaff?: boolean
}

/** What a notification says of an appointment, as text and as HTML; fields of the contact are left to whoever sends it. */
export const saidOf = (notification: Notification, event: StoredEvent, zone: string, { links, toStaff = false }: Saying = {}) => {
  const { notificationType, subject, body } = notification
  const fields = { ...fieldsOf(event, zone), ...links }
  const opening = (toStaff ? staffOpenings : openings)[notificationType]
  const template =
    body || `${opening}: {{appointment.title}}, {{appointment.start_time}}${toStaff ? ', with {{contact.name}}' : ''}.`
  return {
    subject: filled(subject || opening, fields),
    text: filled(template, fields),
    html: htmlOf(template, fields),
  }
}
