import { badRequest, found, unprocessable } from '@groundlevel/contract-kit'
import { contactName, demandUsers, foundContact, holdContacts } from '../contacts/index.js'
import { zoneOf } from '../zones/index.js'
import { type Booking, durationMs, type Seat, taken, takeSeat, withBuffers } from './booking.js'
import { calendarsOf } from './calendars.sql.js'
import { type StoredEvent, takesTime } from './events.rules.js'
import { type EventChange, eventsOf, holdsOf, type NewEvent, type Taken } from './events.sql.js'
import { demandMoment } from './moments.rules.js'
import { notificationsOf } from './notifications.sql.js'
import type { CalendarPorts } from './ports.js'
import { instancesOf } from './recurrence.rules.js'
import { type Happening, happeningOf, remindersOf } from './reminders.rules.js'
import { planReminders } from './reminders.sql.js'
import type { Calendar } from './settings.rules.js'

/** Who books, and for whom the record is kept. */
export interface BookingWork {
  readonly db: Booking['db']
  readonly locationId: string
  readonly now: Date
  /** `booking_widget`, `third_party`, `calendar_page`, `workflow` … */
  readonly source: string
  readonly userId: string | null
  newId(): string
}

export interface AppointmentInput {
  readonly title?: string | null
  readonly appointmentStatus?: string
  readonly appoinmentStatus?: string
  readonly assignedUserId?: string | null
  readonly description?: string | null
  readonly notes?: string | null
  readonly address?: string | null
  readonly meetingLocationType?: string
  readonly meetingLocationId?: string | null
  readonly ignoreDateRange?: boolean
  readonly ignoreFreeSlotValidation?: boolean
  readonly toNotify?: boolean
  readonly rrule?: string | null
  readonly calendarId?: string
  readonly startTime?: string
  readonly endTime?: string
}

export interface NewAppointment extends AppointmentInput {
  readonly calendarId: string
  readonly contactId: string
  readonly startTime: string
}

const longestMs = 31 * 86_400_000

const spanOf = (from: number, to: number) => {
  if (to <= from) throw unprocessable(['endTime must be after startTime'])
  if (to - from > longestMs) throw unprocessable(['endTime must be at most 31 days after startTime'])
  return { from, to }
}

/** What is written over a booking: names are the contact's, whatever else is in braces is left out. */
const titleOf = (sent: string | null | undefined, { eventTitle, name }: Calendar, contact: string | undefined) =>
  sent?.trim() ||
  (eventTitle ?? '')
    .replace(/\{\{\s*contact\.(name|full_name|first_name)\s*\}\}/g, contact ?? '')
    .replace(/\{\{[^}]*\}\}/g, '')
    .trim() ||
  contact ||
  name

const takenBy = (calendar: Calendar, span: { from: number; to: number }, { assignedUserId, users, resources }: Seat): Taken => ({
  ...withBuffers(calendar, span),
  holderIds: [calendar.id, ...(assignedUserId ? [assignedUserId] : []), ...users, ...resources],
})

const placeOf = async (ports: CalendarPorts, { db, locationId, now }: BookingWork): Promise<Booking> => ({
  ...{ db, locationId, now },
  zone: zoneOf((await ports.locations.location(locationId))?.timezone),
})

const statusOf = ({ appointmentStatus, appoinmentStatus }: AppointmentInput) => appointmentStatus ?? appoinmentStatus

/** Of a series: where a time is not to be had it is left out, or booked none the less. */
const seatInSeries = async (place: Booking, calendar: Calendar, span: { from: number; to: number }, input: NewAppointment) => {
  const { assignedUserId: userId, contactId, ignoreFreeSlotValidation: force } = input
  const wish = { ...span, userId, contactId, ignoreRange: true, force }
  try {
    return await takeSeat(place, calendar, wish)
  } catch (error) {
    if ((error as Error).message !== taken().message || calendar.recurring?.bookingOption !== 'continue') return undefined
    return takeSeat(place, calendar, { ...wish, force: true })
  }
}

const mostNotifications = 100

/** What the calendar wants said of an appointment, from what happened to it on. */
const plan = async ({ db, locationId, now }: BookingWork, calendar: Calendar, event: StoredEvent, happening: Happening) => {
  const asked = { isActive: true, limit: mostNotifications, skip: 0 }
  const notifications = await notificationsOf(db, locationId, calendar.id).list(asked)
  await planReminders(db, locationId, event.id, remindersOf(event, notifications, happening, now), now)
}

interface Placed {
  readonly id: string
  readonly title: string
  readonly masterEventId: string | null
  readonly seat: Seat
  readonly span: { readonly from: number; readonly to: number }
}

/** Where appointments of a person or a calendar are, where the booking does not say. */
const meetingPlace = ({ teamMembers = [], meetingLocation }: Calendar, userId: string | null): string | undefined =>
  teamMembers.find((member) => member.userId === userId)?.meetingLocation || meetingLocation || undefined

const newEvent = (work: BookingWork, input: NewAppointment, calendar: Calendar, placed: Placed): NewEvent => ({
  id: placed.id,
  kind: 'appointment',
  calendarId: calendar.id,
  contactId: input.contactId,
  title: placed.title,
  status: statusOf(input) ?? (calendar.autoConfirm === false ? 'new' : 'confirmed'),
  assignedUserId: placed.seat.assignedUserId,
  users: placed.seat.users,
  address: input.address ?? meetingPlace(calendar, placed.seat.assignedUserId) ?? null,
  description: input.description ?? null,
  notes: input.notes ?? null,
  meetingLocationType: input.meetingLocationType ?? (input.address ? 'custom' : null),
  meetingLocationId: input.meetingLocationId ?? null,
  assignedResources: placed.seat.resources,
  rrule: input.rrule ?? null,
  masterEventId: placed.masterEventId,
  source: work.source,
  createdBy: work.userId,
  toNotify: input.toNotify ?? true,
  startAt: new Date(placed.span.from),
  endAt: new Date(placed.span.to),
  dateAdded: work.now,
})

