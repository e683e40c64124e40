import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'
import type { Settings } from './definition.rules.js'
import type { Trigger } from './triggers.rules.js'

export interface DueSchedule {
  readonly locationId: string
  readonly workflowId: string
  readonly position: number
  /** When it was due: what a reminder of a day is about, however late it is. */
  readonly nextAt: Date
  readonly trigger: Trigger
  readonly settings: Settings
}

/** Locks schedules whose time has come; another node takes the next ones. */
export const takeSchedules = async (transaction: Db, now: Date, limit: number): Promise<DueSchedule[]> => {
  const rows = await transaction
    .selectFrom('workflowTriggers as t')
    .innerJoin('workflows as w', (join) => join.onRef('w.locationId', '=', 't.locationId').onRef('w.id', '=', 't.workflowId'))
    .select(['t.locationId', 't.workflowId', 't.position', 't.trigger', 't.nextAt', 'w.settings'])
    .where('t.nextAt', '<=', now)
    .orderBy('t.nextAt')
    .limit(sql.lit(limit))
    .forUpdate('t')
    .skipLocked()
    .execute()
  return rows.map(({ nextAt, ...row }) => ({
    ...row,
    nextAt: nextAt ?? now,
    trigger: row.trigger as Trigger,
    settings: row.settings as Settings,
  }))
}

export const setNext = (db: Db, { locationId, workflowId, position }: DueSchedule, nextAt: Date) =>
  db
    .updateTable('workflowTriggers')
    .set({ nextAt })
    .where('locationId', '=', locationId)
    .where('workflowId', '=', workflowId)
    .where('position', '=', position)
    .execute()
