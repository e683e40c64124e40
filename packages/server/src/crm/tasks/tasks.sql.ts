import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { columnsOf, rowsOf } from '../../database/rows.js'
import { type Db, each, one, page, sparseRows } from '../../database/wire.js'
import { idsAssigned, idsOfBusiness } from '../contacts/index.js'
import type { TaskChange } from './tasks.rules.js'

const { Task, TaskHit } = shapes

export interface NewTask extends TaskChange {
  readonly id: string
  readonly title: string
  readonly completed: boolean
  readonly dateAdded: Date
}

/** A list without paging needs an end. */
const mostTasks = 1000

/** Tasks of one contact of one location. */
export const tasksOf = (db: Db, owner: { locationId: string; contactId: string }) => {
  const mine = db.selectFrom('contactTasks').where((eb) => eb.and(owner))
  return {
    list: () =>
      sparseRows(db, Task, mine.selectAll().orderBy('dateAdded', 'desc').orderBy('id', 'desc').limit(sql.lit(mostTasks))),
    find: (id: string) => one(db, Task, mine.selectAll().where('id', '=', id)),
    /** What rules decide on, locked until the transaction ends. */
    lock: (id: string) => mine.select(['id', 'completed']).where('id', '=', id).forUpdate().executeTakeFirst(),
    add: (task: NewTask) =>
      one(
        db,
        Task,
        db
          .insertInto('contactTasks')
          .values({ ...task, ...owner, dateUpdated: task.dateAdded })
          .returningAll(),
      ),
    change: (id: string, change: TaskChange, dateUpdated: Date) =>
      one(
        db,
        Task,
        db
          .updateTable('contactTasks')
          .set({ ...change, dateUpdated })
          .where((eb) => eb.and({ ...owner, id }))
          .returningAll(),
      ),
    remove: (id: string) =>
      one(
        db,
        Task,
        db
          .deleteFrom('contactTasks')
          .where((eb) => eb.and({ ...owner, id }))
          .returningAll(),
      ),
  }
}

const taskColumns = [
  'locationId',
  'contactId',
  'id',
  'title',
  'body',
  'assignedTo',
  'dueDate',
  'completed',
  'dateAdded',
  'dateUpdated',
] as const

/** Tasks of many contacts of one location. @returns them as single replies have them */
export const addTasksOfContacts = async (
  db: Db,
  locationId: string,
  tasks: readonly (NewTask & { readonly contactId: string })[],
) => {
  if (tasks.length === 0) return []
  const rows = rowsOf(
    'contactTasks',
    tasks.map((task) => ({ ...task, locationId, dateUpdated: task.dateAdded })),
  )
  const added = db
    .insertInto('contactTasks')
    .columns(taskColumns)
    .expression(sql`select ${columnsOf<'contactTasks'>(...taskColumns)} from ${rows}`)
  return each(db, Task, added.returningAll())
}

export interface TaskFilter {
  readonly contactId?: readonly string[]
  readonly completed?: boolean
  readonly assignedTo?: readonly string[]
  readonly query?: string
  readonly businessId?: string
  /** A user: their own tasks, and those of contacts that they have been given. */
  readonly onlyAssignedTo?: string | undefined
  readonly limit: number
  readonly skip: number
}

/** Short texts match the beginning of a title, longer ones anywhere in title and body: each by an index. */
const matches = (query: string) => {
  const text = query.trim().toLowerCase()
  const escaped = text.replace(/[\\%_]/g, '\\$&')
  return text.length >= 3
    ? sql<boolean>`"searchText" like ${`%${escaped}%`}`
    : sql<boolean>`left("searchText", 64) like ${`${escaped}%`}`
}

const among = (column: 'contactId' | 'assignedTo', ids: readonly string[]) =>
  sql<boolean>`${sql.ref(column)} = any(${sql.val(ids)}::text[])`

/** Tasks of a location, newest first. An empty list of ids asks for nothing in particular. */
export const searchTasks = (db: Db, locationId: string, filter: TaskFilter) => {
  const { contactId = [], assignedTo = [], completed, query, businessId, onlyAssignedTo, limit, skip } = filter
  let rows = db.selectFrom('contactTasks').selectAll().select('id as _id').where('locationId', '=', locationId)
  if (contactId.length > 0) rows = rows.where(among('contactId', contactId))
  if (assignedTo.length > 0) rows = rows.where(among('assignedTo', assignedTo))
  // Written out, so that the index of open tasks is seen.
  if (completed !== undefined) rows = rows.where(completed ? sql<boolean>`completed` : sql<boolean>`not completed`)
  if (query?.trim()) rows = rows.where(matches(query))
  if (onlyAssignedTo !== undefined)
    rows = rows.where((eb) =>
      eb.or([eb('assignedTo', '=', onlyAssignedTo), eb('contactId', 'in', idsAssigned(db, locationId, onlyAssignedTo))]),
    )
  if (businessId) rows = rows.where('contactId', 'in', idsOfBusiness(db, locationId, businessId))
  const sorted = rows.orderBy('dateAdded', 'desc').orderBy('id', 'desc')
  return page(db, TaskHit, sorted.limit(sql.lit(limit)).offset(sql.lit(skip)), { search: true })
}

/** Hands tasks, and places in series, of one contact to another. */
export const moveTasks = async (db: Db, locationId: string, fromContactId: string, toContactId: string): Promise<void> => {
  await db
    .updateTable('contactTasks')
    .set({ contactId: toContactId })
    .where('locationId', '=', locationId)
    .where('contactId', '=', fromContactId)
    .execute()
  await sql`
    update "recurringTasks" set "contactIds" = array_append(array_remove(array_remove("contactIds", ${fromContactId}), ${toContactId}), ${toContactId})
    where "locationId" = ${locationId} and ${fromContactId} = any("contactIds")
  `.execute(db)
}
