import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { contactPorts } from '../../testing/contact-ports.js'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { contactsModule } from '../contacts/index.js'
import { calendarsModule, contactAppointments, moveAppointments } from './index.js'

let on: ModuleApp
let token = ''
let contactId = ''
const users = ['bookedUser0000000001', 'bookedUser0000000002', 'bookedUser0000000003']
const zone = 'America/New_York'

beforeAll(async () => {
  on = await moduleApp(({ db, lookups }) => {
    const locations = {
      location: async (id: string) => {
        const row = await lookups.selectFrom('locations').selectAll().where('id', '=', id).executeTakeFirst()
        return row && { ...row, settings: row.settings as object }
      },
    }
    const contacts = contactPorts(lookups, { moves: [moveAppointments], appointments: contactAppointments({ locations }) })
    void db
    return [...contactsModule(contacts), ...calendarsModule({ users: contacts.users, locations, publicUrl: contacts.publicUrl })]
  })
  await on.db.updateTable('locations').set({ timezone: zone }).execute()
  const dateAdded = on.clock.now()
  const person = { companyId: on.companyId, lastName: 'U', type: 'agency', role: 'admin', isOwner: false, dateAdded }
  const rows = users.map((id, at) => ({ ...person, id, firstName: `U${at}`, email: `u${at}@example.com` }))
  await on.db
    .insertInto('users')
    .values(rows as never)
    .execute()
  token = on.token()
  const body = { locationId: on.locationId, firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com' }
  contactId = (await on.call('POST', '/contacts/', { body })).body.contact.id
})
afterAll(() => on?.close())
// A hundred calls in ten seconds are all that one token has.
beforeEach(() => {
  token = on.token()
})

const call = (method: string, path: string, body?: object) =>
  on.call(method, path, { token, body, headers: { version: '2021-04-15' } })

const weekdays = (openHour: number, closeHour: number) => [
  { daysOfTheWeek: [0, 1, 2, 3, 4, 5, 6], hours: [{ openHour, openMinute: 0, closeHour, closeMinute: 0 }] },
]

const calendarWith = async (more: object = {}) => {
  const body = { locationId: on.locationId, name: 'Visits', openHours: weekdays(9, 12), ...more }
  return (await call('POST', '/calendars/', body)).body.calendar
}

/** A day after the clocks of New York are put forward, so far ahead that no test's own clock comes near. */
const day = '2031-03-10'
const ms = (text: string) => Date.parse(text)
const slotsOn = async (calendarId: string, date = day, more = '') => {
  const from = ms(`${date}T00:00:00-04:00`)
  const reply = await call('GET', `/calendars/${calendarId}/free-slots?startDate=${from}&endDate=${from + 86_399_999}${more}`)
  return reply.body[date]?.slots ?? []
}
const book = (calendarId: string, startTime: string, more: object = {}) =>
  call('POST', '/calendars/events/appointments', { locationId: on.locationId, calendarId, contactId, startTime, ...more })

describe('a calendar', () => {
  test('is created with 200 and the documents’ defaults, changed, listed and deleted with what was booked in it', async () => {
    const { status, body } = await call('POST', '/calendars/', { locationId: on.locationId, name: 'First' })
    expect([status, body.calendar]).toMatchObject([
      200,
      { name: 'First', calendarType: 'event', slotDuration: 30, isActive: true, eventColor: '#039be5', appoinmentPerSlot: 1 },
    ])
    const { id } = body.calendar
    const changed = await call('PUT', `/calendars/${id}`, { slotDuration: 1, slotDurationUnit: 'hours', isActive: false })
    expect(changed.body.calendar).toMatchObject({ slotDuration: 1, slotDurationUnit: 'hours', isActive: false, name: 'First' })
    expect((await call('GET', `/calendars/?locationId=${on.locationId}&showDrafted=false`)).body.calendars).toEqual([])
    expect(await slotsOn(id)).toEqual([])
    await call('PUT', `/calendars/${id}`, { isActive: true })
    const { id: eventId } = (await book(id, `${day}T10:00:00-04:00`)).body
    const before = on.events.length
    const removed = await call('DELETE', `/calendars/${id}`)
    expect([removed.status, removed.body]).toMatchObject([200, { success: true, message: 'calendar deleted', calendar: { id } }])
    expect(on.events.slice(before).map(({ type }) => type)).toEqual(['AppointmentDelete'])
    expect((await call('GET', `/calendars/events/appointments/${eventId}`)).body.message).toBe('Appointment not found')
    expect((await call('GET', `/calendars/${id}`)).body.message).toBe('Calendar not found')
  })

  test('of a team demands one, keeps slugs apart, and knows its group', async () => {
    const refused = await call('POST', '/calendars/', { locationId: on.locationId, name: 'Team', calendarType: 'round_robin' })
    expect([refused.status, refused.body.message[0]]).toEqual([422, expect.stringContaining('teamMembers should not be empty')])
    const group = await call('POST', '/calendars/groups', {
      ...{ locationId: on.locationId, name: 'Doctors', description: 'All of them', slug: 'doctors' },
    })
    expect([group.status, group.body.group.isActive]).toEqual([201, true])
    const groupId = group.body.group.id
    const slug = (text: string) => call('POST', '/calendars/groups/validate-slug', { locationId: on.locationId, slug: text })
    expect([(await slug('Doctors')).body.available, (await slug('nurses')).body.available]).toEqual([false, true])
    const calendar = await calendarWith({ groupId, slug: 'dr-who' })
    expect((await call('POST', '/calendars/', { locationId: on.locationId, name: 'B', slug: 'DR-WHO' })).status).toBe(400)
    const listed = await call('GET', `/calendars/?locationId=${on.locationId}&groupId=${groupId}`)
    expect(listed.body.calendars.map(({ id }: { id: string }) => id)).toEqual([calendar.id])
    await call('PUT', `/calendars/groups/${groupId}/status`, { isActive: false })
    expect(await slotsOn(calendar.id)).toEqual([])
    expect((await call('DELETE', `/calendars/groups/${groupId}`)).body.success).toBe(true)
    expect((await call('GET', `/calendars/${calendar.id}`)).body.calendar.groupId).toBeUndefined()
  })

  test('offers its times by day with their offset, in any zone, on either side of a change of the clocks', async () => {
    const { id } = await calendarWith({ slotDuration: 60, slotInterval: 60 })
    expect(await slotsOn(id)).toEqual([`${day}T09:00:00-04:00`, `${day}T10:00:00-04:00`, `${day}T11:00:00-04:00`])
    // The clocks of New York are put forward on 9 March 2031.
    expect(await slotsOn(id, '2031-03-08')).toEqual(['09', '10', '11'].map((hour) => `2031-03-08T${hour}:00:00-05:00`))
    expect(await slotsOn(id, day, '&timezone=Asia/Tokyo')).toEqual([`${day}T22:00:00+09:00`, `${day}T23:00:00+09:00`])
    const path = `/calendars/${id}/free-slots`
    expect((await call('GET', `${path}?startDate=0&endDate=${40 * 86_400_000}`)).status).toBe(400)
    expect((await call('GET', `${path}?startDate=1&endDate=2&timezone=Moon/Base`)).status).toBe(422)
    expect((await call('GET', `${path}?startDate=x&endDate=2`)).status).toBe(422)
  })
})

describe('an appointment', () => {
  test('is booked with 200, bare, in the sub-account’s time and with both spellings of its state', async () => {
    const { id: calendarId } = await calendarWith()
    const before = on.events.length
    const { status, body } = await book(calendarId, '2031-03-10T13:30:00Z', { address: 'Room 4' })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      ...{ calendarId, contactId, locationId: on.locationId, title: 'Ada Byron', status: 'booked', isRecurring: false },
      startTime: `${day}T09:30:00-04:00`,
      endTime: `${day}T10:00:00-04:00`,
      appointmentStatus: 'confirmed',
      appoinmentStatus: 'confirmed',
      meetingLocationType: 'custom',
    })
    const [event] = on.events.slice(before)
    expect([event?.type, JSON.parse(event?.payloadText ?? '').appointment]).toMatchObject([
      'AppointmentCreate',
      { id: body.id, calendarId, startTime: `${day}T09:30:00-04:00`, users: [], source: 'third_party' },
    ])
    const read = (await call('GET', `/calendars/events/appointments/${body.id}`)).body
    expect(read.event).toEqual(read.appointment)
    expect(read.appointment).toMatchObject({ appoinmentStatus: 'confirmed', assignedResources: [] })
    const listed = await call(
      'GET',
      `/calendars/events?locationId=${on.locationId}&calendarId=${calendarId}&startTime=${ms('2031-03-10T00:00:00Z')}&endTime=${ms('2031-03-11T00:00:00Z')}`,
    )
    expect(listed.body.events).toEqual([read.appointment])
    const ofContact = (await call('GET', `/contacts/${contactId}/appointments`)).body.events
    expect(ofContact.map(({ id }: { id: string }) => id)).toContain(body.id)
    expect((await call('GET', `/calendars/events?locationId=${on.locationId}&startTime=1&endTime=2`)).status).toBe(422)
  })

  test('is refused where the time is taken, off the grid or closed; moved and cancelled it frees its time', async () => {
    const { id } = await calendarWith()
    const first = await book(id, `${day}T09:00:00-04:00`)
    const taken = await book(id, `${day}T09:00:00-04:00`)
    expect([taken.status, taken.body.message]).toEqual([400, 'The slot you have selected is no longer available.'])
    expect((await book(id, `${day}T09:10:00-04:00`)).status).toBe(400)
    expect((await book(id, `${day}T12:00:00-04:00`)).status).toBe(400)
    expect((await book(id, `${day}T12:00:00-04:00`, { ignoreFreeSlotValidation: true })).status).toBe(200)
    expect((await book(id, 'tomorrow')).status).toBe(422)
    const put = (body: object) => call('PUT', `/calendars/events/appointments/${first.body.id}`, body)
    const moved = await put({ startTime: `${day}T10:00:00-04:00` })
    expect([moved.status, moved.body.endTime]).toEqual([200, `${day}T10:30:00-04:00`])
    expect(await slotsOn(id)).toEqual(['09:00', '09:30', '10:30', '11:00', '11:30'].map((time) => `${day}T${time}:00-04:00`))
    await put({ appointmentStatus: 'cancelled' })
    expect((await slotsOn(id)).length).toBe(6)
    const second = await book(id, `${day}T10:00:00-04:00`)
    expect(second.status).toBe(200)
    expect((await put({ appointmentStatus: 'confirmed' })).status).toBe(400)
    const before = on.events.length
    const removed = await call('DELETE', `/calendars/events/${second.body.id}`, {})
    expect([removed.status, removed.body.succeeded, on.events[before]?.type]).toEqual([200, true, 'AppointmentDelete'])
    expect((await slotsOn(id)).length).toBe(6)
  })

  test('of one time is booked once, of fifty who try at once', async () => {
    const { id } = await calendarWith({ calendarType: 'round_robin', teamMembers: [{ userId: users[0] }] })
    const replies = await Promise.all(Array.from({ length: 50 }, () => book(id, `${day}T11:00:00-04:00`)))
    expect(replies.filter(({ status }) => status === 200).length).toBe(1)
    expect(replies.filter(({ status }) => status === 400).length).toBe(49)
  })

  test('of a user is booked once in fifty calendars at once', async () => {
    const teamMembers = [{ userId: users[2] }]
    const ids = await Promise.all(
      Array.from({ length: 10 }, async () => (await calendarWith({ calendarType: 'round_robin', teamMembers })).id),
    )
    const replies = await Promise.all(Array.from({ length: 50 }, (_, at) => book(ids[at % 10] ?? '', `${day}T11:00:00-04:00`)))
    expect(replies.filter(({ status }) => status === 200).length).toBe(1)
  })

  test('goes to whoever has priority or fewest, to all of a collective, and to nobody who is busy elsewhere', async () => {
    const teamMembers = [
      { userId: users[0], priority: 0.5 },
      { userId: users[1], priority: 1 },
    ]
    const date = '2031-04-07'
    const robin = await calendarWith({ calendarType: 'round_robin', teamMembers })
    const given = async (calendarId: string, time: string) =>
      (await book(calendarId, `${date}T${time}:00-04:00`)).body.assignedUserId
    expect([await given(robin.id, '09:00'), await given(robin.id, '09:00'), await given(robin.id, '09:30')]).toEqual([
      users[1],
      users[0],
      users[1],
    ])
    const fair = await calendarWith({
      ...{ calendarType: 'round_robin', teamMembers, eventType: 'RoundRobin_OptimizeForEqualDistribution' },
    })
    expect([await given(fair.id, '10:00'), await given(fair.id, '10:30'), await given(fair.id, '11:00')]).toEqual([
      users[1],
      users[0],
      users[1],
    ])
    const all = await calendarWith({
      calendarType: 'collective',
      teamMembers: [{ userId: users[0], isPrimary: true }, { userId: users[1] }],
    })
    expect((await slotsOn(all.id, date)).map((slot: string) => slot.slice(11, 16))).toEqual(['11:30'])
    const together = (await book(all.id, `${date}T11:30:00-04:00`)).body
    const read = (await call('GET', `/calendars/events/appointments/${together.id}`)).body.appointment
    expect([read.assignedUserId, read.users]).toEqual([users[0], [users[1]]])
    expect((await book(robin.id, `${date}T11:30:00-04:00`)).status).toBe(400)
  })

  test('goes to whom the contact was with before, where the calendar wants that and they are free', async () => {
    const teamMembers = [{ userId: users[0], priority: 1 }, { userId: users[1] }]
    const date = '2031-04-08'
    const body = { locationId: on.locationId, firstName: 'Guest', email: 'guest@example.com' }
    const other = (await call('POST', '/contacts/', body)).body.contact.id
    for (const stickyContact of [true, false]) {
      const { id } = await calendarWith({ calendarType: 'round_robin', teamMembers, stickyContact })
      const given = async (time: string, more: object = {}) =>
        (await book(id, `${stickyContact ? date : '2031-04-09'}T${time}:00-04:00`, more)).body.assignedUserId
      expect(await given('09:00', { assignedUserId: users[1] })).toBe(users[1])
      expect([await given('09:30'), await given('10:00', { contactId: other })]).toEqual([
        stickyContact ? users[1] : users[0],
        users[0],
      ])
      expect([await given('10:30', { assignedUserId: users[1], contactId: other }), await given('10:30')]).toEqual([
        users[1],
        users[0],
      ])
    }
  })

  test('of a calendar that is itself what is booked keeps the user it was given', async () => {
    const { id } = await calendarWith()
    const booked = (await book(id, '2031-04-10T09:00:00-04:00', { assignedUserId: users[2] })).body
    expect(booked.assignedUserId).toBe(users[2])
  })

  test('has notes that are listed newest first and page by page', async () => {
    const { id: calendarId } = await calendarWith()
    const { id } = (await book(calendarId, `${day}T09:00:00-04:00`)).body
    const path = `/calendars/appointments/${id}/notes`
    const first = await call('POST', path, { body: 'Bring the papers', userId: users[0] })
    expect([first.status, first.body.note]).toMatchObject([
      201,
      { body: 'Bring the papers', contactId, createdBy: { id: users[0] } },
    ])
    await call('POST', path, { body: 'Second' })
    const listed = (await call('GET', `${path}?limit=1&offset=0`)).body
    expect([listed.notes.length, listed.hasMore]).toEqual([1, true])
    const changed = await call('PUT', `${path}/${first.body.note.id}`, { body: 'Bring nothing' })
    expect([changed.status, changed.body.note.body]).toEqual([200, 'Bring nothing'])
    expect((await call('DELETE', `${path}/${first.body.note.id}`)).body.success).toBe(true)
    expect((await call('GET', '/calendars/appointments/nothing/notes?limit=1&offset=0')).status).toBe(400)
  })

  test('of a series keeps its hour when the clocks change, and leaves out what is taken', async () => {
    const { id } = await calendarWith()
    await book(id, '2031-03-15T10:00:00-04:00')
    const { status, body } = await book(id, '2031-03-01T10:00:00-05:00', { rrule: 'FREQ=WEEKLY;COUNT=4' })
    expect([status, body.isRecurring, body.rrule]).toEqual([200, true, 'FREQ=WEEKLY;COUNT=4'])
    const path = `/calendars/events?locationId=${on.locationId}&calendarId=${id}&startTime=${ms('2031-02-01')}&endTime=${ms('2031-05-01')}`
    const { events } = (await call('GET', path)).body
    const series = events.filter(({ masterEventId }: { masterEventId?: string }) => masterEventId === body.id)
    expect(series.map(({ startTime }: { startTime: string }) => startTime)).toEqual([
      '2031-03-01T10:00:00-05:00',
      '2031-03-08T10:00:00-05:00',
      '2031-03-22T10:00:00-04:00',
    ])
    expect((await book(id, '2031-06-01T10:00:00-04:00', { rrule: 'FREQ=SECONDLY' })).status).toBe(422)
  })
})

