import type { Db } from '../../database/wire.js'

/** A custom value of the demo world; `key` is what templates name it by. */
export interface SeedCustomValue {
  readonly id: string
  readonly name: string
  readonly key: string
  readonly value: string
  readonly dateAdded: Date
}

export const seedCustomValues = async (db: Db, locationId: string, rows: readonly SeedCustomValue[]): Promise<void> => {
  const values = rows.map((row) => ({ ...row, locationId, dateUpdated: row.dateAdded }))
  await db.insertInto('customValues').values(values).execute()
}
