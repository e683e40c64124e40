import type { FastifyReply, FastifyRequest } from 'fastify'
import { newNonce, pageHeaders, sendPage } from '../public-pages/index.js'
import { isZone } from '../zones/index.js'
import { changeAppointment } from './appointments.js'
import { cancelPage } from './booking-page.rules.js'
import type { StoredEvent } from './events.rules.js'
import { icsEventOf, icsOf } from './ics.rules.js'
import {
  cannot,
  changeOwn,
  isAhead,
  nameOf,
  noAppointment,
  type OpenedEvent,
  openEvent,
  ownAddresses,
  waysAfter,
} from './own-appointment.js'
import { shown } from './shown-times.rules.js'
import { say, textOf, type VisitorParts } from './visitor.js'

/** What a visitor has booked, as they know it. */
const visitorsOwn = ({ event, calendar }: OpenedEvent): StoredEvent => ({
  ...event,
  title: nameOf({ event, calendar }),
  description: event.description ?? calendar?.description ?? null,
})

/** The appointment as a calendar file. */
export const file = async (parts: VisitorParts, request: FastifyRequest, reply: FastifyReply) => {
  const opened = await openEvent(parts, request)
  if (!opened) return noAppointment(reply)
  const event = visitorsOwn(opened)
  const one = icsEventOf(event)
  return reply
    .headers({ ...pageHeaders({ nonce: '' }), 'content-disposition': 'attachment; filename="appointment.ics"' })
    .type('text/calendar; charset=utf-8')
    .send(icsOf(event.title, [one], one.cancelled ? 'CANCEL' : 'PUBLISH'))
}

const mayCancel = ({ event, calendar }: OpenedEvent, now: Date) =>
  calendar !== undefined && calendar.allowCancellation !== false && isAhead(event, now)

const cannotCancel = (reply: FastifyReply, opened: OpenedEvent) =>
  cannot(reply, opened, 'The appointment cannot be cancelled here.')

const zoneOfVisitor = (request: FastifyRequest, opened: OpenedEvent) => {
  const zone = textOf(request.query, 'timezone')
  return isZone(zone) ? zone : opened.zone
}

export const askCancel = async (parts: VisitorParts, request: FastifyRequest, reply: FastifyReply) => {
  const opened = await openEvent(parts, request)
  if (!opened) return noAppointment(reply)
  if (!mayCancel(opened, parts.clock.now())) return cannotCancel(reply, opened)
  const when = shown(opened.event.startAt.getTime(), zoneOfVisitor(request, opened), 'whole')
  const nonce = newNonce()
  return sendPage(reply, 200, cancelPage(nameOf(opened), when, request.url, nonce), { nonce })
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
  if (!cancelled) return cannotCancel(reply, (await openEvent(parts, request)) ?? opened)
  const { file: href } = ownAddresses(parts.secret, cancelled, zoneOfVisitor(request, opened))
  const ways = [{ href, name: 'Take it out of your calendar' }, ...waysAfter(opened)]
  return say(reply, 200, nameOf(opened), 'The appointment is cancelled.', ways)
}