describe('what takes time away', () => {
  test('a blocked time of a calendar or a user, never of both', async () => {
    const calendar = await calendarWith({ calendarType: 'personal', teamMembers: [{ userId: users[2] }] })
    const date = '2031-05-05'
    const span = { startTime: `${date}T09:00:00-04:00`, endTime: `${date}T10:30:00-04:00` }
    const block = (body: object) => call('POST', '/calendars/events/block-slots', { locationId: on.locationId, ...span, ...body })
    expect((await block({ calendarId: calendar.id, assignedUserId: users[2] })).status).toBe(422)
    const blocked = await block({ assignedUserId: users[2], title: 'Away' })
    expect([blocked.status, blocked.body.title, blocked.body.startTime]).toEqual([201, 'Away', span.startTime])
    expect((await slotsOn(calendar.id, date))[0]).toBe(`${date}T10:30:00-04:00`)
    const put = await call('PUT', `/calendars/events/block-slots/${blocked.body.id}`, {
      ...{ locationId: on.locationId, endTime: `${date}T09:30:00-04:00` },
    })
    expect([put.status, put.body.endTime]).toEqual([201, `${date}T09:30:00-04:00`])
    expect((await slotsOn(calendar.id, date))[0]).toBe(`${date}T09:30:00-04:00`)
    const query = `locationId=${on.locationId}&userId=${users[2]}&startTime=${ms(span.startTime)}&endTime=${ms(span.endTime)}`
    expect((await call('GET', `/calendars/blocked-slots?${query}`)).body.events.length).toBe(1)
    await call('DELETE', `/calendars/events/${blocked.body.id}`)
    expect((await slotsOn(calendar.id, date))[0]).toBe(`${date}T09:00:00-04:00`)
  })

  test('a schedule of a user counts for the calendars it is associated with, in its own zone', async () => {
    const calendar = await calendarWith({ calendarType: 'personal', teamMembers: [{ userId: users[2] }] })
    const date = '2031-06-02'
    const body = {
      ...{ locationId: on.locationId, name: 'Mornings', userId: users[2], timezone: 'America/Los_Angeles' },
      rules: [
        { type: 'wday', day: 'monday', intervals: [{ from: '09:00', to: '10:00' }] },
        { type: 'date', date: '2031-06-09', intervals: [] },
      ],
    }
    const made = await call('POST', '/calendars/schedules', body)
    expect([made.status, made.body.schedule]).toMatchObject([201, { name: 'Mornings', calendarIds: [], deleted: false }])
    const { id } = made.body.schedule
    expect((await slotsOn(calendar.id, date)).length).toBe(6)
    expect((await call('PUT', `/calendars/schedules/${id}/associations/${calendar.id}`)).body.success).toBe(true)
    expect(await slotsOn(calendar.id, date)).toEqual([`${date}T12:00:00-04:00`, `${date}T12:30:00-04:00`])
    expect(await slotsOn(calendar.id, '2031-06-09')).toEqual([])
    const found = await call(
      'GET',
      `/calendars/schedules/search?locationId=${on.locationId}&userId=${users[2]}&calendarId=${calendar.id}`,
    )
    expect(found.body.schedules.map((each: { id: string }) => each.id)).toEqual([id])
    expect((await call('PUT', `/calendars/schedules/${id}`, { timezone: 'Nowhere/Else' })).status).toBe(422)
    expect((await call('DELETE', `/calendars/schedules/${id}/associations/${calendar.id}`)).body.success).toBe(true)
    expect((await call('DELETE', `/calendars/schedules/${id}`)).body.success).toBe(true)
    expect((await call('GET', `/calendars/schedules/${id}`)).status).toBe(400)
  })

  test('a room that two calendars share', async () => {
    const [one, two] = [await calendarWith(), await calendarWith()]
    const room = await call('POST', '/calendars/resources/rooms', {
      ...{ locationId: on.locationId, name: 'Yoga', description: 'Big', quantity: 1, outOfService: 0, capacity: 4 },
      calendarIds: [one.id, two.id],
    })
    expect([room.status, room.body]).toMatchObject([
      201,
      { resourceType: 'rooms', isActive: true, calendarIds: [one.id, two.id] },
    ])
    await book(one.id, `${day}T09:00:00-04:00`)
    expect((await slotsOn(two.id))[0]).toBe(`${day}T09:30:00-04:00`)
    const path = `/calendars/resources/rooms/${room.body.id}`
    expect((await call('PUT', path, { locationId: on.locationId, isActive: false })).body.isActive).toBe(false)
    expect((await slotsOn(two.id))[0]).toBe(`${day}T09:00:00-04:00`)
    const listed = await call('GET', `/calendars/resources/rooms?locationId=${on.locationId}&limit=20&skip=0`)
    expect(listed.body.length).toBe(1)
    expect((await call('DELETE', path)).body.success).toBe(true)
    expect((await call('GET', path)).body.message).toBe('Resource not found')
    expect((await call('GET', `/calendars/resources/pets/${room.body.id}`)).status).toBe(400)
  })

  test('minimum notice and the end of the range, which ignoreDateRange looks over', async () => {
    const now = on.clock.now()
    const calendar = await calendarWith({
      ...{ openHours: weekdays(0, 24), allowBookingAfter: 2, allowBookingAfterUnit: 'hours' },
      ...{ allowBookingFor: 3, allowBookingForUnit: 'days' },
    })
    const from = now.getTime()
    const reply = await call('GET', `/calendars/${calendar.id}/free-slots?startDate=${from}&endDate=${from + 10 * 86_400_000}`)
    const { traceId: _, ...days } = reply.body as Record<string, { slots: string[] }>
    const slots = Object.values(days).flatMap(({ slots: each }) => each)
    expect(ms(slots[0] ?? '') - from).toBeGreaterThanOrEqual(2 * 3_600_000)
    expect(ms(slots.at(-1) ?? '') - from).toBeLessThanOrEqual(4 * 86_400_000)
    const soon = new Date(Math.ceil(from / 3_600_000) * 3_600_000).toISOString()
    expect((await book(calendar.id, soon)).status).toBe(400)
    expect((await book(calendar.id, soon, { ignoreDateRange: true })).status).toBe(200)
  })
})

