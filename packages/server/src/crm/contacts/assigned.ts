import { forbidden } from '@groundlevel/contract-kit'
import type { Implementation } from '../../http/implement.js'
import { isAssigned } from './assigned.sql.js'
import { foundContact } from './missing-contact.js'

/** Resources that reach all contacts of a sub-account at once: files of them, bulk changes, two that become one. */
const ofAll: ReadonlySet<string> = new Set(['contacts.csv', 'contacts.imports', 'contacts.bulk', 'contacts.merge'])

const reachesAll = ({ operation: { key } }: Implementation) => ofAll.has(key.split('.').slice(0, 2).join('.'))
const isOfContact = ({ operation: { auth, path } }: Implementation) => auth === 'token' && /\/:contactId(\/|$)/.test(path)

const refused = () =>
  forbidden(
    'You see only what is assigned to you; this reaches all contacts of the sub-account.',
    'The user has assignedDataOnly.',
  )

/**
 * Keeps people who see only what is assigned to them (`assignedDataOnly`) from every operation of somebody else's contact,
 * whichever room it belongs to: to them it is not there. Lists and searches ask `principal.onlyAssignedTo` themselves.
 */
export const narrowToAssigned = (implementations: readonly Implementation[]): readonly Implementation[] =>
  implementations.map((each) => {
    if (!isOfContact(each) && !reachesAll(each)) return each
    return {
      ...each,
      run: async (given, context) => {
        const { onlyAssignedTo } = context.principal
        if (onlyAssignedTo === undefined) return each.run(given, context)
        if (reachesAll(each)) throw refused()
        const { contactId = '' } = context.call.params
        const theirs = await isAssigned(context.db, context.locationId, contactId, onlyAssignedTo)
        foundContact(theirs ? contactId : undefined, contactId)
        return each.run(given, context)
      },
    }
  })
