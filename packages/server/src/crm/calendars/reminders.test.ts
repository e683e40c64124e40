import { badRequest } from '@groundlevel/contract-kit'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { contactPorts } from '../../testing/contact-ports.js'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { contactsModule } from '../contacts/index.js'
import { calendarsModule, reminderJob } from './index.js'

let on: ModuleApp
let contactId = ''
let calendarId = ''
let refuses = false
const sent: { type: string; message?: string; html?: string; subject?: string; contactId: string }[] = []

const locations = {
  location: async (id: string) => {
    const row = await on.db.selectFrom('locations').selectAll().where('id', '=', id).executeTakeFirst()
    return row && { ...row, settings: row.settings as object }
  },
}

beforeAll(async () => {
  on = await moduleApp(({ lookups }) => {
    const contacts = contactPorts(lookups)
    return [...contactsModule(contacts), ...calendarsModule({ users: contacts.users, locations })]
  })
  await on.db.updateTable('locations').set({ timezone: 'America/New_York' }).execute()
  const person = { locationId: on.locationId, firstName: 'Ada', email: 'ada@example.com' }
  contactId = (await on.call('POST', '/contacts/', { body: person })).body.contact.id
  const openHours = [
    { daysOfTheWeek: [0, 1, 2, 3, 4, 5, 6], hours: [{ openHour: 0, openMinute: 0, closeHour: 24, closeMinute: 0 }] },
  ]
  const body = { locationId: on.locationId, name: 'Visits', openHours }
  calendarId = (await on.call('POST', '/calendars/', { body })).body.calendar.id
  const contact = { receiverType: 'contact' }
  await on.call('POST', `/calendars/${calendarId}/notifications`, {
    body: [
      { ...contact, channel: 'email', notificationType: 'booked', subject: 'See you, {{appointment.title}}' },
      { ...contact, channel: 'email', notificationType: 'cancellation' },
      { ...contact, channel: 'sms', notificationType: 'reschedule', body: 'Now at {{ appointment.only_start_time }}' },
      {
        ...contact,
        ...{ channel: 'sms', notificationType: 'reminder', body: '{{contact.first_name}}: {{appointment.start_time}}' },
        beforeTime: [
          { timeOffset: 1, unit: 'days' },
          { timeOffset: 1, unit: 'hours' },
        ],
      },
      { ...contact, channel: 'sms', notificationType: 'followup', afterTime: [{ timeOffset: 2, unit: 'hours' }] },
    ] as never,
  })
})
afterAll(() => on?.close())
beforeEach(() => {
  sent.length = 0
})

const job = () =>
  reminderJob({
    db: on.db,
    locations,
    sendMessage: async (_db, message) => {
      if (refuses) throw badRequest('Do not disturb.')
      sent.push(message)
    },
  })
const runAt = (text: string) => job().run(new Date(text))
const book = async (startTime: string, more: object = {}) =>
  (
    await on.call('POST', '/calendars/events/appointments', {
      body: { locationId: on.locationId, calendarId, contactId, startTime, ...more },
    })
  ).body.id
const later = '2099-01-01T00:00:00Z'

describe('of an appointment', () => {
  test('is said that it is booked, twice reminded before, and once thanked after', async () => {
    await book('2031-03-10T10:00:00-04:00', { title: 'Check-up' })
    await job().run(on.clock.now())
    expect(sent).toMatchObject([{ type: 'Email', contactId, subject: 'See you, Check-up' }])
    expect(sent[0]?.html).toContain('Your appointment is booked: Check-up, Monday')
    await runAt('2031-03-09T13:59:59Z')
    expect(sent.length).toBe(1)
    await Promise.all([runAt('2031-03-09T14:00:00Z'), runAt('2031-03-09T14:00:00Z')])
    expect(sent.length).toBe(2)
    expect(sent[1]).toMatchObject({
      type: 'SMS',
      message: expect.stringMatching(/^\{\{contact.first_name\}\}: Monday.* 10 March 2031, 10:00/),
    })
    await runAt('2031-03-10T13:00:00Z')
    await runAt('2031-03-10T16:29:00Z')
    expect(sent.length).toBe(3)
    await runAt('2031-03-10T16:30:00Z')
    expect(sent[3]?.message).toMatch(/^Thank you/)
    await runAt(later)
    expect(sent.length).toBe(4)
  })

  test('is said that it moved, and nothing more of its old time; of a cancelled one only that', async () => {
    const id = await book('2031-04-10T10:00:00-04:00')
    await job().run(on.clock.now())
    await on.call('PUT', `/calendars/events/appointments/${id}`, { body: { startTime: '2031-05-10T11:30:00-04:00' } })
    await job().run(on.clock.now())
    expect(sent.at(-1)?.message).toContain('Now at 11:30')
    const before = sent.length
    await runAt('2031-04-10T15:00:00Z')
    expect(sent.length).toBe(before)
    await on.call('PUT', `/calendars/events/appointments/${id}`, { body: { appointmentStatus: 'cancelled' } })
    await runAt(later)
    expect(sent.slice(before).map(({ html }) => html)).toEqual([expect.stringContaining('Your appointment is cancelled')])
  })

  test('is said nothing where nobody shall be told, and once only where the contact does not want to hear it', async () => {
    await book('2031-06-10T10:00:00-04:00', { toNotify: false })
    await runAt(later)
    expect(sent).toEqual([])
    await book('2031-07-10T10:00:00-04:00')
    refuses = true
    await runAt(later)
    refuses = false
    await runAt(later)
    expect(sent).toEqual([])
    expect(await on.db.selectFrom('appointmentReminders').selectAll().execute()).toEqual([])
  })
})
