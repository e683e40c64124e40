import { installs as api } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import type { Installs } from './installs.js'
import type { People } from './parts.js'
import { agencyPlace } from './places.rules.js'

/** Contacts of each sub-account, asked of the room that owns them. */
export type CountContacts = (locationIds: readonly string[]) => Promise<ReadonlyMap<string, number>>

const mostShown = 100

/** The agency's home page. */
export const agencyHandlers = (installs: Installs, { people, countContacts }: { people: People; countContacts: CountContacts }) =>
  implement(api.agency, () => ({}), {
    locations: async ({ companyId, query: { query } }, { person }) => {
      agencyPlace(person, companyId)
      const { rows, total } = await people.locationsOfCompany(companyId, { ...(query && { query }), limit: mostShown, offset: 0 })
      const ids = rows.map((row) => row.id)
      const [apps, contacts] = await Promise.all([installs.countAtLocations(ids), countContacts(ids)])
      const locations = rows.map(({ id, name, detail, status }) => ({
        id,
        name,
        city: detail,
        status: status === 'paused' ? ('paused' as const) : ('active' as const),
        appCount: apps.get(id) ?? 0,
        contactCount: contacts.get(id) ?? 0,
      }))
      return { locations, total }
    },
  })
