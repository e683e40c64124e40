import type { Db } from '../../database/wire.js'
import { claimRemoval, type FieldRemoval, finishRemoval } from './removals.sql.js'

/**
 * Takes the values of a field off at most `most` records of its location and says how many those were. Each room that
 * keeps values does it for its own object.
 */
export type ClearValues = (db: Db, removal: FieldRemoval, most: number) => Promise<number>

const batchSize = 1000

/** One batch of one removal. @returns whether there may be more to do */
export const clearBatch = async (db: Db, removal: FieldRemoval, clearValues: ClearValues): Promise<boolean> => {
  const cleared = await clearValues(db, removal, batchSize)
  if (cleared === batchSize) return true
  await finishRemoval(db, removal)
  return false
}

/** Goes on where a deletion left off: a transaction a batch, so that a kill loses none and repeats none. */
export const clearRemovedFields = async (db: Db, clearValues: ClearValues): Promise<void> => {
  for (;;) {
    const more = await db.transaction().execute(async (transaction) => {
      const removal = await claimRemoval(transaction)
      if (!removal) return false
      await clearBatch(transaction, removal, clearValues)
      return true
    })
    if (!more) return
  }
}
