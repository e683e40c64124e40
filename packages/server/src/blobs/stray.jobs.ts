import type { Job } from '../background/ticker.js'
import type { Db } from '../database/wire.js'
import type { Bytes } from './bytes.js'
import { forgetStray, keepUsed, strayBytes } from './stray.sql.js'

/** No change is under way for so long. */
const settledMs = 3_600_000
const batch = 200

/** Removes bytes that no row stands for. Ended at any moment, it goes on at its next run. */
export const sweepBytes = async (db: Db, bytes: Bytes, now: Date): Promise<void> => {
  const before = new Date(now.getTime() - settledMs)
  for (;;) {
    const stray = await strayBytes(db, before, batch)
    for (const { id, isUsed } of stray) if (!isUsed) await bytes.remove(id)
    await forgetStray(
      db,
      stray.filter(({ isUsed }) => !isUsed).map(({ id }) => id),
    )
    await keepUsed(
      db,
      stray.filter(({ isUsed }) => isUsed).map(({ id }) => id),
    )
    if (stray.length < batch) return
  }
}

export const strayBytesJob = (db: Db, bytes: Bytes): Job => ({
  name: 'stray bytes',
  everyMs: 60_000,
  run: (now) => sweepBytes(db, bytes, now),
})
