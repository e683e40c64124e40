import type { AssignedRecords, IsOwn } from '../contacts/index.js'
import { hasTask, isOthersSeries } from './assigned.sql.js'

/** Series of tasks. */
export const taskRecords: readonly AssignedRecords[] = [
  { of: ['locations.recurringTasks.'], names: ['id'], thing: () => 'Recurring task', isForeign: isOthersSeries },
]

/** Whoever was given a task does it, whoever's contact it is about. */
export const isOwnTask: IsOwn = async (seeing, key, { contactId = '', taskId }) =>
  key.startsWith('contacts.tasks.') && taskId !== undefined && hasTask(seeing, contactId, taskId)
