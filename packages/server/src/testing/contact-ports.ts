import type { Kysely } from 'kysely'
import { type ContactsServices, noAppointments, noBusinesses, noCampaigns } from '../crm/contacts/index.js'
import type { Tables } from '../database/tables.js'
import { usersAmong } from '../identity/index.js'

type Locations = ContactsServices['locations']

/** Locations straight from their table, for tests that have no identity. */
const locationsIn = (lookups: Kysely<Tables>): Locations => ({
  location: async (id) => {
    const row = await lookups.selectFrom('locations').select(['country', 'settings']).where('id', '=', id).executeTakeFirst()
    return row && { country: row.country, settings: row.settings as object }
  },
})

/** What the contacts room asks of others, as far as it is real without them; a test plugs in what it is about. */
export const contactPorts = (from: Kysely<Tables> | Locations, more: Partial<ContactsServices> = {}): ContactsServices => ({
  publicUrl: () => 'http://127.0.0.1:4000',
  locations: 'location' in from ? from : locationsIn(from),
  users: { among: usersAmong },
  fields: { definitions: async () => [] },
  events: { isAwaited: async () => false, addEvents: async () => {}, wake: () => {} },
  businesses: noBusinesses,
  campaigns: noCampaigns,
  appointments: noAppointments,
  moves: [],
  leaves: [],
  ...more,
})
