import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'

/** A field that is gone and whose values may still be on records. */
export interface FieldRemoval {
  readonly locationId: string
  readonly fieldId: string
  readonly objectKey: string
}

export const addRemoval = (db: Db, removal: FieldRemoval, dateAdded: Date) =>
  db
    .insertInto('customFieldRemovals')
    .values({ ...removal, dateAdded })
    .execute()

/** The oldest removal that nobody else is working on; tenants are not asked for one by one. */
export const claimRemoval = async (db: Db): Promise<FieldRemoval | undefined> =>
  db
    .selectFrom('customFieldRemovals')
    .select(['locationId', 'fieldId', 'objectKey'])
    .orderBy('dateAdded')
    .limit(sql.lit(1))
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()

export const finishRemoval = (db: Db, { locationId, fieldId }: FieldRemoval) =>
  db.deleteFrom('customFieldRemovals').where('locationId', '=', locationId).where('fieldId', '=', fieldId).execute()
