import type { Db } from '../database/wire.js'
import { expiredOf } from './oauth.sql.js'

const mostBatches = 50

const untilDone = async (step: () => Promise<number>): Promise<number> => {
  let sum = 0
  for (let round = 0; round < mostBatches; round++) {
    const done = await step()
    sum += done
    if (done === 0) break
  }
  return sum
}

/** Housekeeping of the authorization server, for the ticker. Answers how many rows went or shrank. */
export const sweepExpired = async (db: Db, now: Date): Promise<number> => {
  const expired = expiredOf(db, now)
  let sum = 0
  for (const step of [expired.interactions, expired.codes, expired.refreshTokens, expired.replays]) sum += await untilDone(step)
  return sum
}
