import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { WireError } from '@groundlevel/contract-kit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Db } from '../../database/wire.js'
import { newId } from '../../ids.js'
import type { Services } from '../../services.js'
import { attributeContact, attributionOf, type ContactActs } from '../contacts/index.js'
import { dayAt, dayStart, isZone, nextDay, zoneOf } from '../zones/index.js'
import { bookAppointment, changeAppointment } from './appointments.js'
import { type Booking, durationMs, worldOf } from './booking.js'
import {
  type BookingForm,
  cancelPage,
  choosePage,
  type DetailsPage,
  detailsPage,
  donePage,
  sayPage,
  trapName,
  zoneScript,
} from './booking-page.rules.js'
import { calendarsOf, locationOfCalendar } from './calendars.sql.js'
import { type StoredEvent, toldOf } from './events.rules.js'
import { eventsOf } from './events.sql.js'
import { groupsOf } from './groups.sql.js'
import { icsOf } from './ics.rules.js'
import { momentOf } from './moments.rules.js'
import type { CalendarPorts } from './ports.js'
import type { Calendar } from './settings.rules.js'
import { freeSlots } from './slots.rules.js'

type BookingEvent = Readonly<Record<'type' | 'companyId' | 'locationId' | 'payloadText', string>> & {
  readonly traceId: null
  readonly now: Date
}

/** What the public pages ask of others. */
export interface BookingPorts extends CalendarPorts {
  readonly contacts: Pick<ContactActs, 'upsert'>
  readonly locations: {
    location(id: string): Promise<{ readonly companyId: string; readonly timezone?: string | null } | undefined>
  }
  addEvent(db: Db, event: BookingEvent): Promise<unknown>
  /** Events have committed. */
  wake(): void
  publicUrl(): string
}

type Parts = Pick<Services, 'db' | 'clock' | 'secret'> & { readonly ports: BookingPorts }

export interface BookingLimits {
  count(name: string): { readonly allowed: boolean; readonly retryAfterSeconds: number }
}

/** Ids as we make them: anything else is not worth a question to the database. */
const idForm = /^[A-Za-z0-9]{20}$/
const newNonce = () => randomBytes(16).toString('base64')

/** Any site may frame the page, as it may HighLevel's; it has no cookie that another page could use. */
const headersOf = (nonce: string) => ({
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'self'",
    'frame-ancestors *',
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
  'cache-control': 'no-store',
})

const send = (reply: FastifyReply, status: number, nonce: string, html: string) =>
  reply.code(status).headers(headersOf(nonce)).type('text/html; charset=utf-8').send(html)

const say = (reply: FastifyReply, status: number, title: string, text: string) => {
  const nonce = newNonce()
  return send(reply, status, nonce, sayPage(title, text, nonce))
}

interface Opened {
  readonly calendar: Calendar
  readonly companyId: string
  readonly place: Booking
  readonly path: string
}

const open = async ({ db, clock, ports }: Parts, calendarId: string): Promise<Opened | undefined> => {
  const locationId = idForm.test(calendarId) ? await locationOfCalendar(db, calendarId) : undefined
  const location = locationId && (await ports.locations.location(locationId))
  if (!locationId || !location) return undefined
  const calendar = await calendarsOf(db, locationId).find(calendarId)
  const group = calendar?.groupId ? await groupsOf(db, locationId).find(calendar.groupId) : undefined
  if (!calendar || calendar.isActive === false || group?.isActive === false) return undefined
  const place = { db, locationId, zone: zoneOf(location.timezone), now: clock.now() }
  return { calendar, companyId: location.companyId, place, path: `/widget/booking/${calendarId}` }
}

const textOf = (values: unknown, name: string, most = 400): string => {
  const value = (values as Record<string, unknown> | undefined)?.[name]
  return typeof value === 'string'
    ? value
        .replace(/\p{Cs}|\0/gu, '')
        .trim()
        .slice(0, most)
    : ''
}

/** An appointment's own address is worth nothing without this. */
const keyOf = (secret: Buffer, locationId: string, eventId: string) =>
  createHmac('sha256', secret).update(`appointment ${locationId} ${eventId}`).digest('hex').slice(0, 40)

