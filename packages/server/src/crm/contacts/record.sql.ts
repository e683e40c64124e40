import type { Db } from '../../database/wire.js'
import { contactsOf } from './contacts.sql.js'

/** One contact as single-contact replies have it, for rooms that read it. */
export const contactRecord = async (
  db: Db,
  locationId: string,
  id: string,
): Promise<Readonly<Record<string, unknown>> | undefined> => (await contactsOf(db, locationId).find(id))?.value
