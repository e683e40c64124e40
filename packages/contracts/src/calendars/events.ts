import { event, t } from '@groundlevel/contract-kit'
import { CalendarEvent } from './appointment.shapes.js'

/** The body is nested (wire-contract §5.4), what is in it an allow-list. */
const payload = t.Object({
  appointment: t.Pick(CalendarEvent, [
    'id',
    'address',
    'title',
    'calendarId',
    'contactId',
    'groupId',
    'appointmentStatus',
    'assignedUserId',
    'users',
    'notes',
    'startTime',
    'endTime',
    'dateAdded',
    'dateUpdated',
  ]),
})

const appointmentEvent = <const N extends string>(type: N, summary: string) =>
  event(type, { scope: 'calendars/events.readonly', payload, summary })

export const AppointmentCreate = appointmentEvent('AppointmentCreate', 'An appointment was booked')
export const AppointmentUpdate = appointmentEvent('AppointmentUpdate', 'An appointment changed')
export const AppointmentDelete = appointmentEvent('AppointmentDelete', 'An appointment was deleted')