const isKey = (secret: Buffer, locationId: string, eventId: string, sent: string) => {
  const right = Buffer.from(keyOf(secret, locationId, eventId))
  const given = Buffer.from(sent)
  return given.length === right.length && timingSafeEqual(given, right)
}

const formats = new Map<string, Intl.DateTimeFormat>()
const shown = (ms: number, zone: string, style: 'day' | 'time' | 'whole') => {
  const known = formats.get(`${style} ${zone}`)
  if (known) return known.format(ms)
  const day = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const fields = style === 'day' ? day : style === 'time' ? time : { ...day, ...time, timeZoneName: 'short' as const }
  const made = new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...fields })
  if (formats.size > 2000) formats.clear()
  formats.set(`${style} ${zone}`, made)
  return made.format(ms)
}

const weekMs = 7 * 86_400_000
const zones = Intl.supportedValuesOf('timeZone')

const sharedOf = ({ calendar, path }: Opened, zone: string, nonce: string) => ({
  title: calendar.name,
  description: calendar.description ?? '',
  minutes: Math.round(durationMs(calendar) / 60_000),
  ...{ path, zone, nonce },
})

const slotsBetween = async ({ place, calendar }: Opened, from: number, to: number) => {
  const span = { from, to }
  return freeSlots(await worldOf(place, calendar, { span }), span)
}

/** A day that there is, up to the year 2999. */
const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && text < '2999'

const zoneIn = (sent: string, { place }: Opened) => (sent && isZone(sent) ? sent : place.zone)

const choose = async (opened: Opened, reply: FastifyReply, asked: { zone: string; week: string; error?: string }) => {
  const { zone, error } = asked
  const nowMs = opened.place.now.getTime()
  const today = dayAt(nowMs, zone)
  const week = isDay(asked.week) && asked.week > today ? asked.week : today
  const from = dayStart(week, zone).getTime()
  const slots = await slotsBetween(opened, Math.max(from, nowMs), from + weekMs)
  const days = new Map<string, { iso: string; time: string }[]>()
  for (let day = week, at = 0; at < 7; at++, day = nextDay(day)) days.set(day, [])
  for (const { startMs } of slots)
    days.get(dayAt(startMs, zone))?.push({ iso: new Date(startMs).toISOString(), time: shown(startMs, zone, 'time') })
  const later = dayAt(from + weekMs + 7_200_000, zone)
  const earlier = week > today ? dayAt(Math.max(nowMs, from - weekMs + 7_200_000), zone) : undefined
  const nonce = newNonce()
  const page = choosePage({
    ...sharedOf(opened, zone, nonce),
    ...{ week, earlier, later, error },
    zones: zones.includes(zone) ? zones : [zone, ...zones],
    days: [...days].map(([day, each]) => ({ name: shown(dayStart(day, zone).getTime() + 43_200_000, zone, 'day'), slots: each })),
  })
  return send(reply, error ? 409 : 200, nonce, page)
}

const gone = (reply: FastifyReply) => say(reply, 404, 'No such calendar', 'Nothing can be booked here any more.')

const detailsOf = (
  opened: Opened,
  zone: string,
  startMs: number,
  more: Pick<DetailsPage, 'values' | 'errors'> & { error?: string },
) => {
  const nonce = newNonce()
  const page = detailsPage({
    ...sharedOf(opened, zone, nonce),
    slot: new Date(startMs).toISOString(),
    when: shown(startMs, zone, 'whole'),
    consent: opened.calendar.consentLabel,
    ...more,
  })
  return { nonce, page }
}

const nobody: BookingForm = { name: '', email: '', phone: '', notes: '' }

const show = async (parts: Parts, request: FastifyRequest, reply: FastifyReply) => {
  const opened = await open(parts, textOf(request.params, 'calendarId'))
  if (!opened) return gone(reply)
  const zone = zoneIn(textOf(request.query, 'timezone'), opened)
  const startMs = momentOf(textOf(request.query, 'slot'), zone)
  if (startMs === undefined) return choose(opened, reply, { zone, week: textOf(request.query, 'week') })
  const { nonce, page } = detailsOf(opened, zone, startMs, { values: nobody, errors: {} })
  return send(reply, 200, nonce, page)
}

