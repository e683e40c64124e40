import { jsonText, WireError } from '@groundlevel/contract-kit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Db } from '../../database/wire.js'
import { newId } from '../../ids.js'
import { attributeContact, attributionOf, phoneIn } from '../contacts/index.js'
import { isRecordId, limited, newNonce, noPhone, type PageLimits, sendPage, trapName } from '../public-pages/index.js'
import { dayAt, zoneOf } from '../zones/index.js'
import { askCancel, cancel, file } from './appointment-pages.js'
import { bookAppointment } from './appointments.js'
import { type Booking, durationMs, taken } from './booking.js'
import { type BookingForm, choosePage, type DetailsPage, detailsPage, donePage, zoneScript } from './booking-page.rules.js'
import { calendarsOf, locationOfCalendar } from './calendars.sql.js'
import { type StoredEvent, toldOf } from './events.rules.js'
import { feed } from './feed-pages.js'
import { groupsOf } from './groups.sql.js'
import { momentOf } from './moments.rules.js'
import { offeredWeek, zoneIn } from './offered-weeks.js'
import { ownAddresses } from './own-appointment.js'
import { askReschedule, reschedule } from './reschedule-pages.js'
import type { Calendar } from './settings.rules.js'
import { shown } from './shown-times.rules.js'
import { say, textOf, type VisitorParts } from './visitor.js'

interface Opened {
  readonly calendar: Calendar
  readonly companyId: string
  /** In which a number without a country is read. */
  readonly country: string | null | undefined
  readonly place: Booking
  readonly path: string
}

const open = async ({ db, clock, ports }: VisitorParts, calendarId: string): Promise<Opened | undefined> => {
  const locationId = isRecordId(calendarId) ? await locationOfCalendar(db, calendarId) : undefined
  const location = locationId && (await ports.locations.location(locationId))
  if (!locationId || !location) return undefined
  const calendar = await calendarsOf(db, locationId).find(calendarId)
  const group = calendar?.groupId ? await groupsOf(db, locationId).find(calendar.groupId) : undefined
  if (!calendar || calendar.isActive === false || group?.isActive === false) return undefined
  const place = { db, locationId, zone: zoneOf(location.timezone), now: clock.now() }
  return { calendar, companyId: location.companyId, country: location.country, place, path: `/widget/booking/${calendarId}` }
}

const sharedOf = ({ calendar, path }: Opened, zone: string, nonce: string) => ({
  title: calendar.name,
  description: calendar.description ?? '',
  minutes: Math.round(durationMs(calendar) / 60_000),
  ...{ path, zone, nonce },
})

interface Asked {
  readonly zone: string
  readonly week: string
  /** Why the times are shown again. */
  readonly error?: string
  readonly status?: number
}

