import type { FastifyReply, FastifyRequest } from 'fastify'
import { newId } from '../../ids.js'
import { isPageKey, isRecordId, pageKey } from '../public-pages/index.js'
import { zoneOf } from '../zones/index.js'
import type { BookingWork } from './appointments.js'
import { calendarsOf } from './calendars.sql.js'
import { type StoredEvent, toldOf } from './events.rules.js'
import { eventsOf } from './events.sql.js'
import type { Calendar } from './settings.rules.js'
import { say, textOf, type VisitorParts } from './visitor.js'

/** An appointment's own address is worth nothing without the key to this. */
const pageOf = (locationId: string, eventId: string) => `appointment ${locationId} ${eventId}`

/** Where a visitor finds what was booked: its calendar file, and the ways to another time and to none. */
export const ownAddresses = (secret: Buffer, { locationId, id }: StoredEvent, zone: string) => {
  const own = `/widget/appointment/${locationId}/${id}`
  const query = `key=${pageKey(secret, pageOf(locationId, id))}&timezone=${encodeURIComponent(zone)}`
  return { file: `${own}/event.ics?${query}`, cancel: `${own}/cancel?${query}`, reschedule: `${own}/reschedule?${query}` }
}

export interface OpenedEvent {
  readonly event: StoredEvent
  /** Absent: the calendar is gone. */
  readonly calendar: Calendar | undefined
  readonly companyId: string
  readonly zone: string
}

/** The appointment that the address names, as long as the key in it is right. */
export const openEvent = async (
  { db, secret, ports }: VisitorParts,
  request: FastifyRequest,
): Promise<OpenedEvent | undefined> => {
  const eventId = textOf(request.params, 'eventId')
  const locationId = textOf(request.params, 'locationId')
  if (!isRecordId(eventId) || !isPageKey(secret, pageOf(locationId, eventId), textOf(request.query, 'key'))) return undefined
  const location = await ports.locations.location(locationId)
  const event = await eventsOf(db, locationId).find(eventId, 'appointment')
  if (!location || !event) return undefined
  const calendar = event.calendarId ? await calendarsOf(db, locationId).find(event.calendarId) : undefined
  return { event, calendar, companyId: location.companyId, zone: zoneOf(location.timezone) }
}

export const noAppointment = (reply: FastifyReply) =>
  say(reply, 404, 'No such appointment', 'This appointment does not exist any more.')

/** What a visitor calls it: its own title mostly is their name. */
export const nameOf = ({ event, calendar }: Pick<OpenedEvent, 'event' | 'calendar'>): string => calendar?.name ?? event.title

/** Ways on from an appointment that was called off. */
export const waysAfter = ({ calendar }: OpenedEvent) =>
  calendar && calendar.isActive !== false ? [{ href: `/widget/booking/${calendar.id}`, name: 'Book a new time' }] : []

/** Why a visitor cannot do what they came for. */
export const cannot = (reply: FastifyReply, opened: OpenedEvent, why: string) =>
  opened.event.status === 'cancelled'
    ? say(reply, 409, nameOf(opened), 'This appointment was cancelled.', waysAfter(opened))
    : say(reply, 409, nameOf(opened), why)

/** Whether a visitor may still do something about it: it is to come, and was not called off. */
export const isAhead = ({ status, startAt }: Pick<StoredEvent, 'status' | 'startAt'>, now: Date): boolean =>
  status !== 'cancelled' && status !== 'invalid' && startAt > now

/** Changes an appointment as its visitor wishes, and tells of it, in one transaction. @returns undefined where `change` did nothing */
export const changeOwn = async (
  { db: pool, clock, ports }: VisitorParts,
  { event: { id, locationId }, companyId, zone }: OpenedEvent,
  change: (work: BookingWork, before: StoredEvent | undefined) => Promise<StoredEvent | undefined>,
): Promise<StoredEvent | undefined> => {
  const now = clock.now()
  const changed = await pool.transaction().execute(async (db) => {
    const before = await eventsOf(db, locationId).lock(id, 'appointment')
    const work = { db, locationId, now, newId: () => newId(now), source: 'booking_widget', userId: null }
    const after = await change(work, before)
    if (!after) return undefined
    const payloadText = JSON.stringify(toldOf(after, zone))
    await ports.addEvent(db, { type: 'AppointmentUpdate', companyId, locationId, payloadText, traceId: null, now })
    return after
  })
  if (changed) ports.wake()
  return changed
}
