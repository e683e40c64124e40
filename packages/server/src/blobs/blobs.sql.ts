import { sql } from 'kysely'
import type { Db } from '../database/wire.js'

/** What is known of a stored file. */
export interface BlobRow {
  readonly id: string
  readonly locationId: string
  /** Record that it hangs on: a contact, an import. */
  readonly recordId: string | null
  readonly name: string
  readonly contentType: string
  readonly size: number
  readonly sha256: string
  readonly dateAdded: Date
}

export const addBlob = (db: Db, row: BlobRow) => db.insertInto('blobs').values(row).execute()

/** By id alone: an id cannot be guessed, and whoever has the address may read (decision 0028). */
export const findBlob = async (db: Db, id: string): Promise<BlobRow | undefined> => {
  const row = await db.selectFrom('blobs').selectAll().where('id', '=', id).executeTakeFirst()
  return row && { ...row, size: Number(row.size) }
}

export const removeBlobs = async (db: Db, locationId: string, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return
  await db
    .deleteFrom('blobs')
    .where('locationId', '=', locationId)
    .where('id', 'in', [...ids])
    .execute()
}

/** Files of one record, oldest first. */
export const filesOfRecord = async (db: Db, locationId: string, recordId: string): Promise<BlobRow[]> => {
  const rows = await db
    .selectFrom('blobs')
    .selectAll()
    .where('locationId', '=', locationId)
    .where('recordId', '=', recordId)
    .orderBy('dateAdded')
    .orderBy('id')
    .limit(sql.lit(10_000))
    .execute()
  return rows.map((row) => ({ ...row, size: Number(row.size) }))
}

/** Ids of the files of one record. */
export const blobsOfRecord = async (db: Db, locationId: string, recordId: string): Promise<string[]> => {
  const rows = await db
    .selectFrom('blobs')
    .select('id')
    .where('locationId', '=', locationId)
    .where('recordId', '=', recordId)
    .orderBy('id')
    .limit(sql.lit(10_000))
    .execute()
  return rows.map(({ id }) => id)
}

/** Hands the files of one record to another. */
export const moveBlobs = async (db: Db, locationId: string, fromRecordId: string, toRecordId: string): Promise<void> => {
  await db
    .updateTable('blobs')
    .set({ recordId: toRecordId })
    .where('locationId', '=', locationId)
    .where('recordId', '=', fromRecordId)
    .execute()
}
