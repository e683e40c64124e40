import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { newId } from '../../ids.js'
import { isRecordId, newNonce, pageHeaders, sendPage } from '../public-pages/index.js'
import { isZone, zoneOf } from '../zones/index.js'
import { changeAppointment } from './appointments.js'
import { cancelPage } from './booking-page.rules.js'
import { calendarsOf } from './calendars.sql.js'
import { type StoredEvent, toldOf } from './events.rules.js'
import { eventsOf } from './events.sql.js'
import { icsOf } from './ics.rules.js'
import { shown } from './shown-times.rules.js'
import { say, textOf, type VisitorParts } from './visitor.js'

/** An appointment's own address is worth nothing without this. */
const keyOf = (secret: Buffer, locationId: string, eventId: string) =>
  createHmac('sha256', secret).update(`appointment ${locationId} ${eventId}`).digest('hex').slice(0, 40)

const isKey = (secret: Buffer, locationId: string, eventId: string, sent: string) => {
  const right = Buffer.from(keyOf(secret, locationId, eventId))
  const given = Buffer.from(sent)
  return given.length === right.length && timingSafeEqual(given, right)
}

/** Where a visitor finds what was booked: its calendar file, and the way to cancel. */
export const ownAddresses = (secret: Buffer, { locationId, id }: StoredEvent, zone: string) => {
  const own = `/widget/appointment/${locationId}/${id}`
  const query = `key=${keyOf(secret, locationId, id)}&timezone=${encodeURIComponent(zone)}`
  return { file: `${own}/event.ics?${query}`, cancel: `${own}/cancel?${query}` }
}

interface OpenedEvent {
  readonly event: StoredEvent
  readonly companyId: string
  readonly zone: string
}

const openEvent = async ({ db, secret, ports }: VisitorParts, request: FastifyRequest): Promise<OpenedEvent | undefined> => {
  const eventId = textOf(request.params, 'eventId')
  const locationId = textOf(request.params, 'locationId')
  if (!isRecordId(eventId) || !isKey(secret, locationId, eventId, textOf(request.query, 'key'))) return undefined
  const location = await ports.locations.location(locationId)
  const event = await eventsOf(db, locationId).find(eventId, 'appointment')
  return location && event ? { event, companyId: location.companyId, zone: zoneOf(location.timezone) } : undefined
}

const noAppointment = (reply: FastifyReply) => say(reply, 404, 'No such appointment', 'This appointment does not exist any more.')

/** The appointment as a calendar file. */
export const file = async (parts: VisitorParts, request: FastifyRequest, reply: FastifyReply) => {
  const opened = await openEvent(parts, request)
  if (!opened) return noAppointment(reply)
  const { title, description, address, startAt, endAt, dateUpdated, status, id } = opened.event
  const about = {
    id,
    title,
    description,
    place: address,
    startAt,
    endAt,
    changedAt: dateUpdated,
    cancelled: status === 'cancelled',
  }
  return reply
    .headers({ ...pageHeaders({ nonce: '' }), 'content-disposition': 'attachment; filename="appointment.ics"' })
    .type('text/calendar; charset=utf-8')
    .send(icsOf(title, [about]))
}

const mayCancel = async ({ db }: VisitorParts, { event }: OpenedEvent) => {
  const calendar = event.calendarId ? await calendarsOf(db, event.locationId).find(event.calendarId) : undefined
  return calendar !== undefined && calendar.allowCancellation !== false && event.status !== 'cancelled'
}

const cannotCancel = (reply: FastifyReply, { event }: OpenedEvent) =>
  say(reply, 409, event.title, 'The appointment cannot be cancelled here, or is already.')

export const askCancel = async (parts: VisitorParts, request: FastifyRequest, reply: FastifyReply) => {
  const opened = await openEvent(parts, request)
  if (!opened) return noAppointment(reply)
  if (!(await mayCancel(parts, opened))) return cannotCancel(reply, opened)
  const zone = textOf(request.query, 'timezone')
  const when = shown(opened.event.startAt.getTime(), isZone(zone) ? zone : opened.zone, 'whole')
  const nonce = newNonce()
  return sendPage(reply, 200, cancelPage(opened.event.title, when, request.url, nonce), { nonce })
}

export const cancel = async (parts: VisitorParts, request: FastifyRequest, reply: FastifyReply) => {
  const opened = await openEvent(parts, request)
  if (!opened) return noAppointment(reply)
  if (!(await mayCancel(parts, opened))) return cannotCancel(reply, opened)
  const now = parts.clock.now()
  const { event, companyId, zone } = opened
  const { locationId } = event
  const isMine = await parts.db.transaction().execute(async (db) => {
    // Of several presses one cancels, and one event tells of it.
    const before = await eventsOf(db, locationId).lock(event.id, 'appointment')
    if (!before || before.status === 'cancelled') return false
    const work = { db, locationId, now, newId: () => newId(now), source: 'booking_widget', userId: null }
    const changed = await changeAppointment(parts.ports, work, event.id, { appointmentStatus: 'cancelled' })
    const payloadText = JSON.stringify(toldOf(changed, zone))
    await parts.ports.addEvent(db, { type: 'AppointmentUpdate', companyId, locationId, payloadText, traceId: null, now })
    return true
  })
  if (!isMine) return cannotCancel(reply, opened)
  parts.ports.wake()
  return say(reply, 200, event.title, 'The appointment is cancelled.')
}
