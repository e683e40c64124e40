import type { Db } from '../../database/wire.js'
import type { NewNotice } from './notices.sql.js'
import type { StaffMessageRow } from './staff-messages.sql.js'

/** What a user was told, and when they read it. */
export interface SeedNotice extends NewNotice {
  readonly dateAdded: Date
  readonly readAt: Date | null
}

export type SeedStaffMessage = Omit<StaffMessageRow, 'locationId'>

/** Notices and messages to people who are no contacts, of one location that has none. */
export const seedNotices = async (
  db: Db,
  locationId: string,
  notices: readonly SeedNotice[],
  messages: readonly SeedStaffMessage[],
): Promise<void> => {
  await db
    .insertInto('userNotices')
    .values(notices.map((row) => ({ ...row, locationId })))
    .execute()
  await db
    .insertInto('staffMessages')
    .values(messages.map((row) => ({ ...row, locationId, attempts: 0, dueAt: row.dateAdded })))
    .execute()
}
