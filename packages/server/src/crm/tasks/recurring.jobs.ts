import type { Job } from '../../background/ticker.js'
import type { Db } from '../../database/wire.js'
import { comeRound } from './recurring.js'
import { dueSeries } from './recurring.sql.js'

/** What the job asks of others. */
export interface RecurringJobParts {
  readonly db: Db
  location(id: string): Promise<{ readonly companyId: string; readonly timezone: string | null } | undefined>
  /** The same event of many records of one tenant, in the transaction that it is given. */
  addEvents(db: Db, event: RecurringEvent, payloadTexts: readonly string[]): Promise<unknown>
  /** Called once events have committed. */
  wake(): void
}

interface RecurringEvent {
  readonly type: string
  readonly companyId: string
  readonly locationId: string
  readonly traceId: null
  readonly now: Date
}

const atOnce = 50
const roundsARun = 40

/** Lets every series that is due come round once. @returns how many were due */
const round = (parts: RecurringJobParts, now: Date): Promise<number> =>
  parts.db.transaction().execute(async (db) => {
    const due = await dueSeries(db, now, atOnce)
    for (const series of due) {
      const place = await parts.location(series.locationId)
      const tasks = await comeRound(db, series, series.nextAt ?? now, now, place?.timezone ?? null)
      if (!place || tasks.length === 0) continue
      const event = { type: 'TaskCreate', companyId: place.companyId, locationId: series.locationId, traceId: null, now }
      await parts.addEvents(
        db,
        event,
        tasks.map((task) => JSON.stringify(task)),
      )
    }
    return due.length
  })

/**
 * Makes the tasks of series whose time has come. A turn is a row's lock and its next date in one transaction: two nodes never
 * make it twice, and one that was killed has made all of it or nothing. Turns that were missed are made up for one by one.
 */
export const recurringJob = (parts: RecurringJobParts): Job => ({
  name: 'recurring tasks',
  everyMs: 2000,
  run: async (now) => {
    for (let rounds = 0; rounds < roundsARun; rounds++) {
      const came = await round(parts, now)
      if (came > 0) parts.wake()
      if (came === 0) return
    }
  },
})
