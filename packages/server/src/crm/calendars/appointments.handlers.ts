import { found } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { type Context, implement } from '../../http/implement.js'
import { type BookingWork, bookAppointment, changeAppointment } from './appointments.js'
import { readOf, type StoredEvent, toldOf, writtenOf } from './events.rules.js'
import { eventsOf } from './events.sql.js'
import { listOf, zoneOfLocation } from './listing.js'
import type { CalendarPorts } from './ports.js'

const workOf = ({ db, locationId, now, newId, principal, userId }: Context): BookingWork => ({
  ...{ db, locationId, now, newId, userId },
  source: principal.source === 'session' ? 'calendar_page' : 'third_party',
})

export const appointmentHandlers = (ports: CalendarPorts) => {
  const zoneIn = zoneOfLocation(ports)
  return implement(api.calendars.appointment, (context) => ({ work: workOf(context) }), {
    create: async ({ body: { locationId: _, ...input } }, { work, locationId, emitAll }) => {
      const zone = await zoneIn(locationId)
      const booked = await bookAppointment(ports, work, input)
      await emitAll(
        'AppointmentCreate',
        booked.map((event) => toldOf(event, zone)),
      )
      return writtenOf(booked[0] as StoredEvent, zone)
    },

    get: async ({ eventId }, { db, locationId }) => {
      const event = found(await eventsOf(db, locationId).find(eventId, 'appointment'), 'Appointment')
      const appointment = readOf(event, await zoneIn(locationId))
      return { appointment, event: appointment }
    },

    update: async ({ eventId, body }, { work, locationId, emit }) => {
      const zone = await zoneIn(locationId)
      const event = await changeAppointment(ports, work, eventId, body)
      await emit('AppointmentUpdate', toldOf(event, zone))
      return writtenOf(event, zone)
    },

    remove: async ({ eventId }, { db, locationId, emit }) => {
      const event = found(await eventsOf(db, locationId).remove(eventId), 'Event')
      if (event.kind === 'appointment') await emit('AppointmentDelete', toldOf(event, await zoneIn(locationId)))
      return { succeded: true, succeeded: true }
    },

    list: async ({ query }, context) => {
      const zone = await zoneIn(context.locationId)
      const events = await listOf(context, 'appointment', query, zone)
      return { events: events.map((event) => readOf(event, zone)) }
    },
  })
}
