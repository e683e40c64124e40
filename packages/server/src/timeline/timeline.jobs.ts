import type { Job } from '../background/ticker.js'
import type { Db } from '../database/wire.js'
import { addDays, dropDaysBefore } from './partitions.sql.js'

const hourMs = 60 * 60 * 1000
const dayMs = 24 * hourMs

/** Days of the log are made ahead, and dropped whole at the end of their retention. */
export const timelineJobs = (db: Db, days: number): readonly Job[] => [
  { name: 'timeline days', everyMs: hourMs, run: (now) => addDays(db, now) },
  { name: 'timeline retention', everyMs: hourMs, run: (now) => dropDaysBefore(db, new Date(now.getTime() - days * dayMs)) },
]
