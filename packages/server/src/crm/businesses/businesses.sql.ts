import { shapes } from '@groundlevel/contracts'
import { type RawBuilder, sql } from 'kysely'
import { type Db, one, page } from '../../database/wire.js'
import type { Author } from '../../http/author.js'
import type { BusinessDetails } from './businesses.rules.js'

const { Business } = shapes

export interface NewBusiness extends BusinessDetails {
  readonly id: string
  readonly name: string
  readonly by: Author
}

/** Businesses of one location. */
export const businessesOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('businesses').where('locationId', '=', locationId)
  return {
    list: (limit: number, skip: number) =>
      page(
        db,
        Business,
        mine.selectAll().orderBy('createdAt', 'desc').orderBy('id', 'desc').limit(sql.lit(limit)).offset(sql.lit(skip)),
      ),
    find: (id: string) => one(db, Business, mine.selectAll().where('id', '=', id)),
    /** Whether there is such a business; it stays while the transaction runs, so that a contact can be linked to it. */
    exists: async (id: string): Promise<boolean> => {
      const row = await mine.select('id').where('id', '=', id).forKeyShare().executeTakeFirst()
      return row !== undefined
    },
    add: ({ by, ...row }: NewBusiness) =>
      one(
        db,
        Business,
        db
          .insertInto('businesses')
          .values({ ...row, locationId, createdBy: JSON.stringify(by), createdAt: by.timestamp, updatedAt: by.timestamp })
          .returningAll(),
      ),
    change: (id: string, change: BusinessDetails, by: Author) =>
      one(
        db,
        Business,
        db
          .updateTable('businesses')
          .set({ ...change, updatedBy: JSON.stringify(by), updatedAt: by.timestamp })
          .where('locationId', '=', locationId)
          .where('id', '=', id)
          .returningAll(),
      ),
    remove: (id: string) =>
      one(db, Business, db.deleteFrom('businesses').where('locationId', '=', locationId).where('id', '=', id).returningAll()),
  }
}

/** Name of the business that a row of another room belongs to, to be selected beside it: `businessNameOf(id, sql.ref('businessId'))`. */
export const businessNameOf = (locationId: string, businessId: RawBuilder<unknown>): RawBuilder<string | null> =>
  sql<string | null>`(select b.name from businesses b where b."locationId" = ${locationId} and b.id = ${businessId})`
