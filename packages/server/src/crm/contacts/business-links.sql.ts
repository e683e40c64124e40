import type { Db } from '../../database/wire.js'

/** Takes every contact off a business that is going. Nobody is told: what they hear of is the business. */
export const unlinkBusiness = (db: Db, locationId: string, businessId: string) =>
  db
    .updateTable('contacts')
    .set({ businessId: null })
    .where('locationId', '=', locationId)
    .where('businessId', '=', businessId)
    .execute()

/** Contacts of a business, for a query of another room: `where('contactId', 'in', idsOfBusiness(…))`. */
export const idsOfBusiness = (db: Db, locationId: string, businessId: string) =>
  db.selectFrom('contacts').select('id').where('locationId', '=', locationId).where('businessId', '=', businessId)
