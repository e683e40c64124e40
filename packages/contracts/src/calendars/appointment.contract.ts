import { DELETE, GET, POST, PUT, t } from '@groundlevel/contract-kit'
import { succeeded } from '../contacts/contact.shapes.js'
import {
  AppointmentCreate,
  AppointmentUpdate,
  AppointmentWritten,
  Blocked,
  BlockIn,
  CalendarEvent,
} from './appointment.shapes.js'
import { events } from './module.js'

/** Milliseconds since 1970 as text, or ISO 8601; one of the three ids says whose. */
const between = t.Object({
  locationId: t.String(),
  userId: t.Optional(t.String({ maxLength: 50 })),
  calendarId: t.Optional(t.String({ maxLength: 50 })),
  groupId: t.Optional(t.String({ maxLength: 50 })),
  startTime: t.String({ maxLength: 40 }),
  endTime: t.String({ maxLength: 40 }),
})
const Events = t.Object({ events: t.Array(CalendarEvent) })

export const appointment = events.resource('appointment', '/calendars/events', {
  create: POST('/appointments', {
    id: 'create-appointment',
    summary: 'Book an appointment of a contact',
    reaches: { contact: ['contactId'] },
    tenant: 'body',
    body: AppointmentCreate,
    reply: AppointmentWritten,
    emits: ['AppointmentCreate'],
  }),
  get: GET('/appointments/:eventId', {
    id: 'get-appointment',
    summary: 'One appointment',
    reaches: { appointment: ['eventId'] },
    /** `event` is the document's, `appointment` what the live service answers: both. */
    reply: t.Object({ appointment: CalendarEvent, event: CalendarEvent }),
  }),
  update: PUT('/appointments/:eventId', {
    id: 'edit-appointment',
    summary: 'Change an appointment: its time, its person, its state',
    reaches: { appointment: ['eventId'] },
    body: AppointmentUpdate,
    reply: AppointmentWritten,
    emits: ['AppointmentUpdate'],
  }),
  remove: DELETE('/:eventId', {
    id: 'delete-event',
    summary: 'Delete an appointment or a blocked time',
    reaches: { event: ['eventId'] },
    reply: t.Object(succeeded),
    emits: ['AppointmentDelete'],
  }),
  list: GET('', {
    id: 'get-calendar-events',
    summary: 'Appointments of a user, a calendar or a group between two moments',
    reaches: 'narrowed',
    tenant: 'query',
    query: between,
    reply: Events,
  }),
})

export const blocked = events.resource('blocked', '/calendars', {
  list: GET('/blocked-slots', {
    id: 'get-blocked-slots',
    summary: 'Blocked times of a user, a calendar or a group between two moments',
    reaches: 'narrowed',
    tenant: 'query',
    query: between,
    reply: Events,
  }),
  create: POST('/events/block-slots', {
    id: 'create-block-slot',
    summary: 'Block a time of a calendar or of a user',
    reaches: 'none',
    tenant: 'body',
    body: BlockIn,
    status: 201,
    reply: Blocked,
  }),
  update: PUT('/events/block-slots/:eventId', {
    id: 'edit-block-slot',
    summary: 'Change a blocked time',
    reaches: { event: ['eventId'] },
    tenant: 'body',
    body: BlockIn,
    status: 201,
    reply: Blocked,
  }),
})
