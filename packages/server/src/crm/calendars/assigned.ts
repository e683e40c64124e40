import type { AssignedRecords } from '../contacts/index.js'
import { isOthers } from './assigned.sql.js'

/** Appointments, their notes, and blocked times. */
export const calendarRecords: readonly AssignedRecords[] = [
  {
    of: ['calendars.appointment.', 'calendars.blocked.', 'calendars.notes.'],
    names: ['eventId', 'appointmentId'],
    thing: (key) => (key === 'calendars.appointment.remove' || key.startsWith('calendars.blocked.') ? 'Event' : 'Appointment'),
    isForeign: isOthers,
  },
]
