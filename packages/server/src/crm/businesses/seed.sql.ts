import type { Db } from '../../database/wire.js'

/** A business of the demo world. */
export interface SeedBusiness {
  readonly id: string
  readonly name: string
  readonly website: string
  readonly city: string
  readonly state: string
  readonly dateAdded: Date
}

export const seedBusinesses = async (db: Db, locationId: string, rows: readonly SeedBusiness[]): Promise<void> => {
  const by = { source: 'WEB_USER', channel: 'APP', sourceId: 'demo' }
  const values = rows.map(({ dateAdded, ...row }) => {
    const absent = {
      phone: null,
      email: null,
      address: null,
      description: null,
      postalCode: null,
      country: 'US',
      updatedBy: null,
    }
    return {
      ...row,
      ...absent,
      locationId,
      createdBy: JSON.stringify({ ...by, timestamp: dateAdded }),
      createdAt: dateAdded,
      updatedAt: dateAdded,
    }
  })
  await db.insertInto('businesses').values(values).execute()
}
