import type { SeedContact as DemoContact, SeedNote as DemoNote } from '../../crm/contacts/index.js'
import { newId } from '../../ids.js'
import { companies, firstNames, lastNames, noteTexts, sources, tags, towns } from './names.js'
import { createRandom, type Random } from './random.js'

const minuteMs = 60_000
const spreadMinutes = 90 * 24 * 60

const minutesBefore = (now: Date, minutes: number) => new Date(now.getTime() - minutes * minuteMs)

/** Numbers that are reserved for stories (555-01…): nobody's telephone rings. Different for each serial up to 2000. */
const phoneOf = (serial: number) =>
  `+1${towns[serial % towns.length]?.area}55501${String(Math.floor(serial / towns.length) % 100).padStart(2, '0')}`

/** Every pair of names once before any repeats. */
const nameOf = (serial: number) => ({
  firstName: firstNames[(serial * 7) % firstNames.length] as string,
  lastName: lastNames[(serial * 11 + Math.floor(serial / lastNames.length)) % lastNames.length] as string,
})

const contact = (random: Random, serial: number, userIds: readonly string[], now: Date): DemoContact => {
  const { firstName, lastName } = nameOf(serial)
  const { city, state, timezone } = towns[serial % towns.length] as (typeof towns)[number]
  const dateAdded = minutesBefore(now, 60 + random.below(spreadMinutes - 60))
  return {
    id: newId(dateAdded),
    firstName,
    lastName,
    email: `${firstName}.${lastName}${serial}@mail.example`.toLowerCase(),
    phone: phoneOf(serial),
    city,
    state,
    country: 'US',
    companyName: random.chance(0.35) ? random.pick(companies) : null,
    source: random.pick(sources),
    timezone,
    type: random.chance(0.25) ? 'customer' : 'lead',
    tags: random.some(tags, random.below(4)),
    assignedTo: userIds.length > 0 && random.chance(0.5) ? random.pick(userIds) : null,
    dateAdded,
  }
}

/** Contacts of one sub-account; `first` is the serial number of its first, so that no two anywhere share an e-mail or a phone. */
export const demoContacts = (count: number, first: number, userIds: readonly string[], now: Date): DemoContact[] => {
  const random = createRandom(2_026 + first)
  return Array.from({ length: count }, (_, index) => contact(random, first + index, userIds, now))
}

const notesOn = (random: Random, { id: contactId, dateAdded, assignedTo }: DemoContact, now: Date): DemoNote[] =>
  random.some(noteTexts, random.chance(0.45) ? 1 + random.below(3) : 0).map((body) => {
    const ageMinutes = Math.floor((now.getTime() - dateAdded.getTime()) / minuteMs)
    const written = minutesBefore(now, random.below(ageMinutes))
    return { id: newId(written), contactId, body, userId: assignedTo, dateAdded: written }
  })

/** None to three notes on each contact, written after it was added. */
export const demoNotes = (contacts: readonly DemoContact[], now: Date): DemoNote[] => {
  const random = createRandom(4_051 + contacts.length)
  return contacts.flatMap((each) => notesOn(random, each, now))
}
