import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contactPorts } from '../../testing/contact-ports.js'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { contactActs, contactsModule } from '../contacts/index.js'
import { icsOf } from './ics.rules.js'
import { bookingPages, calendarsModule } from './index.js'

let on: ModuleApp
const told: string[] = []
let allowed = true
let calendarId = ''

beforeAll(async () => {
  const locationsIn = (db: ModuleApp['db']) => ({
    location: async (id: string) => {
      const row = await db.selectFrom('locations').selectAll().where('id', '=', id).executeTakeFirst()
      return row && { ...row, settings: row.settings as object }
    },
  })
  on = await moduleApp(
    ({ lookups }) => {
      const contacts = contactPorts(lookups)
      const { users, publicUrl } = contacts
      return [...contactsModule(contacts), ...calendarsModule({ users, publicUrl, locations: locationsIn(lookups) })]
    },
    undefined,
    undefined,
    (app, { db, clock }) => {
      const contacts = contactPorts(db)
      const ports = {
        ...{ contacts: contactActs(contacts), users: contacts.users, locations: locationsIn(db) },
        addEvent: async (_db: unknown, { type }: { type: string }) => void told.push(type),
        ...{ wake: () => {}, publicUrl: () => 'http://127.0.0.1:4000' },
      }
      const pages = bookingPages({ db, clock, secret: Buffer.alloc(32, 5), ports })
      app.register(pages({ count: () => ({ allowed, retryAfterSeconds: 9 }) }))
    },
  )
  await on.db.updateTable('locations').set({ timezone: 'America/New_York' }).execute()
  const openHours = [
    { daysOfTheWeek: [0, 1, 2, 3, 4, 5, 6], hours: [{ openHour: 9, openMinute: 0, closeHour: 11, closeMinute: 0 }] },
  ]
  const body = {
    locationId: on.locationId,
    name: 'First <visit>',
    description: 'Meet & greet',
    openHours,
    meetingLocation: 'Quay 3',
  }
  calendarId = (await on.call('POST', '/calendars/', { body })).body.calendar.id
})
afterAll(() => on?.close())

const get = (url: string) => on.app.inject({ method: 'GET', url })
const post = (url: string, fields: Record<string, string>) =>
  on.app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  })
const plain = (text: string) => text.replaceAll('&amp;', '&')
const links = (html: string) => [...html.matchAll(/href="([^"]+)"/g)].map(([, href = '']) => plain(href))

const week = '2031-03-10'
const freeLinks = async (zone = 'Europe/Berlin') =>
  links((await get(`/widget/booking/${calendarId}?timezone=${zone}&week=${week}`)).body).filter((href) => href.includes('slot='))
const slotOf = (href: string) => new URL(href, 'http://x').searchParams.get('slot') ?? ''

