import { forbidden, missing } from '@groundlevel/contract-kit'
import type { Db } from '../../database/wire.js'
import type { Context, Implementation } from '../../http/implement.js'
import { isAssigned } from './assigned.sql.js'
import { foundContact } from './missing-contact.js'

/** Somebody who sees only what is assigned to them, in one sub-account. */
export interface Seeing {
  readonly db: Db
  readonly locationId: string
  readonly userId: string
}

/** Records that hang on contacts, for the operations that name one: how to tell whose it is. */
export interface AssignedRecords {
  /** How keys of these operations begin. */
  readonly of: readonly string[]
  /** What paths and bodies call the id. */
  readonly names: readonly string[]
  /** As the room itself calls what is missing, by the key of the operation. */
  thing(key: string): string
  /** There is such a record, and it is none of theirs. */
  isForeign(seeing: Seeing, id: string): Promise<boolean>
}

/** A record of theirs may hang on somebody else's contact. */
export type IsOwn = (seeing: Seeing, key: string, params: Readonly<Record<string, string>>) => Promise<boolean>

/** Resources that reach all contacts of a sub-account at once: files of them, bulk changes, two that become one. */
const ofAll: ReadonlySet<string> = new Set([
  ...['contacts.csv', 'contacts.imports', 'contacts.bulk', 'contacts.merge'],
  'lab.staffOutbox',
])

const reachesAll = ({ operation: { key } }: Implementation) => ofAll.has(key.split('.').slice(0, 2).join('.'))
const isOfContact = ({ operation: { path } }: Implementation) => /\/:contactId(\/|$)/.test(path)

/** Bodies and queries of these rooms name contacts. */
const naming = [
  ...['conversations', 'calendars.appointment', 'lab.outbox', 'locations.recurringTasks', 'locations.templatePreview'],
  ...['payments.customer', 'payments.order', 'workflows.workflow', 'forms.formFiles'],
].map((begin) => `${begin}.`)
const namesContacts = ({ operation: { key } }: Implementation) => naming.some((begin) => key.startsWith(begin))

/** Lists are narrowed by themselves: what their queries name, they only ask for. */
const isList = ({ operation: { key } }: Implementation) => /\.(list|search|export)$/.test(key)

const refused = () =>
  forbidden(
    'You see only what is assigned to you; this reaches all contacts of the sub-account.',
    'The user has assignedDataOnly.',
  )

const idsIn = (names: readonly string[], { call: { params, body, query } }: Context, inPath: boolean): string[] => {
  const given: readonly Readonly<Record<string, unknown>>[] = inPath ? [params] : [params, body, query]
  const all = given.flatMap((each) => names.flatMap((name) => each?.[name]))
  return all.filter((id): id is string => typeof id === 'string' && id !== '')
}

const demandContact = async ({ db, locationId, userId }: Seeing, contactId: string): Promise<void> => {
  foundContact((await isAssigned(db, locationId, contactId, userId)) ? contactId : undefined, contactId)
}

/** What an operation asks of somebody who sees only their own, before it runs. */
const demandsOf = (implementation: Implementation, records: readonly AssignedRecords[], isOwn: IsOwn) => {
  const { key, auth } = implementation.operation
  // Of developers and of visitors, who are nobody's users.
  if (auth !== 'token') return undefined
  const about = records.filter(({ of }) => of.some((begin) => key.startsWith(begin)))
  const inPath = isList(implementation)
  const [ofContact, named] = [isOfContact(implementation), namesContacts(implementation) && !inPath]
  if (about.length === 0 && !ofContact && !named) return undefined
  return async (seeing: Seeing, context: Context): Promise<void> => {
    const { params } = context.call
    if (ofContact && !(await isOwn(seeing, key, params))) await demandContact(seeing, params.contactId ?? '')
    if (named) for (const id of idsIn(['contactId', 'contactIds'], context, false)) await demandContact(seeing, id)
    for (const { names, thing, isForeign } of about)
      for (const id of idsIn(names, context, inPath)) if (await isForeign(seeing, id)) throw missing(thing(key))
  }
}

/**
 * Keeps people who see only what is assigned to them (`assignedDataOnly`) from every operation of somebody else's contact, and of
 * what hangs on it, whichever room it belongs to: to them it is not there. Lists and searches ask `principal.onlyAssignedTo` themselves.
 */
export const narrowToAssigned = (
  implementations: readonly Implementation[],
  records: readonly AssignedRecords[] = [],
  isOwn: IsOwn = async () => false,
): readonly Implementation[] =>
  implementations.map((each) => {
    const demand = demandsOf(each, records, isOwn)
    if (!demand && !reachesAll(each)) return each
    return {
      ...each,
      run: async (given, context) => {
        const { onlyAssignedTo: userId } = context.principal
        if (userId === undefined) return each.run(given, context)
        if (reachesAll(each)) throw refused()
        await demand?.({ db: context.db, locationId: context.locationId, userId }, context)
        return each.run(given, context)
      },
    }
  })
