import { missing } from '@groundlevel/contract-kit'
import type { AssignedRecords, DemandTheirs } from '../../assigned.js'
import type { Tables } from '../../database/tables.js'
import { isAssigned, isOthersRow } from './assigned.sql.js'
import { foundContact } from './missing-contact.js'

const demandContact: DemandTheirs = async ({ db, locationId, userId }, contactId) => {
  foundContact((await isAssigned(db, locationId, contactId, userId)) ? contactId : undefined, contactId)
}

/** Contacts: people see those that they were given or follow. */
export const contactRecords: Pick<AssignedRecords, 'contact'> = { contact: demandContact }

/** Rows that name their contact: its people's, and to everybody else as if there were no such `thing`. */
export const demandRow =
  (thing: string, table: keyof Tables, key: 'id' | '_id' = 'id'): DemandTheirs =>
  async (seeing, id) => {
    if (await isOthersRow(seeing, table, id, key)) throw missing(thing)
  }
