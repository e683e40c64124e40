import { safeHtml } from '../public-pages/index.js'
import type { Notification } from './notifications.sql.js'

type Occasion = Notification['notificationType']

/** What a standard text tells of an appointment. Fields of the contact and the sub-account are left to whoever sends it. */
export interface Facts {
  /** The calendar's name. */
  readonly what: string
  /** `Monday 10 March, 10:00`. */
  readonly short: string
  /** `Monday, 10 March 2031, 10:00 to 10:30 (Eastern Time)`. */
  readonly when: string
  readonly where: string
  readonly withWhom: string
  /** What it is called beside that; '' where it is the contact's name again. */
  readonly about: string
  readonly notes: string
}

/** Addresses that open with the key of the appointment; '' for what the calendar does not allow. */
export interface ContactLinks {
  readonly file: string
  readonly reschedule: string
  readonly cancel: string
}

interface Text {
  readonly subject: string
  readonly text: string
  readonly html: string
}

const words: Readonly<Record<Occasion, string>> = {
  booked: 'Booked',
  confirmation: 'Confirmed',
  cancellation: 'Cancelled',
  reminder: 'Reminder',
  followup: 'Thank you for coming',
  reschedule: 'New time',
}

const toContact: Readonly<Record<Occasion, string>> = {
  booked: 'your appointment is booked',
  confirmation: 'your appointment is confirmed',
  cancellation: 'your appointment is cancelled',
  reminder: 'this is a reminder of your appointment',
  followup: 'thank you for coming',
  reschedule: 'your appointment has a new time',
}

const toStaff: Readonly<Record<Occasion, string>> = {
  booked: 'An appointment is booked.',
  confirmation: 'An appointment is confirmed.',
  cancellation: 'An appointment is cancelled.',
  reminder: 'An appointment is coming up.',
  followup: 'An appointment is over.',
  reschedule: 'An appointment has a new time.',
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
const said = (values: readonly string[], by: string) => values.filter(Boolean).join(by)

/** A fact and its value as HTML; '' where there is nothing to say. */
type Line = readonly [name: string, html: string]

const linesOf = (lines: readonly Line[]) => {
  const told = lines.filter(([, html]) => html !== '')
  return `<p>${told.map(([name, html]) => `${name}: <strong>${html}</strong>`).join('<br>')}</p>`
}

const wayTo = (name: string, href: string) => (href ? `<a href="${safeHtml(href)}">${name}</a>` : '')

/** What is over or called off is not moved; what was called off goes out of a calendar by the file that put it in. */
const waysOf = (occasion: Occasion, links: ContactLinks): ContactLinks => {
  if (occasion === 'followup') return { file: '', reschedule: '', cancel: '' }
  return occasion === 'cancellation' ? { ...links, reschedule: '', cancel: '' } : links
}

const fileName: Partial<Record<Occasion, string>> = {
  cancellation: 'Take it out of your calendar',
  reschedule: 'Change it in your calendar',
}

const who = '{{contact.name | default: "a contact"}}'

/** What a contact is told where the calendar's people wrote nothing of their own. */
export const standardToContact = (
  occasion: Occasion,
  { what, short, when, where, withWhom }: Facts,
  links: ContactLinks,
): Text => {
  const isOver = occasion === 'followup'
  const { file, reschedule, cancel } = waysOf(occasion, links)
  const ways = [
    wayTo(fileName[occasion] ?? 'Add it to your calendar', file),
    wayTo('Choose another time', reschedule),
    wayTo('Cancel', cancel),
  ]
  const facts: readonly Line[] = [
    ['What', safeHtml(what)],
    ['When', safeHtml(when)],
    ['Where', isOver ? '' : safeHtml(where)],
    ['With', safeHtml(withWhom)],
  ]
  const hints = said([reschedule && `Another time: ${reschedule}`, cancel && `Cancel: ${cancel}`], ' ')
  const details = said([what, when, where && `at ${where}`, withWhom && `with ${withWhom}`], ', ')
  return {
    subject: isOver ? `${words.followup}: ${what}` : `${words[occasion]}: ${what}, ${short}`,
    text: isOver
      ? `{{location.name}}: thank you for coming to ${what}.`
      : said([`{{location.name}}: ${toContact[occasion]}. ${details}.`, hints], ' '),
    html: said(
      [
        `<p>Hello {{contact.first_name | default: "there"}},</p><p>${capital(toContact[occasion])}.</p>`,
        linesOf(facts),
        ways.some(Boolean) ? `<p>${said(ways, ' · ')}</p>` : '',
        '<p>{{location.name}}{% if location.phone != "" %}<br>{{location.phone}}{% endif %}</p>',
      ],
      '',
    ),
  }
}

/** What those on the other side of it are told. */
export const standardToStaff = (occasion: Occasion, facts: Facts, portal: string): Text => {
  const { what, short, when, where, withWhom, about, notes } = facts
  const word = occasion === 'followup' ? 'Over' : words[occasion]
  const lines: readonly Line[] = [
    [
      'Who',
      `${who}{% if contact.phone != "" %}, {{contact.phone}}{% endif %}{% if contact.email != "" %}, {{contact.email}}{% endif %}`,
    ],
    ['What', safeHtml(said([what, about], ': '))],
    ['When', safeHtml(when)],
    ['Where', safeHtml(where)],
    ['With', safeHtml(withWhom)],
    ['Notes', safeHtml(notes)],
  ]
  return {
    subject: `${word}: ${what} with ${who}, ${short}`,
    text: `${toStaff[occasion]} ${said([said([what, about], ': '), `with ${who}`, when, where && `at ${where}`], ', ')}.`,
    html: `<p>${toStaff[occasion]}</p>${linesOf(lines)}<p>${wayTo('Open it in the calendar', portal)}</p>`,
  }
}
