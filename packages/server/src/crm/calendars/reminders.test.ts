import { badRequest, unprocessable } from '@groundlevel/contract-kit'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { usersReached } from '../../identity/index.js'
import { contactPorts } from '../../testing/contact-ports.js'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { contactNameAndZone, contactsModule } from '../contacts/index.js'
import type { NoticePorts } from '../notices/index.js'
import { tellPeople } from '../notices/telling.js'
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
    return [...contactsModule(contacts), ...calendarsModule({ users: contacts.users, locations, publicUrl: contacts.publicUrl })]
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

const staff = ['staffMember000000001', 'staffMember000000002', 'staffMember000000003']
const notices: NoticePorts = { reached: usersReached, outbox: true, mailFrom: 'desk@agency.example', text: async () => false }

const job = () =>
  reminderJob({
    db: on.db,
    locations,
    contactNameAndZone,
    userName: async (id) => (id === staff[0] ? 'Dr. Sue Storm' : undefined),
    sendMessage: async (_db, message) => {
      if (refuses) throw badRequest('Do not disturb.')
      sent.push(message)
    },
    secret: Buffer.alloc(32, 5),
    publicUrl: () => 'http://127.0.0.1:4000',
    tellPeople: tellPeople(notices),
    render: async (_db, _about, texts) => {
      const whole = JSON.stringify(texts)
      if (whole.includes('{{broken')) throw unprocessable(['body is no template'])
      return JSON.parse(whole.replaceAll(/\{\{contact\.name[^}]*\}\}/g, 'Ada').replaceAll(/\{%.*?%\}/g, ''))
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
    expect(sent[0]?.html).toContain('Your appointment is booked.')
    expect(sent[0]?.html).toContain(
      'What: <strong>Visits</strong><br>When: <strong>Monday, 10 March 2031, 10:00 to 10:30 (Eastern Time)<',
    )
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
    expect(sent[3]?.message).toBe('{{location.name}}: thank you for coming to Visits.')
    await runAt(later)
    expect(sent.length).toBe(4)
  })

  test('nobody is reminded once it has begun, also where nothing ran before', async () => {
    await book('2031-03-11T10:00:00-04:00', { title: 'Check-up' })
    await runAt(later)
    expect(sent.map(({ type, message }) => message?.slice(19, 28) ?? type)).toEqual(['Email', 'thank you'])
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

describe('the other side of an appointment', () => {
  let visits = ''
  const notify = async (body: object[]) => on.call('POST', `/calendars/${visits}/notifications`, { body: body as never })
  const bookVisit = (startTime: string, more: object = {}) => book(startTime, { calendarId: visits, ...more })
  const mails = () => on.db.selectFrom('staffMessages').selectAll().orderBy('dateAdded').orderBy('to').execute()
  const shown = () => on.db.selectFrom('userNotices').selectAll().orderBy('dateAdded').orderBy('userId').execute()
  const contact = { receiverType: 'contact', channel: 'email' }

  beforeAll(async () => {
    const dateAdded = on.clock.now()
    const rows = staff.map((id, at) => ({
      ...{
        id,
        companyId: on.companyId,
        firstName: `S${at}`,
        lastName: 'T',
        email: `s${at}@agency.example`,
        phone: `+1415555010${at}`,
      },
      ...{ type: 'account', role: at === 2 ? 'admin' : 'user', isOwner: false, dateAdded },
    }))
    await on.db
      .insertInto('users')
      .values(rows as never)
      .execute()
    // The second one belongs to another sub-account.
    const places = staff.map((userId, at) => ({ userId, locationId: at === 1 ? on.otherLocationId : on.locationId }))
    await on.db.insertInto('userLocations').values(places).execute()
    const openHours = [
      { daysOfTheWeek: [0, 1, 2, 3, 4, 5, 6], hours: [{ openHour: 0, openMinute: 0, closeHour: 24, closeMinute: 0 }] },
    ]
    const body = { locationId: on.locationId, name: 'Staffed', openHours }
    visits = (await on.call('POST', '/calendars/', { body })).body.calendar.id
    await notify([
      { receiverType: 'assignedUser', channel: 'email', notificationType: 'booked', fromAddress: 'bookings@agency.example' },
      { receiverType: 'assignedUser', channel: 'inApp', notificationType: 'booked' },
      {
        ...{
          receiverType: 'assignedUser',
          channel: 'inApp',
          notificationType: 'reminder',
          subject: 'Soon: {{appointment.title}}',
        },
        beforeTime: [{ timeOffset: 1, unit: 'hours' }],
      },
      {
        receiverType: 'business',
        channel: 'inApp',
        notificationType: 'cancellation',
        selectedUsers: ['sub_account_admin', staff[1]],
      },
      {
        ...{
          receiverType: 'emails',
          channel: 'email',
          notificationType: 'reschedule',
          body: '{{contact.name}} & {{appointment.notes}}',
        },
        additionalEmailIds: ['front@desk.example', ' front@desk.example', 'no address', 's0@agency.example'],
      },
      {
        receiverType: 'phoneNumbers',
        channel: 'sms',
        notificationType: 'reschedule',
        additionalPhoneNumbers: ['+14155550123', 'x'],
      },
      { receiverType: 'business', channel: 'email', notificationType: 'confirmation', body: '{{broken' },
      {
        ...{ ...contact, notificationType: 'booked' },
        body: 'Hi {{contact.first_name | default: "you"}} & "all"\nMove: {{appointment.reschedule_link}}',
      },
    ])
  })

  test('hears of it by mail and in the portal, once, and a reminder follows the appointment to its new time', async () => {
    const id = await bookVisit('2032-03-10T10:00:00-05:00', { title: 'Roof', assignedUserId: staff[0], notes: '<b>{{broken</b>' })
    await Promise.all([job().run(on.clock.now()), job().run(on.clock.now())])
    expect(await mails()).toMatchObject([
      { channel: 'email', to: 's0@agency.example', from: 'bookings@agency.example', status: 'kept', contactId },
    ])
    expect((await mails())[0]).toMatchObject({ subject: 'Booked: Staffed with Ada, Wednesday 10 March, 10:00' })
    const body = (await mails())[0]?.body ?? ''
    expect(body).toContain(
      'What: <strong>Staffed: Roof</strong><br>When: <strong>Wednesday, 10 March 2032, 10:00 to 10:30 (Eastern Time)<',
    )
    expect(body).toContain('With: <strong>Dr. Sue Storm</strong><br>Notes: <strong>&lt;b&gt;{ {broken&lt;/b&gt;</strong>')
    expect(body).toContain(`<a href="http://127.0.0.1:4000/portal/sub-account/${on.locationId}/calendars?appointment=${id}">`)
    expect(await shown()).toMatchObject([
      { userId: staff[0], title: 'Booked: Staffed with Ada, Wednesday 10 March, 10:00', appointmentId: id, readAt: null },
    ])
    expect(sent.at(-1)?.html).toMatch(/^<p>Hi \{\{contact\.first_name \| default: "you"\}\} &amp; &quot;all&quot;<br>Move: /)
    expect(sent.at(-1)?.html).toMatch(
      /Move: <a href="http:\/\/127.0.0.1:4000\/widget\/appointment\/\w+\/\w+\/reschedule\?key=\w{40}/,
    )
    await on.call('PUT', `/calendars/events/appointments/${id}`, { body: { startTime: '2032-03-11T10:00:00-05:00' } })
    await runAt('2032-03-10T14:30:00Z')
    expect((await shown()).length).toBe(1)
    expect((await mails()).slice(1).map(({ channel, to, body }) => [channel, to, body])).toEqual([
      [
        'sms',
        '+14155550123',
        expect.stringMatching(/^An appointment has a new time\. Staffed: Roof, with Ada, Thursday, 11 March 2032/),
      ],
      ['email', 'front@desk.example', '<p>Ada &amp; &lt;b&gt;{ {broken&lt;/b&gt;</p>'],
      ['email', 's0@agency.example', '<p>Ada &amp; &lt;b&gt;{ {broken&lt;/b&gt;</p>'],
    ])
    await runAt('2032-03-11T14:00:00Z')
    await runAt(later)
    expect((await shown()).map(({ title }) => title)).toEqual([
      'Booked: Staffed with Ada, Wednesday 10 March, 10:00',
      'Soon: Roof',
    ])
  })

  test('is all who run the sub-account, and nobody of another one', async () => {
    const id = await bookVisit('2032-04-10T10:00:00-04:00', { appointmentStatus: 'new' })
    await on.call('PUT', `/calendars/events/appointments/${id}`, { body: { appointmentStatus: 'confirmed' } })
    await on.call('PUT', `/calendars/events/appointments/${id}`, { body: { appointmentStatus: 'cancelled' } })
    // A broken text is not said, and keeps nobody else from being told.
    await job().run(on.clock.now())
    const heard = (await shown()).filter(({ appointmentId }) => appointmentId === id)
    expect(heard).toMatchObject([{ userId: staff[2], title: 'Cancelled: Staffed with Ada, Saturday 10 April, 10:00' }])
    expect(await on.db.selectFrom('appointmentReminders').selectAll().execute()).toEqual([])
  })
})
