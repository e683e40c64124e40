import type { Db } from '../../database/wire.js'
import { keepTags } from '../tags/index.js'

/** A contact of the demo world: made without events, since nobody is to hear of it. */
export interface SeedContact {
  readonly id: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly phone: string
  readonly city: string
  readonly state: string
  readonly country: string
  readonly companyName: string | null
  readonly source: string
  readonly timezone: string
  readonly type: 'lead' | 'customer'
  readonly tags: string[]
  readonly assignedTo: string | null
  readonly dateAdded: Date
}

export interface SeedNote {
  readonly id: string
  readonly contactId: string
  readonly body: string
  readonly userId: string | null
  readonly dateAdded: Date
}

const author = (dateAdded: Date) => JSON.stringify({ source: 'WEB_USER', channel: 'APP', sourceId: 'demo', timestamp: dateAdded })

export const seedContacts = async (db: Db, locationId: string, rows: readonly SeedContact[]): Promise<void> => {
  const values = rows.map((row) => ({
    ...row,
    locationId,
    dnd: false,
    customFields: '[]',
    followers: [],
    additionalEmails: '[]',
    createdBy: author(row.dateAdded),
    dateUpdated: row.dateAdded,
  }))
  const tags = rows.flatMap((row) => row.tags)
  await keepTags(db, locationId, tags, rows[0]?.dateAdded ?? new Date(0))
  await db.insertInto('contacts').values(values).execute()
  await db.insertInto('contactCounts').values({ locationId, delta: rows.length }).execute()
}

export const seedNotes = (db: Db, locationId: string, rows: readonly SeedNote[]) =>
  db
    .insertInto('contactNotes')
    .values(rows.map((row) => ({ ...row, locationId, pinned: false })))
    .execute()
