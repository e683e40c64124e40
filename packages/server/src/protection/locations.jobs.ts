import type { Job } from '../background/ticker.js'
import type { Db } from '../database/wire.js'
import { deletedLocations, dropLocation } from '../identity/index.js'
import { deleteSome, tablesWith } from './tenant-tables.sql.js'

const batch = 2_000

/** What tells later what was done, to whom and by which app; it goes at the end of its retention, not with the sub-account. */
const outlives: ReadonlySet<string> = new Set([
  'audit',
  'installs',
  'tokenFamilies',
  'authorizationCodes',
  'events',
  'deliveries',
  'requestLog',
  'tokenLog',
])

const isReferred = (error: unknown) => (error as { code?: unknown }).code === '23503'

/** False where rows of another table still refer to these: that table's turn comes first. */
const emptied = async (db: Db, table: string, locationId: string): Promise<boolean> => {
  try {
    while ((await deleteSome(db, table, locationId, batch)) === batch);
    return true
  } catch (error) {
    if (isReferred(error)) return false
    throw error
  }
}

const emptyAll = async (db: Db, tables: readonly string[], locationId: string): Promise<void> => {
  const left: string[] = []
  for (const table of tables) if (!(await emptied(db, table, locationId))) left.push(table)
  if (left.length > 0 && left.length < tables.length) await emptyAll(db, left, locationId)
}

/**
 * Removes what deleted sub-accounts have left, in small batches, their own rows last. Ended at any moment it goes on where it
 * was; rows that were being written meanwhile are found by its next run, since the sub-account's row waits for them.
 *
 * @returns how many sub-accounts are wholly gone
 */
export const removeDeletedLocations = async (db: Db): Promise<number> => {
  const locationIds = await deletedLocations(db)
  if (locationIds.length === 0) return 0
  const tables = (await tablesWith(db, 'locationId')).filter((table) => !outlives.has(table))
  let gone = 0
  for (const locationId of locationIds) {
    await emptyAll(db, tables, locationId)
    try {
      await dropLocation(db, locationId)
      gone++
    } catch (error) {
      if (!isReferred(error)) throw error
    }
  }
  return gone
}

export const removalJob = (db: Db): Job => ({
  name: 'deleted sub-accounts',
  everyMs: 10_000,
  run: async () => void (await removeDeletedLocations(db)),
})
