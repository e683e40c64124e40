import type { SeedContact } from '../../crm/contacts/index.js'
import type { Db } from '../../database/wire.js'
import { newHexId, newId } from '../../ids.js'
import type { DemoParts } from './parts.js'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

const chores = [
  ['Call back about the whitening offer', 'Asked for a time after work.'],
  ['Send the treatment plan', null],
  ['Confirm the insurance details', 'Card is in the front desk’s inbox.'],
  ['Ask for a review', null],
  ['Remind of the yearly check-up', 'Last seen a year ago.'],
] as const

/** Some done, some overdue, most ahead. */
const tasksFor = (contacts: readonly SeedContact[], now: Date) =>
  contacts.slice(0, 12).map(({ id: contactId, assignedTo }, at) => {
    const [title, body] = chores[at % chores.length] as (typeof chores)[number]
    const dateAdded = new Date(now.getTime() - (12 - at) * 5 * hourMs)
    const dueDate = new Date(now.getTime() + (at - 3) * dayMs)
    return { id: newId(dateAdded), contactId, title, body, assignedTo, dueDate, completed: at % 4 === 0, dateAdded }
  })

const linksAt = (dateAdded: Date) =>
  [
    ['Book a check-up', 'https://harbor-dental.example/book?utm_source=message&utm_medium=link&utm_campaign=check-up'],
    ['Leave a review', 'https://harbor-dental.example/review'],
  ].map(([name = '', redirectTo = '']) => ({ id: newId(dateAdded), name, redirectTo, dateAdded }))

const valuesAt = (dateAdded: Date) =>
  [
    ['Front desk', 'front_desk', '+1 503 555 0110'],
    ['Emergency line', 'emergency_line', '+1 503 555 0119'],
    ['Signature', 'signature', 'Your team at Harbor Dental'],
  ].map(([name = '', key = '', value = '']) => ({ id: newId(dateAdded), name, key, value, dateAdded }))

const templatesAt = (dateAdded: Date, linkId: string) => [
  {
    id: newId(dateAdded),
    name: 'Time for a check-up',
    subject: '{{contact.first_name}}, it is time for a check-up',
    html: `<p>Hello {{contact.first_name}},</p><p>it has been a year. <a href="{{trigger_link.${linkId}}}">Book a time</a>, or call {{custom_values.front_desk}}.</p><p>{{custom_values.signature}}</p>`,
    dateAdded,
  },
]

const businessesAt = (dateAdded: Date) =>
  ['Cascade Outfitters', 'Rose City Books', 'Willamette Roasters'].map((name) => {
    const website = `https://${name.toLowerCase().replace(/ /g, '-')}.example`
    return { id: newHexId(), name, website, city: 'Portland', state: 'OR', dateAdded }
  })

/** What a sub-account has beside contacts: tasks, trigger links, custom values, an e-mail template, businesses. */
export const furnish = async (
  parts: DemoParts,
  db: Db,
  locationId: string,
  contacts: readonly SeedContact[],
  now: Date,
): Promise<void> => {
  const since = new Date(now.getTime() - 90 * dayMs)
  const links = linksAt(since)
  await parts.seedTasks(db, locationId, tasksFor(contacts, now))
  await parts.seedLinks(db, locationId, links)
  await parts.seedCustomValues(db, locationId, valuesAt(since))
  await parts.seedTemplates(db, locationId, templatesAt(since, links[0]?.id ?? ''))
  await parts.seedBusinesses(db, locationId, businessesAt(since))
}
