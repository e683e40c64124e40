import { expect, test } from 'vitest'
import { parse, renderParsed } from '../merge-fields/engine.js'
import type { StoredEvent } from './events.rules.js'
import type { Notification } from './notifications.sql.js'
import { type Hearer, type Known, saidOf } from './reminders.rules.js'
import { shown } from './shown-times.rules.js'

const event = {
  title: 'Ada Lovelace',
  startAt: new Date('2031-03-10T14:00:00Z'),
  endAt: new Date('2031-03-10T14:30:00Z'),
  address: '12 Main St',
  notes: null,
} as StoredEvent
const known: Known = {
  ...{ event, zone: 'Europe/Paris', contactName: 'Ada Lovelace', withWhom: 'Dr. Sue Storm' },
  calendar: { name: 'Consultation', allowReschedule: true, allowCancellation: true },
}
const links = { file: 'http://x/event.ics?key=1', reschedule: 'http://x/reschedule?key=1', cancel: 'http://x/cancel?key=1' }
const contact: Hearer = { links }
const staff: Hearer = { portal: 'http://x/portal' }
const world = {
  contact: { name: 'Ada Lovelace', first_name: 'Ada', phone: '+1312', email: 'ada@x.example' },
  location: { name: 'Harbor Dental', phone: '' },
}

const saying = async (notificationType: Notification['notificationType'], hearer: Hearer, about = known) => {
  const said = saidOf({ notificationType } as Notification, about, hearer)
  const rendered = (kind: 'html' | 'text', text: string) => renderParsed(parse(kind, text, kind), world)
  return {
    subject: await rendered('text', said.subject),
    text: await rendered('text', said.text),
    html: await rendered('html', said.html),
  }
}

test('a contact reads what, when in their own zone by its name, where and with whom, and three ways to go on', async () => {
  const { subject, text, html } = await saying('booked', contact)
  expect(subject).toBe('Booked: Consultation, Monday 10 March, 15:00')
  expect(html).toBe(
    '<p>Hello Ada,</p><p>Your appointment is booked.</p>' +
      '<p>What: <strong>Consultation</strong><br>When: <strong>Monday, 10 March 2031, 15:00 to 15:30 (Central European Time)</strong><br>' +
      'Where: <strong>12 Main St</strong><br>With: <strong>Dr. Sue Storm</strong></p>' +
      '<p><a href="http://x/event.ics?key=1">Add it to your calendar</a> · <a href="http://x/reschedule?key=1">Choose another time</a> · ' +
      '<a href="http://x/cancel?key=1">Cancel</a></p><p>Harbor Dental</p>',
  )
  expect(text).toBe(
    'Harbor Dental: your appointment is booked. Consultation, Monday, 10 March 2031, 15:00 to 15:30 (Central European Time), at 12 Main St, ' +
      'with Dr. Sue Storm. Another time: http://x/reschedule?key=1 Cancel: http://x/cancel?key=1',
  )
})

test('what the calendar does not allow, and what is over, is no link; what was called off has only the file that takes it out', async () => {
  const closed = { ...known, calendar: { name: 'Consultation', allowReschedule: false, allowCancellation: false } }
  expect((await saying('reminder', contact, closed)).html).not.toMatch(/reschedule|cancel\?/)
  const [over, off] = [await saying('followup', contact), await saying('cancellation', contact)]
  expect(`${over.text}${over.html}${off.text}`).not.toContain('http://')
  expect(off.html.match(/<a .*?<\/a>/g)).toEqual([`<a href="${links.file}">Take it out of your calendar</a>`])
  expect((await saying('reschedule', contact)).html).toContain(`<a href="${links.file}">Change it in your calendar</a>`)
})

test('staff read who it is once, how to reach them, and a way to it; never the contact’s own addresses', async () => {
  const { subject, text, html } = await saying('booked', staff, { ...known, zone: 'America/New_York' })
  expect(subject).toBe('Booked: Consultation with Ada Lovelace, Monday 10 March, 10:00')
  expect(text).toBe(
    'An appointment is booked. Consultation, with Ada Lovelace, Monday, 10 March 2031, 10:00 to 10:30 (Eastern Time), at 12 Main St.',
  )
  expect(html.match(/Ada Lovelace/g)?.length).toBe(1)
  expect(html).toContain('Ada Lovelace, +1312, ada@x.example')
  expect(html).toContain('<a href="http://x/portal">')
  expect(html).not.toContain('key=')
})

test('what a visitor or a calendar is called is neither a template nor HTML', async () => {
  const odd = { ...known, event: { ...event, title: '{{contact.email}}<b>', address: '{% raw %}<i>' }, calendar: undefined }
  const { subject, html } = await saying('booked', staff, odd)
  expect(subject).toContain('{ {contact.email}}<b>')
  expect(html).toContain('{ {contact.email}}&lt;b&gt;')
  expect(html).toContain('{ % raw %}&lt;i&gt;')
})

test('a text of one’s own has the same as fields', () => {
  const body = '{{calendar.name}} {{ appointment.user.name }} {{appointment.timezone}} {{appointment.add_to_ical_outlook}}'
  const { text, html } = saidOf({ notificationType: 'booked', body } as Notification, known, contact)
  expect(text).toBe(`Consultation Dr. Sue Storm Europe/Paris ${links.file}`)
  expect(html).toContain(`<a href="${links.file}">${links.file}</a>`)
})

test('a time has one wording, on pages and in messages', () => {
  const fields = (zone: string) => {
    const said = { notificationType: 'booked', body: '{{appointment.start_time}}' } as Notification
    return saidOf(said, { ...known, zone }, contact).text
  }
  for (const zone of ['UTC', 'America/Los_Angeles']) expect(fields(zone)).toBe(shown(event.startAt.getTime(), zone, 'whole'))
  expect(fields('UTC')).toBe('Monday, 10 March 2031, 14:00 (UTC)')
  expect(fields('America/Los_Angeles')).toBe('Monday, 10 March 2031, 07:00 (Pacific Time)')
})
