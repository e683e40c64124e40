import type { Implementation } from '../../http/implement.js'
import type { ContactUsers } from '../contacts/index.js'
import { recurringHandlers, type TaskPlaces } from './recurring.handlers.js'
import { taskHandlers } from './tasks.handlers.js'

export { addTasksToHeld, type TaskWork } from './adding.js'
export { taskRecords } from './assigned.js'
export { recurringJob } from './recurring.jobs.js'
export { type SeedTask, seedTasks } from './seed.sql.js'
export { moveTasks } from './tasks.sql.js'
export { tasksOfContact } from './tasks-of-contact.sql.js'

/** What the tasks room asks of others. */
export interface TasksServices {
  readonly users: ContactUsers
  readonly places: TaskPlaces
}

/** Tasks of contacts, their search, and series of them. */
export const tasksModule = ({ users, places }: TasksServices): readonly Implementation[] => [
  ...taskHandlers(users),
  ...recurringHandlers(users, places),
]