const choose = async (opened: Opened, reply: FastifyReply, asked: Asked) => {
  const { zone, week, error, status = 200 } = asked
  const nonce = newNonce()
  const offered = await offeredWeek(opened.place, opened.calendar, { zone, week })
  const page = choosePage({ ...sharedOf(opened, zone, nonce), ...offered, error })
  return sendPage(reply, status, page, { nonce, hasScript: true })
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

const show = async (parts: VisitorParts, request: FastifyRequest, reply: FastifyReply) => {
  const opened = await open(parts, textOf(request.params, 'calendarId'))
  if (!opened) return gone(reply)
  const zone = zoneIn(textOf(request.query, 'timezone'), opened.place)
  const startMs = momentOf(textOf(request.query, 'slot'), zone)
  if (startMs === undefined) return choose(opened, reply, { zone, week: textOf(request.query, 'week') })
  const { nonce, page } = detailsOf(opened, zone, startMs, { values: nobody, errors: {} })
  return sendPage(reply, 200, page, { nonce })
}

const judged = ({ name, email, phone }: BookingForm, country: Opened['country']) => ({
  ...(name ? {} : { name: 'Please say who you are.' }),
  ...(/^[^\s@]{1,64}@[^\s@]+\.[^\s@]+$/.test(email) ? {} : { email: 'This is no e-mail address.' }),
  ...(!phone || phoneIn(phone, country) ? {} : { phone: noPhone }),
})

const authorOf = (calendarId: string, now: Date) => ({
  source: 'BOOKING_WIDGET',
  channel: 'PUBLIC_PAGE',
  sourceId: calendarId,
  timestamp: now,
})

const write = async (
  { ports }: VisitorParts,
  db: Db,
  opened: Opened,
  form: BookingForm & { readonly timezone: string },
  startMs: number,
  request: FastifyRequest,
) => {
  const { calendar, companyId, place } = opened
  const { locationId, now, zone } = place
  const tell = (type: string, record: object) =>
    ports.addEvent(db, { type, companyId, locationId, payloadText: jsonText(record), traceId: null, now })
  const work = { db, locationId, now, newId: () => newId(now) }
  const input = { name: form.name, email: form.email, ...(form.phone ? { phone: form.phone } : {}) }
  const emit = async (type: string, record: object) => void (await tell(type, record))
  const contactWork = { ...work, author: authorOf(calendar.id, now), emit }
  // Whoever is elsewhere reads of the appointment in their own time.
  const elsewhere = form.timezone === zone ? {} : { timezone: form.timezone }
  const { contact } = await ports.contacts.upsert(contactWork, input, { onCreate: { source: calendar.name, ...elsewhere } })
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

const thank = ({ secret }: VisitorParts, reply: FastifyReply, { calendar }: Opened, event: StoredEvent, zone: string) => {
  const nonce = newNonce()
  const own = ownAddresses(secret, event, zone)
  const page = donePage({
    title: calendar.name,
    text: calendar.formSubmitThanksMessage || 'Thank you. The time is yours.',
    when: shown(event.startAt.getTime(), zone, 'whole'),
    place: event.address ?? undefined,
    file: own.file,
    move: calendar.allowReschedule === false ? undefined : own.reschedule,
    cancel: calendar.allowCancellation === false ? undefined : own.cancel,
    nonce,
  })
  return sendPage(reply, 200, page, { nonce })
}

const receive = async (parts: VisitorParts, request: FastifyRequest, reply: FastifyReply) => {
  const opened = await open(parts, textOf(request.params, 'calendarId'))
  if (!opened) return gone(reply)
  const { body } = request
  const zone = zoneIn(textOf(body, 'timezone'), opened.place)
  const startMs = momentOf(textOf(body, 'slot'), zone)
  // Whoever filled in what nobody sees is sent back to the times, and learns nothing.
  if (textOf(body, trapName)) return choose(opened, reply, { zone, week: '' })
  if (startMs === undefined) return choose(opened, reply, { zone, week: '', error: 'Please choose a time.', status: 422 })
  const values = {
    name: textOf(body, 'name'),
    email: textOf(body, 'email'),
    phone: textOf(body, 'phone', 64),
    notes: textOf(body, 'notes', 5000),
  }
  const errors = judged(values, opened.country)
  if (Object.keys(errors).length > 0) {
    const { nonce, page } = detailsOf(opened, zone, startMs, { values, errors })
    return sendPage(reply, 422, page, { nonce })
  }
  try {
    const event = await parts.db
      .transaction()
      .execute((db) =>
        write(parts, db, { ...opened, place: { ...opened.place, db } }, { ...values, timezone: zone }, startMs, request),
      )
    parts.ports.wake()
    return thank(parts, reply, opened, event, zone)
  } catch (thrown) {
    if (!(thrown instanceof WireError) || thrown.status >= 500) throw thrown
    if (thrown.message === taken().message)
      return choose(opened, reply, {
        zone,
        week: dayAt(startMs, zone),
        error: 'This time has just been taken. Please choose another one.',
        status: 409,
      })
    const { nonce, page } = detailsOf(opened, zone, startMs, { values, errors: {}, error: thrown.message })
    return sendPage(reply, 422, page, { nonce })
  }
}

/**
 * `/widget/booking/{calendarId}`: the public booking page, at HighLevel's own path; `/widget/appointment/{id}` what a visitor
 * may do with what was booked. No contract operations: they answer a browser.
 */
export const bookingPages =
  (parts: VisitorParts) =>
  (limits: PageLimits) =>
  async (app: FastifyInstance): Promise<void> => {
    const tooMany = (_request: FastifyRequest, reply: FastifyReply) =>
      say(reply, 429, 'Too many at once', 'Try again in a moment.')
    const guarded = (act: typeof show, kind: string) =>
      limited(limits, `booking ${kind}`, (request, reply) => act(parts, request, reply), tooMany)
    app.get('/widget/zone.js', (_request, reply) =>
      reply
        .headers({ 'cache-control': 'max-age=86400', 'x-content-type-options': 'nosniff' })
        .type('text/javascript; charset=utf-8')
        .send(zoneScript),
    )
    app.get('/widget/feed/:file', guarded(feed, 'feed'))
    app.get('/widget/booking/:calendarId', guarded(show, 'page'))
    app.post('/widget/booking/:calendarId', { bodyLimit: 65_536 }, guarded(receive, 'sent'))
    app.get('/widget/appointment/:locationId/:eventId/event.ics', guarded(file, 'file'))
    app.get('/widget/appointment/:locationId/:eventId/cancel', guarded(askCancel, 'page'))
    app.post('/widget/appointment/:locationId/:eventId/cancel', { bodyLimit: 4096 }, guarded(cancel, 'sent'))
    app.get('/widget/appointment/:locationId/:eventId/reschedule', guarded(askReschedule, 'page'))
    app.post('/widget/appointment/:locationId/:eventId/reschedule', { bodyLimit: 4096 }, guarded(reschedule, 'sent'))
  }
