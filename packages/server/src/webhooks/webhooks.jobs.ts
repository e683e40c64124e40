import type { Job } from '../background/ticker.js'
import type { Db } from '../database/wire.js'
import { deleteEventsBefore } from './attempts/retention.sql.js'

const hourMs = 60 * 60 * 1000
const dayMs = 24 * hourMs
const batch = 1_000

/** Events and what was sent of them are kept for as long as the setting says, and go in small batches. */
export const webhookJobs = (db: Db, days: number): readonly Job[] => [
  {
    name: 'webhook retention',
    everyMs: hourMs,
    run: async (now) => {
      const cutoff = new Date(now.getTime() - days * dayMs)
      while ((await deleteEventsBefore(db, cutoff, batch)) === batch);
    },
  },
]