const judged = ({ name, email }: BookingForm) => ({
  ...(name ? {} : { name: 'Please say who you are.' }),
  ...(/^[^\s@]{1,64}@[^\s@]+\.[^\s@]+$/.test(email) ? {} : { email: 'This is no e-mail address.' }),
})

const authorOf = (calendarId: string, now: Date) => ({
  source: 'BOOKING_WIDGET',
  channel: 'PUBLIC_PAGE',
  sourceId: calendarId,
  timestamp: now,
})

const write = async ({ ports }: Parts, db: Db, opened: Opened, form: BookingForm, startMs: number, request: FastifyRequest) => {
  const { calendar, companyId, place } = opened
  const { locationId, now, zone } = place
  const tell = (type: string, record: object) => {
    const payloadText = 'text' in record ? String(record.text) : JSON.stringify(record)
    return ports.addEvent(db, { type, companyId, locationId, payloadText, traceId: null, now })
  }
  const work = { db, locationId, now, newId: () => newId(now) }
  const input = { name: form.name, email: form.email, ...(form.phone ? { phone: form.phone } : {}) }
  const emit = async (type: string, record: object) => void (await tell(type, record))
  const contactWork = { ...work, author: authorOf(calendar.id, now), emit }
  const { contact } = await ports.contacts.upsert(contactWork, input, { onCreate: { source: calendar.name } })
  const contactId = contact.value.id
  const userAgent = request.headers['user-agent']
  const visit = attributionOf({ url: `${ports.publicUrl()}${opened.path}`, userAgent, medium: 'calendar', mediumId: calendar.id })
  await attributeContact(db, locationId, contactId, visit, now)
  const booking = { ...work, source: 'booking_widget', userId: null }
  const wish = { calendarId: calendar.id, contactId, startTime: new Date(startMs).toISOString(), notes: form.notes || null }
  const [event] = await bookAppointment(ports, booking, wish)
  if (!event) throw new Error('Nothing was booked.')
  await tell('AppointmentCreate', toldOf(event, zone))
  return event
}

const thank = ({ secret }: Parts, reply: FastifyReply, { calendar }: Opened, event: StoredEvent, zone: string) => {
  const nonce = newNonce()
  const own = `/widget/appointment/${event.locationId}/${event.id}`
  const key = `key=${keyOf(secret, event.locationId, event.id)}&timezone=${encodeURIComponent(zone)}`
  const page = donePage({
    title: calendar.name,
    text: calendar.formSubmitThanksMessage || 'Thank you. The time is yours.',
    when: shown(event.startAt.getTime(), zone, 'whole'),
    place: event.address ?? undefined,
    file: `${own}/event.ics?${key}`,
    cancel: calendar.allowCancellation === false ? undefined : `${own}/cancel?${key}`,
    nonce,
  })
  return send(reply, 200, nonce, page)
}

const receive = async (parts: Parts, request: FastifyRequest, reply: FastifyReply) => {
  const opened = await open(parts, textOf(request.params, 'calendarId'))
  if (!opened) return gone(reply)
  const { body } = request
  const zone = zoneIn(textOf(body, 'timezone'), opened)
  const startMs = momentOf(textOf(body, 'slot'), zone)
  // Whoever filled in what nobody sees is sent back to the times, and learns nothing.
  if (startMs === undefined || textOf(body, trapName)) return choose(opened, reply, { zone, week: '' })
  const values = {
    name: textOf(body, 'name'),
    email: textOf(body, 'email'),
    phone: textOf(body, 'phone', 64),
    notes: textOf(body, 'notes', 5000),
  }
  const errors = judged(values)
  if (Object.keys(errors).length > 0) {
    const { nonce, page } = detailsOf(opened, zone, startMs, { values, errors })
    return send(reply, 422, nonce, page)
  }
  try {
    const event = await parts.db
      .transaction()
      .execute((db) => write(parts, db, { ...opened, place: { ...opened.place, db } }, values, startMs, request))
    parts.ports.wake()
    return thank(parts, reply, opened, event, zone)
  } catch (thrown) {
    if (!(thrown instanceof WireError) || thrown.status >= 500) throw thrown
    if (thrown.status === 400)
      return choose(opened, reply, {
        zone,
        week: dayAt(startMs, zone),
        error: 'This time has just been taken. Please choose another one.',
      })
    const { nonce, page } = detailsOf(opened, zone, startMs, { values, errors: {}, error: thrown.message })
    return send(reply, 422, nonce, page)
  }
}

