import type { Job } from '../../background/ticker.js'
import type { Db } from '../../database/wire.js'
import { foldWorkflowCounts } from './counts.sql.js'
import { forgetCalls, forgetRuns } from './retention.sql.js'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const batch = 1_000

/** Ways that are over are kept for as long as the setting says, and go in small batches. */
export const pastJobs = (db: Db, days: number): readonly Job[] => [
  {
    name: 'workflow retention',
    everyMs: hourMs,
    run: async (now) => {
      const cutoff = new Date(now.getTime() - days * dayMs)
      while ((await forgetRuns(db, cutoff, batch)) === batch);
      while ((await forgetCalls(db, cutoff, batch)) === batch);
    },
  },
  { name: 'workflow counts', everyMs: 10_000, run: () => foldWorkflowCounts(db) },
]
