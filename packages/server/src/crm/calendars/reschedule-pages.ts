import { WireError } from '@groundlevel/contract-kit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { newNonce, sendPage } from '../public-pages/index.js'
import { dayAt } from '../zones/index.js'
import { changeAppointment } from './appointments.js'
import { taken } from './booking.js'
import { choosePage, donePage, movePage } from './booking-page.rules.js'
import { momentOf } from './moments.rules.js'
import { type Moving, offeredWeek, zoneIn } from './offered-weeks.js'
import {
  cannot,
  changeOwn,
  isAhead,
  nameOf,
  noAppointment,
  type OpenedEvent,
  openEvent,
  ownAddresses,
} from './own-appointment.js'
import type { Calendar } from './settings.rules.js'
import { shown } from './shown-times.rules.js'
import { textOf, type VisitorParts } from './visitor.js'

type Movable = OpenedEvent & { readonly calendar: Calendar }

const isMovable = (opened: OpenedEvent, now: Date): opened is Movable =>
  opened.calendar !== undefined &&
  opened.calendar.allowReschedule !== false &&
  opened.calendar.isActive !== false &&
  isAhead(opened.event, now)

const cannotMove = (reply: FastifyReply, opened: OpenedEvent) =>
  cannot(reply, opened, 'The appointment cannot be given another time here.')

/** It keeps its person, unless everybody of the team is needed. */
const movingOf = ({ event, calendar }: Movable): Moving => ({
  eventId: event.id,
  userId:
    calendar.calendarType === 'collective' || calendar.calendarType === 'class_booking'
      ? undefined
      : (event.assignedUserId ?? undefined),
  lastsMs: event.endAt.getTime() - event.startAt.getTime(),
  startMs: event.startAt.getTime(),
})

interface Asked {
  readonly zone: string
  readonly week: string
  /** Why the times are shown again. */
  readonly error?: string
  readonly status?: number
}

const choose = async (parts: VisitorParts, opened: Movable, reply: FastifyReply, asked: Asked) => {
  const { zone, week, error, status = 200 } = asked
  const { event, calendar } = opened
  const place = { db: parts.db, locationId: event.locationId, zone: opened.zone, now: parts.clock.now() }
  const moving = movingOf(opened)
  const own = new URL(ownAddresses(parts.secret, event, zone).reschedule, 'http://localhost')
  const nonce = newNonce()
  const page = choosePage({
    ...(await offeredWeek(place, calendar, { zone, week, moving })),
    ...{ title: calendar.name, description: '', minutes: Math.round(moving.lastsMs / 60_000) },
    lead: `Choose another time for ${calendar.name}, now on ${shown(event.startAt.getTime(), zone, 'whole')}.`,
    ...{ path: own.pathname, carried: { key: own.searchParams.get('key') ?? '' }, nonce, error },
  })
  return sendPage(reply, status, page, { nonce, hasScript: true })
}

export const askReschedule = async (parts: VisitorParts, request: FastifyRequest, reply: FastifyReply) => {
  const opened = await openEvent(parts, request)
  if (!opened) return noAppointment(reply)
  if (!isMovable(opened, parts.clock.now())) return cannotMove(reply, opened)
  const zone = zoneIn(textOf(request.query, 'timezone'), opened)
  const slot = textOf(request.query, 'slot')
  const startMs = momentOf(slot, zone)
  const { event } = opened
  const week = textOf(request.query, 'week') || dayAt(event.startAt.getTime(), zone)
  if (startMs === undefined) return choose(parts, opened, reply, { zone, week })
  const { reschedule: action } = ownAddresses(parts.secret, event, zone)
  const nonce = newNonce()
  const page = movePage({
    title: nameOf(opened),
    before: shown(event.startAt.getTime(), zone, 'whole'),
    after: shown(startMs, zone, 'whole'),
    ...{ action, slot, back: action, nonce },
  })
  return sendPage(reply, 200, page, { nonce })
}

const moved = (parts: VisitorParts, reply: FastifyReply, { calendar, event }: Movable, startMs: number, zone: string) => {
  const nonce = newNonce()
  const own = ownAddresses(parts.secret, event, zone)
  const page = donePage({
    title: calendar.name,
    text: 'The appointment has its new time.',
    when: shown(startMs, zone, 'whole'),
    place: event.address ?? undefined,
    file: own.file,
    move: own.reschedule,
    cancel: calendar.allowCancellation === false ? undefined : own.cancel,
    nonce,
  })
  return sendPage(reply, 200, page, { nonce })
}

export const reschedule = async (parts: VisitorParts, request: FastifyRequest, reply: FastifyReply) => {
  const opened = await openEvent(parts, request)
  if (!opened) return noAppointment(reply)
  if (!isMovable(opened, parts.clock.now())) return cannotMove(reply, opened)
  const zone = zoneIn(textOf(request.query, 'timezone'), opened)
  const startMs = momentOf(textOf(request.body, 'slot'), zone)
  if (startMs === undefined) return choose(parts, opened, reply, { zone, week: '', error: 'Please choose a time.', status: 422 })
  const startTime = new Date(startMs).toISOString()
  try {
    // Of several presses one moves it, and one event tells of that.
    await changeOwn(parts, opened, async (work, before) =>
      before && isAhead(before, work.now) && before.startAt.getTime() !== startMs
        ? changeAppointment(parts.ports, work, before.id, { startTime })
        : undefined,
    )
    const after = await openEvent(parts, request)
    return after?.event.startAt.getTime() === startMs
      ? moved(parts, reply, opened, startMs, zone)
      : cannotMove(reply, after ?? opened)
  } catch (thrown) {
    if (!(thrown instanceof WireError) || thrown.status >= 500) throw thrown
    const isTaken = thrown.message === taken().message
    const error = isTaken ? 'This time has just been taken. Please choose another one.' : thrown.message
    return choose(parts, opened, reply, { zone, week: dayAt(startMs, zone), error, status: isTaken ? 409 : 422 })
  }
}
