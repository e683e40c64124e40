import type { Job } from '../background/ticker.js'
import type { Db } from '../database/wire.js'
import { erasuresOf } from './person.sql.js'

interface Traces {
  readonly locationId: string
  readonly contactId: string
  readonly terms: readonly string[]
}

export interface ErasureParts {
  eraseFromWebhooks(db: Db, about: Traces, now: Date): Promise<void>
  eraseFromLog(db: Db, about: Traces): Promise<void>
  eraseFromKeyedReplies(db: Db, about: Traces): Promise<void>
}

/** As long as a delivery that was under way, or a batch of the log, may still write what it knew. */
const settledMs = 60_000

/** Goes over outbox, deliveries and logs until nothing can arrive any more, then forgets whom it looked for. */
export const eraseTraces = async (db: Db, parts: ErasureParts, now: Date): Promise<void> => {
  for (const erasure of await erasuresOf(db).waiting()) {
    await parts.eraseFromWebhooks(db, erasure, now)
    await parts.eraseFromLog(db, erasure)
    await parts.eraseFromKeyedReplies(db, erasure)
    if (now.getTime() - erasure.dateAdded.getTime() >= settledMs) await erasuresOf(db).finish(erasure.id, now)
  }
}

export const erasureJob = (db: Db, parts: ErasureParts): Job => ({
  name: 'traces of erased people',
  everyMs: 15_000,
  run: (now) => eraseTraces(db, parts, now),
})
