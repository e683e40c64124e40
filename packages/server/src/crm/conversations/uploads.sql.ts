import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'

/** A file that is to be put, or has been. */
export interface Upload {
  readonly id: string
  readonly locationId: string
  readonly conversationId: string
  readonly filePath: string
  readonly filename: string
  readonly contentType: string
  readonly maxBytes: number
  readonly blobId: string | null
  readonly expiresAt: Date
}

const numbered = (row: { maxBytes: number | string } | undefined) =>
  row && ({ ...row, maxBytes: Number(row.maxBytes) } as unknown as Upload)

/** By id alone, as whoever puts a file has nothing else: an id cannot be guessed, and is good for a quarter of an hour. */
export const uploadById = async (db: Db, id: string): Promise<Upload | undefined> =>
  numbered(await db.selectFrom('conversationUploads').selectAll().where('id', '=', id).executeTakeFirst())

/** The first file that was put stays. @returns whether it was this one */
export const fillUpload = async (db: Db, id: string, blobId: string): Promise<boolean> => {
  const filled = db.updateTable('conversationUploads').set({ blobId }).where('id', '=', id).where('blobId', 'is', null)
  return (await filled.returning('id').executeTakeFirst()) !== undefined
}

/** Forgets what nobody completed; the bytes of such files have a row of their own and go as other files do. */
export const forgetUploads = async (db: Db, before: Date): Promise<void> => {
  await db.deleteFrom('conversationUploads').where('expiresAt', '<', before).execute()
}

export const uploadsOf = (db: Db, locationId: string) => ({
  add: async (upload: Omit<Upload, 'locationId' | 'blobId'>): Promise<void> => {
    await db
      .insertInto('conversationUploads')
      .values({ ...upload, locationId, blobId: null })
      .execute()
  },
  find: async (id: string): Promise<Upload | undefined> =>
    numbered(
      await db
        .selectFrom('conversationUploads')
        .selectAll()
        .where('locationId', '=', locationId)
        .where('id', '=', id)
        .limit(sql.lit(1))
        .executeTakeFirst(),
    ),
})
