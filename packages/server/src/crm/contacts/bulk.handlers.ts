import { missing, unprocessable } from '@groundlevel/contract-kit'
import { contacts as contract } from '@groundlevel/contracts'
import { authorOf } from '../../http/author.js'
import { implement } from '../../http/implement.js'
import { keepTags } from '../tags/index.js'
import { planTags, type TagChange } from './bulk.rules.js'
import { manyContactsOf } from './bulk.sql.js'
import { idIn, withRetagged } from './change-events.js'
import type { ContactPorts } from './ports.js'

const changeOf = (type: string, { tags, removeAllTags = false }: { tags: string[]; removeAllTags?: boolean }): TagChange => {
  if (type !== 'add' && type !== 'remove') throw unprocessable(['type must be a valid enum value: add or remove'])
  if (removeAllTags && type === 'add') throw unprocessable(['removeAllTags can only be used with the type remove'])
  return removeAllTags ? { kind: 'removeAll' } : { kind: type, tags }
}

export const bulkHandlers = ({ businesses }: Pick<ContactPorts, 'businesses'>) =>
  implement(contract.bulk, (context) => ({ contacts: manyContactsOf(context.db, context.locationId) }), {
    tags: async ({ type, body }, { contacts, db, locationId, emitAll, principal, now }) => {
      const change = changeOf(type, body)
      const { responses, changes } = planTags(body.contacts, await contacts.lockTags(body.contacts), change)
      const added = responses.flatMap(({ tagsAdded = [] }) => tagsAdded)
      await keepTags(db, locationId, added, now)
      if (changes.length > 0) {
        const retagged = new Map(responses.map(({ contactId, ...told }) => [contactId, told]))
        const changed = await contacts.setTags(changes, authorOf(principal, now))
        await emitAll(
          'ContactTagUpdate',
          changed.map((contact) => withRetagged(contact, retagged.get(idIn(contact)))),
        )
      }
      const errorCount = responses.filter((response) => response.type === 'error').length
      return { succeded: true, succeeded: true, errorCount, responses }
    },

    business: async ({ body: { ids, businessId } }, { contacts, db, locationId, emitAll, principal, now }) => {
      if (businessId !== null && !(await businesses.exists(db, locationId, businessId))) throw missing('Business')
      await contacts.lockTags(ids)
      await emitAll('ContactUpdate', await contacts.setBusiness(ids, businessId, authorOf(principal, now)))
      const known = new Set(await contacts.idsAmong(ids))
      return { success: true, ids: [...new Set(ids)].filter((id) => known.has(id)) }
    },

    ofBusiness: async ({ businessId, query }, { contacts }) => contacts.ofBusiness(businessId, query),
  })
