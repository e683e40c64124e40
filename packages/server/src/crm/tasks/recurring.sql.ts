import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { columnsOf, rowsOf } from '../../database/rows.js'
import { type Db, one } from '../../database/wire.js'
import { newId } from '../../ids.js'
import type { PlannedTask, StoredRrule } from './recurring.rules.js'

const { RecurringTask } = shapes

export interface NewSeries {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly contactIds: string[]
  readonly owners: string[]
  readonly rruleOptions: StoredRrule
  readonly nextAt: Date | null
  readonly createdAt: Date
}

export type SeriesChange = Partial<Omit<NewSeries, 'id' | 'createdAt'>>

const derived = [
  sql<boolean>`false`.as('deleted'),
  sql<string | null>`"contactIds"[1]`.as('contactId'),
  sql<string | null>`owners[1]`.as('assignedTo'),
] as const

const stored = <T extends { readonly rruleOptions?: StoredRrule }>({ rruleOptions, ...rest }: T) => ({
  ...rest,
  ...(rruleOptions ? { rruleOptions: JSON.stringify(rruleOptions) } : {}),
})

/** Series of tasks of one location. */
export const seriesOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('recurringTasks').where('locationId', '=', locationId)
  return {
    find: (id: string) => one(db, RecurringTask, mine.selectAll().select(derived).where('id', '=', id)),
    lock: (id: string) => mine.selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),
    add: ({ rruleOptions, ...series }: NewSeries) =>
      db
        .insertInto('recurringTasks')
        .values({
          ...series,
          rruleOptions: JSON.stringify(rruleOptions),
          locationId,
          totalOccurrence: 0,
          updatedAt: series.createdAt,
        })
        .execute(),
    change: (id: string, change: SeriesChange, updatedAt: Date) =>
      db
        .updateTable('recurringTasks')
        .set({ ...stored(change), updatedAt })
        .where('locationId', '=', locationId)
        .where('id', '=', id)
        .execute(),
    remove: async (id: string) => {
      const gone = db.deleteFrom('recurringTasks').where('locationId', '=', locationId).where('id', '=', id).returning('id')
      return gone.executeTakeFirst()
    },
    /** It came round: how often, when last, when next. */
    cameRound: (id: string, at: Date, nextAt: Date | null) =>
      db
        .updateTable('recurringTasks')
        .set(({ eb }) => ({ totalOccurrence: eb('totalOccurrence', '+', 1), lastAt: at, nextAt }))
        .where('locationId', '=', locationId)
        .where('id', '=', id)
        .execute(),
    /** Nothing was made this time. */
    passed: (id: string, nextAt: Date | null) =>
      db.updateTable('recurringTasks').set({ nextAt }).where('locationId', '=', locationId).where('id', '=', id).execute(),
    hasOverdue: async (id: string, at: Date) => {
      const overdue = db
        .selectFrom('contactTasks')
        .select('id')
        .where('locationId', '=', locationId)
        .where('recurringTaskId', '=', id)
        .where('completed', '=', false)
        .where('dueDate', '<', at)
      return (await overdue.limit(sql.lit(1)).executeTakeFirst()) !== undefined
    },
  }
}

const taskColumns = columnsOf<'contactTasks'>(
  'locationId',
  'id',
  'contactId',
  'title',
  'body',
  'assignedTo',
  'dueDate',
  'completed',
  'recurringTaskId',
  'dateAdded',
  'dateUpdated',
)

const filledFields = (task: object) => Object.fromEntries(Object.entries(task).filter(([, value]) => value !== null))

/** Makes the tasks of one occurrence in one statement. @returns each as events have it */
export const addTasks = async (
  db: Db,
  series: { readonly locationId: string; readonly id: string; readonly title: string; readonly description: string },
  planned: readonly PlannedTask[],
  now: Date,
) => {
  const { locationId, id: recurringTaskId, title, description } = series
  const rest = {
    locationId,
    recurringTaskId,
    title,
    body: description || null,
    completed: false,
    dateAdded: now,
    dateUpdated: now,
  }
  const tasks = planned.map((task) => ({ ...rest, ...task, id: newId(now) }))
  await sql`insert into "contactTasks" (${taskColumns}) select ${taskColumns} from ${rowsOf('contactTasks', tasks)}`.execute(db)
  return tasks.map(filledFields)
}

/** Series that are due, of whichever location; nobody else gets them until the transaction ends. */
export const dueSeries = (db: Db, now: Date, limit: number) =>
  db
    .selectFrom('recurringTasks')
    .selectAll()
    .where('nextAt', '<=', now)
    .orderBy('nextAt')
    .limit(sql.lit(limit))
    .forUpdate()
    .skipLocked()
    .execute()
