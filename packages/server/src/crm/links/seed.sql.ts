import type { Db } from '../../database/wire.js'

/** A trigger link of the demo world. */
export interface SeedLink {
  readonly id: string
  readonly name: string
  readonly redirectTo: string
  readonly dateAdded: Date
}

export const seedLinks = async (db: Db, locationId: string, rows: readonly SeedLink[]): Promise<void> => {
  const values = rows.map((row) => ({ ...row, locationId, dateUpdated: row.dateAdded }))
  await db.insertInto('links').values(values).execute()
}
