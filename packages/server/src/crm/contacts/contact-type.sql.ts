import { shapes } from '@groundlevel/contracts'
import { type Db, one } from '../../database/wire.js'
import type { Author } from '../../http/author.js'
import { type ContactJson, inOne } from './contacts.sql.js'

/** Makes a contact a lead or a customer. Undefined where it was one already, or there is no such contact. */
export const setContactType = (
  db: Db,
  locationId: string,
  contactId: string,
  type: 'lead' | 'customer',
  by: Author,
): Promise<ContactJson | undefined> =>
  one(
    db,
    shapes.Contact,
    db
      .updateTable('contacts')
      .set({ type, lastUpdatedBy: JSON.stringify(by), dateUpdated: by.timestamp })
      .where('locationId', '=', locationId)
      .where('id', '=', contactId)
      .where('type', '!=', type)
      .returningAll()
      .returning(inOne),
  )