/**
 * Books an appointment in the transaction that it is given, and the others of its series.
 *
 * @returns the appointments, the one that was asked for first
 * @throws WireError 400 where the time is not to be had, or calendar, contact or user are not of the location
 */
export const bookAppointment = async (
  ports: CalendarPorts,
  work: BookingWork,
  input: NewAppointment,
): Promise<readonly StoredEvent[]> => {
  const { db, locationId, newId } = work
  const place = await placeOf(ports, work)
  const calendar = found(await calendarsOf(db, locationId).hold(input.calendarId), 'Calendar')
  if (calendar.isActive === false && !input.ignoreFreeSlotValidation) throw badRequest('The calendar is inactive.')
  foundContact((await holdContacts(db, locationId, [input.contactId]))[0], input.contactId)
  await demandUsers(ports.users, db, locationId, input.assignedUserId ? [input.assignedUserId] : [])
  const from = demandMoment('startTime', input.startTime, place.zone)
  const to = input.endTime ? demandMoment('endTime', input.endTime, place.zone) : from + durationMs(calendar)
  const { assignedUserId: userId, contactId, ignoreDateRange, ignoreFreeSlotValidation: force } = input
  const span = spanOf(from, to)
  const wish = { ...span, userId, contactId, ignoreRange: ignoreDateRange, force }
  const starts = input.rrule ? instancesOf(input.rrule, from, place.zone) : [from]
  const first = await takeSeat(place, calendar, wish)
  const title = titleOf(input.title, calendar, await contactName(db, locationId, input.contactId))
  const masterEventId = input.rrule ? newId() : null
  const booked: StoredEvent[] = []
  for (const at of starts) {
    const own = { from: at, to: at + (to - from) }
    const seat = at === from ? first : await seatInSeries(place, calendar, own, input)
    if (!seat) continue
    const id = at === from && masterEventId ? masterEventId : newId()
    const row = newEvent(work, input, calendar, { ...{ id, title, masterEventId, seat }, span: own })
    const event = await eventsOf(db, locationId).add(row)
    if (takesTime(event)) await holdsOf(db, locationId).put(event, takenBy(calendar, own, seat))
    await plan(work, calendar, event, 'booked')
    booked.push(event)
  }
  return booked
}

const plainOf = (input: AppointmentInput): EventChange => {
  const status = statusOf(input)
  const { title, address, description, notes, meetingLocationType, meetingLocationId, toNotify } = input
  return {
    ...(title === undefined || title === null ? {} : { title }),
    ...(status === undefined ? {} : { status }),
    ...(address === undefined ? {} : { address, meetingLocationType: meetingLocationType ?? 'custom' }),
    ...(description === undefined ? {} : { description }),
    ...(notes === undefined ? {} : { notes }),
    ...(meetingLocationType === undefined ? {} : { meetingLocationType }),
    ...(meetingLocationId === undefined ? {} : { meetingLocationId }),
    ...(toNotify === undefined ? {} : { toNotify }),
  }
}

/**
 * Changes an appointment in the transaction that it is given. What takes up other time than before must be free, unless that
 * is not to be looked at; what is cancelled takes up none.
 */
export const changeAppointment = async (
  ports: CalendarPorts,
  work: BookingWork,
  id: string,
  input: AppointmentInput,
): Promise<StoredEvent> => {
  const { db, locationId, now } = work
  const events = eventsOf(db, locationId)
  const place = await placeOf(ports, work)
  const before = found(await events.lock(id, 'appointment'), 'Appointment')
  const calendar = found(await calendarsOf(db, locationId).hold(input.calendarId ?? before.calendarId ?? ''), 'Calendar')
  await demandUsers(ports.users, db, locationId, input.assignedUserId ? [input.assignedUserId] : [])
  const length = before.endAt.getTime() - before.startAt.getTime()
  const from = input.startTime ? demandMoment('startTime', input.startTime, place.zone) : before.startAt.getTime()
  const to = input.endTime ? demandMoment('endTime', input.endTime, place.zone) : from + length
  const span = spanOf(from, to)
  const plain = plainOf(input)
  const lives = takesTime({ kind: before.kind, status: plain.status ?? before.status })
  const person = input.assignedUserId === undefined ? undefined : input.assignedUserId
  const moved =
    from !== before.startAt.getTime() ||
    to !== before.endAt.getTime() ||
    calendar.id !== before.calendarId ||
    (person !== undefined && person !== before.assignedUserId) ||
    (lives && !takesTime(before))
  const kept: Seat = { assignedUserId: before.assignedUserId, users: before.users, resources: before.assignedResources }
  const asked = person ?? (calendar.id === before.calendarId ? before.assignedUserId : undefined)
  const { ignoreDateRange, ignoreFreeSlotValidation } = input
  const wish = { ...span, userId: asked, exceptEventId: id, ignoreRange: ignoreDateRange, force: ignoreFreeSlotValidation }
  const seat = moved && lives ? await takeSeat(place, calendar, wish) : kept
  const change: EventChange = {
    ...plain,
    calendarId: calendar.id,
    startAt: new Date(from),
    endAt: new Date(to),
    assignedUserId: seat.assignedUserId,
    users: seat.users,
    assignedResources: seat.resources,
  }
  const event = found(await events.change(id, change, now), 'Appointment')
  await holdsOf(db, locationId).put(event, lives ? takenBy(calendar, span, seat) : undefined)
  await plan(work, calendar, event, happeningOf(before, event))
  return event
}
