import { unprocessable } from '@groundlevel/contract-kit'
import { contacts as contract } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import type { ContactsServices } from './contacts.handlers.js'
import { policyOf, toE164 } from './contacts.rules.js'
import { contactsOf } from './contacts.sql.js'
import { conditionsOf, cursorOf, offsetOf, sortKeysOf } from './search.rules.js'
import { searchOf } from './search.sql.js'

export const searchHandlers = ({ locations }: ContactsServices) =>
  implement(
    contract.search,
    ({ db, locationId }) => ({ contacts: contactsOf(db, locationId), searching: searchOf(db, locationId) }),
    {
      advanced: async ({ body }, { searching }) => {
        const keys = sortKeysOf(body.sort ?? [])
        const query = body.query?.trim() || undefined
        const conditions = conditionsOf(body.filters ?? [])
        const cursor = body.searchAfter ? cursorOf(keys, body.searchAfter) : undefined
        const search = { query, conditions, keys, limit: body.pageLimit, offset: cursor ? 0 : offsetOf(body), cursor }
        const { items, total } = await searching.page(search)
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
