import type { Db } from '../../database/wire.js'

/** An e-mail template of the demo world. */
export interface SeedTemplate {
  readonly id: string
  readonly name: string
  readonly subject: string
  readonly html: string
  readonly dateAdded: Date
}

export const seedTemplates = async (db: Db, locationId: string, rows: readonly SeedTemplate[]): Promise<void> => {
  const fixed = { locationId, type: 'email' as const, body: null, urlAttachments: [], deleted: false }
  await db
    .insertInto('messageTemplates')
    .values(rows.map((row) => ({ ...row, ...fixed, dateUpdated: row.dateAdded })))
    .execute()
}
