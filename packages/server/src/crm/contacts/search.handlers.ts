import { unprocessable } from '@groundlevel/contract-kit'
import { contacts as contract } from '@groundlevel/contracts'
import type { Db } from '../../database/wire.js'
import { implement } from '../../http/implement.js'
import { type CustomField, checkFilters, cursorOf, namesCustomField, offsetOf, orderOf } from '../filters/index.js'
import { policyOf, toE164 } from './contacts.rules.js'
import { contactsOf } from './contacts.sql.js'
import type { ContactsServices } from './ports.js'
import { contactLanguage, contactSorts, newestFirst } from './search.rules.js'
import { searchOf } from './search.sql.js'
import type { SearchCellPorts } from './search-cells.sql.js'

/** What searching asks of others. Absent: searches run where everything else does, and what is asked for is empty. */
export interface SearchServices extends SearchCellPorts {
  /** The pool of searches, whose statements end after two seconds. */
  readonly searches?: Db
  /** Definitions of the location's custom fields of contacts. */
  readonly customFields?: (locationId: string) => Promise<readonly CustomField[]>
}

export const searchHandlers = (services: ContactsServices & SearchServices) => {
  const { locations, customFields } = services
  const definitions = async (filters: readonly unknown[], locationId: string) =>
    customFields && namesCustomField(filters, contactLanguage) ? await customFields(locationId) : []

  return implement(
    contract.search,
    ({ db, locationId, principal: { onlyAssignedTo } }) => ({
      contacts: contactsOf(db, locationId, onlyAssignedTo),
      searching: searchOf(services.searches ?? db, locationId, services, onlyAssignedTo),
    }),
    {
      advanced: async ({ body }, { searching, locationId }) => {
        const { filters = [], searchAfter, pageLimit: limit } = body
        const filter = checkFilters(filters, contactLanguage, await definitions(filters, locationId))
        const order = orderOf(body.sort, contactSorts, newestFirst)
        const cursor = searchAfter ? cursorOf(order, searchAfter) : undefined
        const offset = cursor ? 0 : offsetOf(body)
        const query = body.query?.trim() || undefined
        const { items, total } = await searching.page({ query, filter, order, limit, offset, cursor })
        return { contacts: items, total }
      },

      duplicate: async ({ query }, { contacts, locationId }) => {
        if (!query.email && !query.number) throw unprocessable(['either email or number should not be empty'])
        const location = await locations.location(locationId)
        const values = {
          email: query.email?.trim().toLowerCase(),
          phone: query.number ? toE164(query.number, location?.country) : undefined,
        }
        for (const field of policyOf(location?.settings ?? {}).identifiers) {
          const value = values[field]
          const contact = value ? await contacts.byField(field, value) : undefined
          if (contact) return { contact, matchingField: field }
        }
        return { contact: null }
      },
    },
  )
}
