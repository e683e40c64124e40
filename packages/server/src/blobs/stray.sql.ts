import { sql } from 'kysely'
import type { Db } from '../database/wire.js'

/** Bytes are about to be written: if the change that they belong to never commits, they are found by this. */
export const noteUpload = async (db: Db, id: string, uploadedAt: Date): Promise<void> => {
  await db.insertInto('strayBytes').values({ id, uploadedAt }).execute()
}

/** In the change that writes the row of the file, or once the bytes are gone. */
export const forgetStray = async (db: Db, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return
  await db
    .deleteFrom('strayBytes')
    .where('id', 'in', [...ids])
    .execute()
}

/** Their row came after all; one that has gone again meanwhile stays noted. */
export const keepUsed = async (db: Db, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return
  await db
    .deleteFrom('strayBytes')
    .where('id', 'in', [...ids])
    .where('uploadedAt', 'is not', null)
    .execute()
}

/** Bytes of files whose row is gone, and of uploads from before that never got one. */
export const strayBytes = (db: Db, uploadedBefore: Date, limit: number) =>
  db
    .selectFrom('strayBytes as s')
    .select(['s.id', ({ exists, selectFrom }) => exists(selectFrom('blobs as b').whereRef('b.id', '=', 's.id')).as('isUsed')])
    .where(({ or, eb }) => or([eb('s.uploadedAt', 'is', null), eb('s.uploadedAt', '<', uploadedBefore)]))
    .limit(sql.lit(limit))
    .execute()
