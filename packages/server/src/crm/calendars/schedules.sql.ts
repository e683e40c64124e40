import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one, sparseRows } from '../../database/wire.js'
import type { ScheduleRule } from './windows.rules.js'

const { Schedule } = shapes

interface ScheduleFields {
  readonly name: string
  readonly rules: readonly ScheduleRule[]
  readonly timezone: string
}

const stored = ({ rules, ...rest }: Partial<ScheduleFields>) => ({ ...rest, ...(rules ? { rules: JSON.stringify(rules) } : {}) })

/** Schedules of the users of one location. A deleted one is gone for everybody but the database. */
export const schedulesOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('calendarSchedules').where('locationId', '=', locationId).where('deleted', '=', false)
  const changed = (id: string) =>
    db.updateTable('calendarSchedules').where('locationId', '=', locationId).where('id', '=', id).where('deleted', '=', false)

  return {
    search: ({
      userId,
      calendarId,
      skip,
      limit,
    }: {
      userId: string
      calendarId?: string | undefined
      skip: number
      limit: number
    }) => {
      let rows = mine.where('userId', '=', userId)
      if (calendarId) rows = rows.where(sql<boolean>`${calendarId} = any("calendarIds")`)
      const sorted = rows.selectAll().orderBy('dateAdded').orderBy('id').limit(sql.lit(limit)).offset(sql.lit(skip))
      return sparseRows(db, Schedule, sorted)
    },
    find: (id: string) => one(db, Schedule, mine.selectAll().where('id', '=', id)),
    add: (
      row: ScheduleFields & { readonly id: string; readonly userId: string; readonly calendarIds: readonly string[] },
      now: Date,
    ) =>
      one(
        db,
        Schedule,
        db
          .insertInto('calendarSchedules')
          .values({
            ...row,
            locationId,
            rules: JSON.stringify(row.rules),
            calendarIds: [...row.calendarIds],
            deleted: false,
            dateAdded: now,
            dateUpdated: now,
          })
          .returningAll(),
      ),
    change: (id: string, fields: Partial<ScheduleFields> & { readonly deleted?: true }, now: Date) =>
      one(
        db,
        Schedule,
        changed(id)
          .set({ ...stored(fields), dateUpdated: now })
          .returningAll(),
      ),
    associate: (id: string, calendarId: string, now: Date) =>
      one(
        db,
        Schedule,
        changed(id)
          .set({ calendarIds: sql`array_append(array_remove("calendarIds", ${calendarId}), ${calendarId})`, dateUpdated: now })
          .returningAll(),
      ),
    dissociate: (id: string, calendarId: string, now: Date) =>
      one(
        db,
        Schedule,
        changed(id)
          .set({ calendarIds: sql`array_remove("calendarIds", ${calendarId})`, dateUpdated: now })
          .returningAll(),
      ),
    /** The schedule of each of the users that counts for a calendar; of several the oldest. */
    forCalendar: async (calendarId: string, userIds: readonly string[]) => {
      if (userIds.length === 0) return new Map<string, { rules: readonly ScheduleRule[]; timezone: string }>()
      const rows = await mine
        .select(['userId', 'rules', 'timezone'])
        .where(sql<boolean>`"userId" = any(${sql.val(userIds)}::text[])`)
        .where(sql<boolean>`${calendarId} = any("calendarIds")`)
        .orderBy('dateAdded', 'desc')
        .execute()
      return new Map(rows.map(({ userId, rules, timezone }) => [userId, { rules: rules as ScheduleRule[], timezone }]))
    },
  }
}
