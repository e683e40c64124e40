import { found, type Json } from '@groundlevel/contract-kit'
import type { Db } from '../../database/wire.js'
import { type ContactUsers, demandUsers } from '../contacts/index.js'
import { tasksOf } from './tasks.sql.js'

/** Somebody's transaction that a task is added in. */
export interface TaskWork {
  readonly db: Db
  readonly locationId: string
  readonly now: Date
  newId(): string
  emit(type: 'TaskCreate', record: Json<object>): Promise<void>
}

export interface AddedTask {
  readonly title: string
  readonly body?: string | null
  readonly assignedTo?: string | null
  readonly dueDate: Date
}

/** A task of a contact that the caller holds. @throws WireError 400 where it is assigned to nobody that there is */
export const addTask = async (users: ContactUsers, work: TaskWork, contactId: string, task: AddedTask) => {
  const { db, locationId, now } = work
  await demandUsers(users, db, locationId, task.assignedTo ? [task.assignedTo] : [])
  const row = { ...task, id: work.newId(), completed: false, dateAdded: now }
  const added = found(await tasksOf(db, { locationId, contactId }).add(row), 'Task')
  await work.emit('TaskCreate', added)
  return added.value
}