test('notifications are created as a list, changed and deleted with a message', async () => {
  const { id } = await calendarWith()
  const path = `/calendars/${id}/notifications`
  const one = {
    receiverType: 'contact',
    channel: 'sms',
    notificationType: 'reminder',
    beforeTime: [{ timeOffset: 1, unit: 'hours' }],
  }
  const made = await call('POST', path, [one, { ...one, channel: 'email' }])
  expect([made.status, made.body.length, made.body[0]]).toMatchObject([200, 2, { ...one, isActive: true, deleted: false }])
  const { _id } = made.body[0]
  expect((await call('PUT', `${path}/${_id}`, { isActive: false })).body.message).toEqual(expect.any(String))
  expect((await call('GET', `${path}?isActive=false`)).body.map((each: { _id: string }) => each._id)).toEqual([_id])
  await call('DELETE', `${path}/${_id}`)
  expect((await call('GET', path)).body.length).toBe(1)
  expect((await call('GET', `${path}/${_id}`)).body.deleted).toBe(true)
  expect((await call('POST', path, [{ channel: 'pigeon' }])).status).toBe(422)
})

test('another sub-account reads, books and changes nothing of it', async () => {
  const calendar = await calendarWith()
  const { id: eventId } = (await book(calendar.id, `${day}T09:00:00-04:00`)).body
  const foreign = on.token({ locationId: on.otherLocationId })
  const calls: [string, string, object?][] = [
    ['GET', `/calendars/${calendar.id}`],
    ['PUT', `/calendars/${calendar.id}`, { name: 'Theirs' }],
    ['DELETE', `/calendars/${calendar.id}`],
    ['GET', `/calendars/${calendar.id}/free-slots?startDate=1&endDate=2`],
    ['GET', `/calendars/events/appointments/${eventId}`],
    ['PUT', `/calendars/events/appointments/${eventId}`, { title: 'Theirs' }],
    ['DELETE', `/calendars/events/${eventId}`],
    ['GET', `/calendars/${calendar.id}/notifications`],
    ['POST', `/calendars/appointments/${eventId}/notes`, { body: 'Theirs' }],
    [
      'POST',
      '/calendars/events/appointments',
      { locationId: on.otherLocationId, calendarId: calendar.id, contactId, startTime: `${day}T09:30:00-04:00` },
    ],
  ]
  for (const [method, path, body] of calls) {
    expect([path, (await on.call(method, path, { token: foreign, body })).status]).toEqual([path, 400])
  }
})

test('merging two contacts hands appointments on', async () => {
  const { id: calendarId } = await calendarWith()
  const body = { locationId: on.locationId, firstName: 'Old', email: 'old@example.com' }
  const mergedId = (await call('POST', '/contacts/', body)).body.contact.id
  const { id } = (await book(calendarId, `${day}T09:00:00-04:00`, { contactId: mergedId })).body
  await call('POST', '/_ground/contacts/merge', { locationId: on.locationId, contactId, mergedId })
  expect((await call('GET', `/calendars/events/appointments/${id}`)).body.appointment.contactId).toBe(contactId)
})
