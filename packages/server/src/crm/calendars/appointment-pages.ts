import type { FastifyReply, FastifyRequest } from 'fastify'
import { newNonce, pageHeaders, sendPage } from '../public-pages/index.js'
import { isZone } from '../zones/index.js'
import { changeAppointment } from './appointments.js'
import { cancelPage } from './booking-page.rules.js'
import type { StoredEvent } from './events.rules.js'
import { icsEventOf, icsOf } from './ics.rules.js'
import { changeOwn, isAhead, noAppointment, type OpenedEvent, openEvent } from './own-appointment.js'
import { shown } from './shown-times.rules.js'
import { say, textOf, type VisitorParts } from './visitor.js'

/** What a visitor has booked, as they know it: its own title mostly is their name. */
const visitorsOwn = ({ event, calendar }: OpenedEvent): StoredEvent =>
  calendar ? { ...event, title: calendar.name, description: event.description ?? calendar.description ?? null } : event

/** The appointment as a calendar file. */
export const file = async (parts: VisitorParts, request: FastifyRequest, reply: FastifyReply) => {
  const opened = await openEvent(parts, request)
  if (!opened) return noAppointment(reply)
  const event = visitorsOwn(opened)
  return reply
    .headers({ ...pageHeaders({ nonce: '' }), 'content-disposition': 'attachment; filename="appointment.ics"' })
    .type('text/calendar; charset=utf-8')
    .send(icsOf(event.title, [icsEventOf(event)]))
}

const mayCancel = ({ event, calendar }: OpenedEvent, now: Date) =>
  calendar !== undefined && calendar.allowCancellation !== false && isAhead(event, now)

const cannotCancel = (reply: FastifyReply, { event }: OpenedEvent) =>
  say(reply, 409, event.title, 'The appointment cannot be cancelled here, or is already.')

export const askCancel = async (parts: VisitorParts, request: FastifyRequest, reply: FastifyReply) => {
  const opened = await openEvent(parts, request)
  if (!opened) return noAppointment(reply)
  if (!mayCancel(opened, parts.clock.now())) return cannotCancel(reply, opened)
  const zone = textOf(request.query, 'timezone')
  const when = shown(opened.event.startAt.getTime(), isZone(zone) ? zone : opened.zone, 'whole')
  const nonce = newNonce()
  return sendPage(reply, 200, cancelPage(opened.event.title, when, request.url, nonce), { nonce })
}

export const cancel = async (parts: VisitorParts, request: FastifyRequest, reply: FastifyReply) => {
  const opened = await openEvent(parts, request)
  if (!opened) return noAppointment(reply)
  if (!mayCancel(opened, parts.clock.now())) return cannotCancel(reply, opened)
  // Of several presses one cancels, and one event tells of it.
  const cancelled = await changeOwn(parts, opened, async (work, before) =>
    before && isAhead(before, work.now)
      ? changeAppointment(parts.ports, work, before.id, { appointmentStatus: 'cancelled' })
      : undefined,
  )
  if (!cancelled) return cannotCancel(reply, opened)
  return say(reply, 200, opened.event.title, 'The appointment is cancelled.')
}
