import type { Db } from '../../database/wire.js'
import { holdContacts } from '../contacts/index.js'
import { zoneOf } from '../zones/index.js'
import { occurrenceFrom } from './recurrence.rules.js'
import { plannedTasks, recurrenceOf, type StoredRrule } from './recurring.rules.js'
import { addTasks, type NewSeries, seriesOf } from './recurring.sql.js'

/** A series as it is stored. */
export interface Series extends Omit<NewSeries, 'createdAt' | 'rruleOptions'> {
  readonly locationId: string
  readonly rruleOptions: unknown
  readonly totalOccurrence: number
}

export type MadeTasks = Awaited<ReturnType<typeof addTasks>>

const secondMs = 1000

/** When a series comes round at or after `from`, in the time of its sub-account; null once it has ended. */
export const nextOf = (rruleOptions: StoredRrule, made: number, from: Date, timezone: string | null): Date | null => {
  if (rruleOptions.count !== undefined && made >= rruleOptions.count) return null
  return occurrenceFrom(recurrenceOf(rruleOptions), zoneOf(timezone), from) ?? null
}

/** The series after `at`, which was its turn. */
const after = (series: Series, made: number, at: Date, timezone: string | null) =>
  nextOf(series.rruleOptions as StoredRrule, made, new Date(at.getTime() + secondMs), timezone)

/** Lets a series come round: its tasks are made and its next turn is set. A series whose contacts are all gone ends. */
export const comeRound = async (db: Db, series: Series, at: Date, now: Date, timezone: string | null): Promise<MadeTasks> => {
  const all = seriesOf(db, series.locationId)
  const contactIds = await holdContacts(db, series.locationId, series.contactIds)
  if (series.contactIds.length > 0 && contactIds.length === 0) {
    await all.passed(series.id, null)
    return []
  }
  const { dueAfterSeconds, createTaskIfOverDue } = series.rruleOptions as StoredRrule
  if (createTaskIfOverDue === false && (await all.hasOverdue(series.id, at))) {
    await all.passed(series.id, after(series, series.totalOccurrence, at, timezone))
    return []
  }
  const tasks = await addTasks(db, series, plannedTasks({ contactIds, owners: series.owners, dueAfterSeconds }, at), now)
  await all.cameRound(series.id, at, after(series, series.totalOccurrence + 1, at, timezone))
  return tasks
}
