import type { Db } from '../../database/wire.js'
import type { Implementation } from '../../http/implement.js'
import { zoneOf } from '../zones/index.js'
import { appointmentHandlers } from './appointments.handlers.js'
import { type BookingWork, changeAppointment } from './appointments.js'
import { blockedHandlers } from './blocked.handlers.js'
import { calendarHandlers } from './calendars.handlers.js'
import { readOf, toldOf } from './events.rules.js'
import { eventsOf } from './events.sql.js'
import { feedHandlers } from './feeds.handlers.js'
import { groupHandlers } from './groups.handlers.js'
import { appointmentNoteHandlers } from './notes.handlers.js'
import { notificationHandlers } from './notifications.handlers.js'
import { isAhead } from './own-appointment.js'
import type { CalendarPorts } from './ports.js'
import { resourceHandlers } from './resources.handlers.js'
import { scheduleHandlers } from './schedules.handlers.js'

export type {
  AppointmentInput,
  BookingWork,
  NewAppointment,
} from './appointments.js'
export { calendarAssets, calendarGroupAssets, calendarNotificationAssets } from './assets.sql.js'
export { calendarRecords } from './assigned.js'
export { bookingPages } from './booking-pages.js'
export { appointmentsOfContact, moveAppointments } from './events.sql.js'
export { leaveAppointments } from './leaving.js'
export type { CalendarPorts } from './ports.js'
export { reminderJob } from './reminders.jobs.js'
export { type SeedCalendar, seedCalendar } from './seed.sql.js'
export type { BookingPorts } from './visitor.js'

/** Appointments of a contact, newest first, for the contact's page. */
export const contactAppointments = ({ locations }: Pick<CalendarPorts, 'locations'>) => ({
  ofContact: async (db: Db, locationId: string, contactId: string) => {
    const zone = zoneOf((await locations.location(locationId))?.timezone)
    const events = await eventsOf(db, locationId).ofContact(contactId)
    return events.map((event) => {
      const { isRecurring: _r, rrule: _u, description: _d, createdBy: _c, masterEventId: _m, ...read } = readOf(event, zone)
      const { deleted: _g, ...shown } = read
      return shown
    })
  },
})

/** What other rooms do to appointments, in their own transaction and with their own outbox. */
export const appointmentActs = (ports: CalendarPorts) => ({
  /** The appointment of a contact that comes next. */
  nextAppointmentOf: async ({ db, locationId, now }: ActWork, contactId: string): Promise<string | undefined> => {
    const ahead = (await eventsOf(db, locationId).ofContact(contactId)).filter((event) => isAhead(event, now))
    return ahead.sort((a, b) => a.startAt.getTime() - b.startAt.getTime())[0]?.id
  },
  /** @throws WireError 400 where there is no such appointment, or its time is somebody else's by now */
  setAppointment: async (work: ActWork, id: string, appointmentStatus: string): Promise<void> => {
    const booking = { ...work, source: 'workflow', userId: null }
    const event = await changeAppointment(ports, booking, id, { appointmentStatus })
    const zone = zoneOf((await ports.locations.location(work.locationId))?.timezone)
    await work.emit('AppointmentUpdate', toldOf(event, zone))
  },
})

interface ActWork extends Pick<BookingWork, 'db' | 'locationId' | 'now' | 'newId'> {
  emit(type: 'AppointmentUpdate', record: object): Promise<void>
}

/** Calendars, who and what is booked in them, and when that can be. */
export const calendarsModule = (ports: CalendarPorts): readonly Implementation[] => [
  ...groupHandlers(),
  ...calendarHandlers(ports),
  ...scheduleHandlers(ports),
  ...resourceHandlers(),
  ...feedHandlers(ports),
  ...notificationHandlers(),
  ...appointmentHandlers(ports),
  ...blockedHandlers(ports),
  ...appointmentNoteHandlers(ports),
]
