import type { Json, WireError } from '@groundlevel/contract-kit'
import type { Db } from '../../database/wire.js'
import { type ContactUsers, unknownUser } from '../contacts/index.js'
import { addTasksOfContacts } from './tasks.sql.js'

/** Somebody's transaction that tasks are added in. */
export interface TaskWork {
  readonly db: Db
  readonly locationId: string
  readonly now: Date
  newId(): string
  emit(type: 'TaskCreate', record: Json<object>): Promise<void>
}

interface AddedTask {
  readonly contactId: string
  readonly title: string
  readonly body?: string | null
  readonly assignedTo?: string | null
  readonly dueDate: Date
}

/**
 * One task for each of many contacts that the caller holds, in one statement.
 *
 * @returns by contact the task's id, or why it has none: it would be assigned to nobody that there is
 */
export const addTasksToHeld = async (
  users: ContactUsers,
  work: TaskWork,
  tasks: readonly AddedTask[],
): Promise<ReadonlyMap<string, string | WireError>> => {
  const { db, locationId, now } = work
  const named = [...new Set(tasks.flatMap(({ assignedTo }) => assignedTo ?? []))]
  const known = named.length === 0 ? new Set<string>() : await users.among(db, locationId, named)
  const stranger = ({ assignedTo }: AddedTask) => (assignedTo && !known.has(assignedTo) ? assignedTo : undefined)
  const rows = tasks
    .filter((task) => !stranger(task))
    .map((task) => ({ ...task, id: work.newId(), completed: false, dateAdded: now }))
  for (const added of await addTasksOfContacts(db, locationId, rows)) await work.emit('TaskCreate', added)
  return new Map<string, string | WireError>([
    ...tasks.flatMap((task) => {
      const user = stranger(task)
      return user ? [[task.contactId, unknownUser(user)] as const] : []
    }),
    ...rows.map(({ contactId, id }) => [contactId, id] as const),
  ])
}