describe('the booking page', () => {
  test('offers the times of a week in the visitor’s zone, without anything but its own style and script', async () => {
    const reply = await get(`/widget/booking/${calendarId}?timezone=Europe/Berlin&week=${week}`)
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(reply.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'nonce-[^']+'; script-src 'nonce-/)
    expect(reply.body).toContain('First &lt;visit&gt;')
    expect(reply.body).toContain('Meet &amp; greet')
    // Nine in New York is two in the afternoon in Berlin, as long as only one of them has put its clocks forward.
    expect(reply.body).toContain('aria-label="14:00, Monday')
    expect(reply.body).toContain('<option selected>Europe/Berlin</option>')
    expect((await freeLinks()).length).toBe(28)
    const script = await get('/widget/zone.js')
    expect([script.statusCode, script.body]).toEqual([200, expect.stringContaining('resolvedOptions().timeZone')])
  })

  test.each(['2998-99-99', '2031-13-01', '2031-02-31', '0000-00-00'])(
    'a day that there is not, %s, is no day to begin with',
    async (day) => {
      expect((await get(`/widget/booking/${calendarId}?week=${day}`)).statusCode).toBe(200)
    },
  )

  test('books by an ordinary form: the visitor is a contact, the appointment is told, the time is gone', async () => {
    const [first = ''] = await freeLinks()
    const details = await get(first)
    expect(details.body).toContain('autocomplete="email"')
    const fields = { slot: slotOf(first), timezone: 'Europe/Berlin', name: 'Grace Hopper', email: 'grace@books.example' }
    const wrong = await post(`/widget/booking/${calendarId}`, { ...fields, email: 'nowhere', name: '' })
    expect([wrong.statusCode, wrong.body]).toEqual([422, expect.stringContaining('aria-invalid="true"')])
    told.length = 0
    const booked = await post(`/widget/booking/${calendarId}`, { ...fields, notes: 'My tooth' })
    expect([booked.statusCode, told]).toEqual([200, ['ContactCreate', 'AppointmentCreate']])
    expect(booked.body).toMatch(/Monday, 10 March 2031, 14:\d\d \(Central European Time\)/)
    const again = await post(`/widget/booking/${calendarId}`, fields)
    expect([again.statusCode, again.body]).toEqual([409, expect.stringContaining('has just been taken')])
    const nothing = await post(`/widget/booking/${calendarId}`, { ...fields, slot: '' })
    expect([nothing.statusCode, nothing.body]).toEqual([422, expect.stringContaining('Please choose a time.')])
    expect((await freeLinks()).length).toBe(27)
    const contacts = await on.call('GET', `/contacts/?locationId=${on.locationId}&query=grace@books.example`)
    expect(contacts.body.contacts[0]).toMatchObject({ firstName: 'Grace', lastName: 'Hopper', source: 'First <visit>' })
    const events = (await on.call('GET', `/contacts/${contacts.body.contacts[0].id}/appointments`)).body.events
    expect(events).toEqual([])
  })

  test('a phone is a number: what is none is said beside its field and kept, a national one is read in the sub-account’s country', async () => {
    await on.db.updateTable('locations').set({ country: 'GB' }).where('id', '=', on.locationId).execute()
    const [first = ''] = await freeLinks()
    const fields = { slot: slotOf(first), timezone: 'Europe/Berlin', name: 'Joan', email: 'joan@books.example' }
    const wrong = await post(`/widget/booking/${calendarId}`, { ...fields, phone: 'call me' })
    expect(wrong.statusCode).toBe(422)
    expect(wrong.body).toMatch(
      /value="call me"[^>]*aria-describedby="e-phone"[^>]*><p class="bad" id="e-phone">This is no phone number/,
    )
    const done = links((await post(`/widget/booking/${calendarId}`, { ...fields, phone: '020 7946 0018' })).body)
    const found = await on.call('GET', `/contacts/?locationId=${on.locationId}&query=joan@books.example`)
    expect(found.body.contacts[0].phone).toBe('+442079460018')
    await post(done.find((href) => href.includes('/cancel')) ?? '', {})
  })

  test('hands out a calendar file and cancels, to whoever has the appointment’s own link', async () => {
    const [first = ''] = await freeLinks()
    const fields = { slot: slotOf(first), timezone: 'Europe/Berlin', name: 'Ada', email: 'ada@books.example' }
    const done = links((await post(`/widget/booking/${calendarId}`, fields)).body)
    const file = done.find((href) => href.includes('event.ics')) ?? ''
    const cancel = done.find((href) => href.includes('/cancel')) ?? ''
    const ics = await get(file)
    expect([ics.statusCode, ics.headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8'])
    expect(ics.body).toContain(`DTSTART:${slotOf(first).replace(/[-:]|\.\d{3}/g, '')}\r\n`)
    const linesOf = (text: string) => text.split('\r\n')
    expect(linesOf(ics.body)).toEqual(expect.arrayContaining(['SUMMARY:First <visit>', 'LOCATION:Quay 3', 'SEQUENCE:0']))
    expect((await get(file.replace(/key=\w/, 'key=x'))).statusCode).toBe(404)
    expect((await get(cancel)).body).toContain('Cancel the appointment?')
    told.length = 0
    const cancelled = await Promise.all([1, 2, 3].map(() => post(cancel, {})))
    expect([cancelled.map(({ statusCode }) => statusCode).sort(), told]).toEqual([[200, 409, 409], ['AppointmentUpdate']])
    const uid = linesOf(ics.body).find((line) => line.startsWith('UID:')) ?? ''
    const off = ['METHOD:CANCEL', 'STATUS:CANCELLED', 'SEQUENCE:1', uid]
    expect(linesOf((await get(file)).body)).toEqual(expect.arrayContaining(off))
    expect(cancelled.find(({ statusCode }) => statusCode === 200)?.body).toContain('Take it out of your calendar')
    const move = done.find((href) => href.includes('/reschedule')) ?? ''
    for (const late of [await get(move), await get(cancel), await post(move, { slot: slotOf(first) })]) {
      expect([late.statusCode, late.body]).toEqual([409, expect.stringContaining('<h1>First &lt;visit&gt;</h1>')])
      expect(late.body).toContain('This appointment was cancelled.')
      expect(links(late.body)).toEqual([`/widget/booking/${calendarId}`])
    }
    expect((await freeLinks()).length).toBe(27)
  })

  test('moves an appointment to another time by its own link: to one that is free, once, and tells of it', async () => {
    const [first = '', second = '', third = ''] = await freeLinks()
    const fields = { slot: slotOf(first), timezone: 'Europe/Berlin', name: 'Mary', email: 'mary@books.example' }
    const done = links((await post(`/widget/booking/${calendarId}`, fields)).body)
    const move = done.find((href) => href.includes('/reschedule')) ?? ''
    const file = done.find((href) => href.includes('event.ics')) ?? ''
    expect((await get(move.replace(/key=\w/, 'key=x'))).statusCode).toBe(404)
    const offered = await get(`${move}&week=${week}`)
    expect(offered.body).toContain('Choose another time for First &lt;visit&gt;, now on Monday')
    expect(offered.body).toContain('<option selected>Europe/Berlin</option>')
    const times = links(offered.body).filter((href) => href.includes('slot='))
    // Its own time is none that it could be moved to.
    expect(times.map(slotOf)).toEqual((await freeLinks()).map(slotOf))
    const asked = await get(times.find((href) => slotOf(href) === slotOf(second)) ?? '')
    expect(asked.body).toContain('Move the appointment?')
    await post(`/widget/booking/${calendarId}`, { ...fields, slot: slotOf(third), email: 'other@books.example' })
    const taken = await post(move, { slot: slotOf(third) })
    expect([taken.statusCode, taken.body]).toEqual([409, expect.stringContaining('has just been taken')])
    expect((await post(move, { slot: 'never' })).statusCode).toBe(422)
    told.length = 0
    const moved = await Promise.all([1, 2, 3].map(() => post(move, { slot: slotOf(second) })))
    expect([moved.map(({ statusCode }) => statusCode), told]).toEqual([[200, 200, 200], ['AppointmentUpdate']])
    expect((await get(file)).body).toContain(`DTSTART:${slotOf(second).replace(/[-:]|\.\d{3}/g, '')}\r\n`)
    expect((await freeLinks()).map(slotOf)).toContain(slotOf(first))
    await on.call('PUT', `/calendars/${calendarId}`, { body: { allowReschedule: false } })
    expect([(await get(move)).statusCode, (await post(move, { slot: slotOf(first) })).statusCode]).toEqual([409, 409])
  })

  test('a calendar program reads a calendar or a user by an address that can be taken back', async () => {
    const open = (body: object) => on.call('POST', '/calendars/feeds', { body: { locationId: on.locationId, ...body } })
    const made = await open({ calendarId })
    expect([made.status, made.body.feed]).toMatchObject([201, { calendarId, locationId: on.locationId }])
    const { pathname } = new URL(made.body.url)
    const reply = await get(pathname)
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8'])
    expect(reply.body).toContain('X-WR-CALNAME:First <visit>')
    const etag = String(reply.headers.etag)
    const again = (headers: Record<string, string>) => on.app.inject({ method: 'GET', url: pathname, headers })
    expect([(await again({ 'if-none-match': etag })).statusCode, (await again({ 'if-none-match': '"x"' })).statusCode]).toEqual([
      304, 200,
    ])
    const contact = { locationId: on.locationId, firstName: 'Soon' }
    const contactId = (await on.call('POST', '/contacts/', { body: contact })).body.contact.id
    const soon = new Date(on.clock.now().getTime() + 86_400_000).toISOString()
    const wish = { locationId: on.locationId, calendarId, contactId, startTime: soon, ignoreFreeSlotValidation: true }
    const { id } = (await on.call('POST', '/calendars/events/appointments', { body: wish })).body
    expect((await again({ 'if-none-match': etag })).body).toContain(`UID:${id}@groundlevel`)
    const stored = await on.db.selectFrom('calendarFeeds').selectAll().execute()
    expect(JSON.stringify(stored)).not.toContain(pathname.slice(-20, -4))
    for (const wrong of [{}, { calendarId, userId: 'x' }]) expect((await open(wrong)).status).toBe(422)
    expect([(await open({ calendarId: 'none' })).status, (await open({ userId: 'none' })).status]).toEqual([400, 400])
    const listed = await on.call('GET', `/calendars/feeds?locationId=${on.locationId}`)
    expect(listed.body.feeds.map((feed: { id: string }) => feed.id)).toEqual([made.body.feed.id])
    const stranger = on.token({ locationId: on.otherLocationId })
    expect((await on.call('DELETE', `/calendars/feeds/${made.body.feed.id}`, { token: stranger })).status).toBe(400)
    expect((await on.call('DELETE', `/calendars/feeds/${made.body.feed.id}`)).body).toMatchObject({ success: true })
    expect([(await get(pathname)).statusCode, (await get('/widget/feed/x.ics')).statusCode]).toEqual([404, 404])
  })

  test('is a 404 where there is nothing to book, a 429 for too many, and nothing for programs', async () => {
    for (const id of ['goneGoneGoneGone0000', 'x', '%00']) expect((await get(`/widget/booking/${id}`)).statusCode).toBe(404)
    expect((await get(`/widget/appointment/${on.locationId}/goneGoneGoneGone0000/event.ics?key=x`)).statusCode).toBe(404)
    const [first = ''] = await freeLinks()
    const trapped = { slot: slotOf(first), name: 'B', email: 'b@b.example', __company_website: 'spam' }
    expect((await post(`/widget/booking/${calendarId}`, trapped)).statusCode).toBe(200)
    expect((await freeLinks()).length).toBe(25)
    allowed = false
    const busy = await get(`/widget/booking/${calendarId}`)
    allowed = true
    expect([busy.statusCode, busy.headers['retry-after']]).toEqual([429, '9'])
    await on.call('PUT', `/calendars/${calendarId}`, { body: { isActive: false } })
    expect((await get(`/widget/booking/${calendarId}`)).statusCode).toBe(404)
  })
})

test('a calendar file folds long lines between letters and escapes what the format reserves', () => {
  const at = new Date('2031-03-10T13:00:00Z')
  const event = {
    id: 'e',
    title: 'A, b; c\\d',
    description: `${'ä'.repeat(60)}\nnext`,
    place: null,
    startAt: at,
    endAt: at,
    changedAt: at,
    cancelled: false,
    sequence: 0,
  }
  const lines = icsOf('All', [event]).split('\r\n')
  expect(lines).toContain('SUMMARY:A\\, b\\; c\\\\d')
  expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true)
  expect(lines.join('').replaceAll(/(?<=ä) (?=ä)/g, '')).toContain(`${'ä'.repeat(60)}\\nnext`)
})
