import { type ContactRecord, forbidden } from '@groundlevel/contract-kit'
import type { AssignedRecords, Seeing } from '../../assigned.js'
import type { Db } from '../../database/wire.js'
import type { Call } from '../call.js'

const refused = () =>
  forbidden(
    'You see only what is assigned to you; this reaches all contacts of the sub-account.',
    'The user has assignedDataOnly.',
  )

const valueAt = (given: object, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | null | undefined)?.[name], given)

const idsIn = ({ params, query, body }: Call, names: readonly string[]): string[] =>
  [params, body, query]
    .flatMap((given) => names.flatMap((name) => valueAt(given, name)))
    .filter((id): id is string => typeof id === 'string' && id !== '')

const demandAll = async (call: Call, seeing: Seeing, records: Partial<AssignedRecords>) => {
  for (const [kind, names] of Object.entries(call.operation.reaches) as [ContactRecord, readonly string[]][]) {
    const demandTheirs = records[kind]
    if (!demandTheirs) throw new Error(`${call.operation.key} reaches a ${kind}, and no room says whose one is`)
    for (const id of idsIn(call, names)) await demandTheirs(seeing, id, call.params)
  }
}

/**
 * Keeps people who see only what is assigned to them (`assignedDataOnly`) from every operation of somebody else's contact, and of
 * what hangs on it: to them it is not there. It follows `validate`, so that names stand where the contract says.
 */
export const checkAssigned = (db: Db, records: Partial<AssignedRecords>) =>
  function checkAssigned(call: Call): void | Promise<void> {
    const { principal, locationId, operation } = call
    if (principal?.onlyAssignedTo === undefined) return
    const { reaches } = operation
    if (reaches === 'none' || reaches === 'narrowed') return
    if (reaches === 'all' || locationId === undefined) throw refused()
    return demandAll(call, { db, locationId, userId: principal.onlyAssignedTo }, records)
  }