interface OpenedEvent {
  readonly event: StoredEvent
  readonly companyId: string
  readonly zone: string
}

const openEvent = async ({ db, secret, ports }: Parts, request: FastifyRequest): Promise<OpenedEvent | undefined> => {
  const eventId = textOf(request.params, 'eventId')
  const locationId = textOf(request.params, 'locationId')
  if (!idForm.test(eventId) || !isKey(secret, locationId, eventId, textOf(request.query, 'key'))) return undefined
  const location = await ports.locations.location(locationId)
  const event = await eventsOf(db, locationId).find(eventId, 'appointment')
  return location && event ? { event, companyId: location.companyId, zone: zoneOf(location.timezone) } : undefined
}

const noAppointment = (reply: FastifyReply) => say(reply, 404, 'No such appointment', 'This appointment does not exist any more.')

const file = async (parts: Parts, request: FastifyRequest, reply: FastifyReply) => {
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
    .headers({ ...headersOf(''), 'content-disposition': 'attachment; filename="appointment.ics"' })
    .type('text/calendar; charset=utf-8')
    .send(icsOf(title, [about]))
}

const mayCancel = async ({ db }: Parts, { event }: OpenedEvent) => {
  const calendar = event.calendarId ? await calendarsOf(db, event.locationId).find(event.calendarId) : undefined
  return calendar !== undefined && calendar.allowCancellation !== false && event.status !== 'cancelled'
}

const cannotCancel = (reply: FastifyReply, { event }: OpenedEvent) =>
  say(reply, 409, event.title, 'The appointment cannot be cancelled here, or is already.')

const askCancel = async (parts: Parts, request: FastifyRequest, reply: FastifyReply) => {
  const opened = await openEvent(parts, request)
  if (!opened) return noAppointment(reply)
  if (!(await mayCancel(parts, opened))) return cannotCancel(reply, opened)
  const zone = textOf(request.query, 'timezone')
  const when = shown(opened.event.startAt.getTime(), isZone(zone) ? zone : opened.zone, 'whole')
  const nonce = newNonce()
  return send(reply, 200, nonce, cancelPage(opened.event.title, when, request.url, nonce))
}

const cancel = async (parts: Parts, request: FastifyRequest, reply: FastifyReply) => {
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

/**
 * `/widget/booking/{calendarId}`: the public booking page, at HighLevel's own path; `/widget/appointment/{id}` what a visitor
 * may do with what was booked. No contract operations: they answer a browser.
 */
export const bookingPages =
  (parts: Parts) =>
  (limits: BookingLimits) =>
  async (app: FastifyInstance): Promise<void> => {
    const limited = (act: typeof show, kind: string) => async (request: FastifyRequest, reply: FastifyReply) => {
      const { allowed, retryAfterSeconds } = limits.count(`booking ${kind} ${request.ip}`)
      if (allowed) return act(parts, request, reply)
      return say(reply.header('retry-after', retryAfterSeconds), 429, 'Too many at once', 'Try again in a moment.')
    }
    app.get('/widget/zone.js', (_request, reply) =>
      reply
        .headers({ 'cache-control': 'max-age=86400', 'x-content-type-options': 'nosniff' })
        .type('text/javascript; charset=utf-8')
        .send(zoneScript),
    )
    app.get('/widget/booking/:calendarId', limited(show, 'page'))
    app.post('/widget/booking/:calendarId', { bodyLimit: 65_536 }, limited(receive, 'sent'))
    app.get('/widget/appointment/:locationId/:eventId/event.ics', limited(file, 'file'))
    app.get('/widget/appointment/:locationId/:eventId/cancel', limited(askCancel, 'page'))
    app.post('/widget/appointment/:locationId/:eventId/cancel', { bodyLimit: 4096 }, limited(cancel, 'sent'))
  }
