import { safeHtml } from '../public-pages/index.js'
import { isoInZone } from '../zones/index.js'
import type { StoredEvent } from './events.rules.js'
import type { Notification } from './notifications.sql.js'
import type { Calendar } from './settings.rules.js'
import { shown, zoneName } from './shown-times.rules.js'
import { lengthMs } from './slots.rules.js'
import { type ContactLinks, type Facts, standardToContact, standardToStaff } from './standard-texts.rules.js'

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

/** What is known of an appointment when something is said of it. */
export interface Known {
  readonly event: StoredEvent
  /** Of whoever hears it. */
  readonly zone: string
  /** Absent: the calendar is gone. */
  readonly calendar?: Pick<Calendar, 'name' | 'allowReschedule' | 'allowCancellation'> | undefined
  readonly contactName?: string | undefined
  /** Whom it is with. */
  readonly withWhom?: string | undefined
}

const shortDay = { weekday: 'long', day: 'numeric', month: 'long' } as const

/** From when to when, the day once where it is one. */
const whenOf = ({ startAt, endAt }: StoredEvent, zone: string) => {
  const [from, to] = [startAt.getTime(), endAt.getTime()]
  const [first, last] = [shown(from, zone, 'day'), shown(to, zone, 'day')]
  const end = `${first === last ? '' : `${last}, `}${shown(to, zone, 'time')}`
  return `${first}, ${shown(from, zone, 'time')} to ${end} (${zoneName(from, zone)})`
}

// What a visitor wrote is no template.
const plainValue = (value: string) => value.replace(/\{(?=[{%])/g, '{ ')

const factsOf = ({ event, zone, calendar, contactName, withWhom = '' }: Known): Facts => {
  const { title, startAt, address, notes } = event
  const what = calendar?.name ?? title
  const plain = {
    what,
    short: `${new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...shortDay }).format(startAt)}, ${shown(startAt.getTime(), zone, 'time')}`,
    when: whenOf(event, zone),
    where: address ?? '',
    withWhom,
    about: title === contactName || title === what ? '' : title,
    notes: notes ?? '',
  }
  return Object.fromEntries(Object.entries(plain).map(([name, value]) => [name, plainValue(value)])) as unknown as Facts
}

/** Merge fields of an appointment; those of the contact are filled in by whoever sends the message. */
const fieldsOf = ({ event, zone, calendar, withWhom = '' }: Known): Fields => {
  const { title, address, notes } = event
  const [from, to] = [event.startAt.getTime(), event.endAt.getTime()]
  return {
    'appointment.title': title,
    'appointment.start_time': shown(from, zone, 'whole'),
    'appointment.end_time': shown(to, zone, 'whole'),
    'appointment.only_start_date': shown(from, zone, 'day'),
    'appointment.only_start_time': shown(from, zone, 'zoned'),
    'appointment.only_end_time': shown(to, zone, 'zoned'),
    'appointment.meeting_location': address ?? '',
    'appointment.notes': notes ?? '',
    'appointment.timezone': zone,
    'appointment.iso_start': isoInZone(from, zone),
    'appointment.user.name': withWhom,
    'calendar.name': calendar?.name ?? '',
  }
}

const isLink = (name: string) => name.endsWith('_link') || name === 'appointment.add_to_ical_outlook'

const isHtml = (text: string) => /<\w+[^>]*>/.test(text)

// Between its braces a template says what is to be done, with quotes that have to stay.
const asHtml = (text: string) => {
  const parts = text.split(/(\{\{.*?\}\}|\{%.*?%\})/s)
  return `<p>${parts.map((part, at) => (at % 2 === 1 ? part : safeHtml(part).replace(/\n/g, '<br>'))).join('')}</p>`
}

type Fields = Readonly<Record<string, string>>

const filled = (text: string, fields: Fields, shown: (value: string, name: string) => string = (value) => value) =>
  text.replace(/\{\{\s*(appointment\.[\w.]+|calendar\.name)\s*\}\}/g, (_, name: string) =>
    shown(plainValue(fields[name] ?? ''), name),
  )

const htmlOf = (text: string, fields: Fields): string => {
  if (isHtml(text)) return filled(text, fields, safeHtml)
  return filled(asHtml(text), fields, (value, name) =>
    isLink(name) && value ? `<a href="${safeHtml(value)}">${safeHtml(value)}</a>` : safeHtml(value),
  )
}

/** Who hears it: the contact, with the addresses that open with its key, or those on the other side, with ours. */
export type Hearer = { readonly links: ContactLinks } | { readonly portal: string }

const allowed = ({ file, reschedule, cancel }: ContactLinks, { calendar }: Known): ContactLinks => ({
  file,
  reschedule: calendar && calendar.allowReschedule !== false ? reschedule : '',
  cancel: calendar && calendar.allowCancellation !== false ? cancel : '',
})

const linkFields = (hearer: Hearer): Fields => {
  if (!('links' in hearer)) return {}
  const { file, reschedule, cancel } = hearer.links
  return {
    'appointment.add_to_ical_outlook': file,
    'appointment.reschedule_link': reschedule,
    'appointment.cancellation_link': cancel,
  }
}

/** What a notification says of an appointment, as text and as HTML; fields of the contact are left to whoever sends it. */
export const saidOf = ({ notificationType, subject, body }: Notification, known: Known, hearer: Hearer) => {
  const facts = factsOf(known)
  const standard =
    'links' in hearer
      ? standardToContact(notificationType, facts, allowed(hearer.links, known))
      : standardToStaff(notificationType, facts, hearer.portal)
  const fields = { ...fieldsOf(known), ...linkFields(hearer) }
  return {
    subject: subject ? filled(subject, fields) : standard.subject,
    text: body ? filled(body, fields) : standard.text,
    html: body ? htmlOf(body, fields) : standard.html,
  }
}
