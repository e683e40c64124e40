import { found } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import type { Db } from '../../database/wire.js'
import { type Implementation, implement } from '../../http/implement.js'
import { type ContactUsers, demandUsers, foundContact, holdContacts } from '../contacts/index.js'
import { type TaskChange, toTaskChange } from './tasks.rules.js'
import { searchTasks, tasksOf } from './tasks.sql.js'

const held = async (db: Db, locationId: string, contactId: string) =>
  foundContact((await holdContacts(db, locationId, [contactId]))[0], contactId)

const named = (userId: string | null | undefined) => (userId ? [userId] : [])

type Tasks = ReturnType<typeof tasksOf>

/** Writes a change and says which event tells of it: done is done once. */
const change = async (taskId: string, fields: TaskChange, tasks: Tasks, now: Date) => {
  const before = found(await tasks.lock(taskId), 'Task')
  const task = found(await tasks.change(taskId, fields, now), 'Task')
  return { task, event: fields.completed === true && !before.completed ? ('TaskComplete' as const) : ('TaskUpdate' as const) }
}

/** Tasks of contacts, and the search of a sub-account's. */
export const taskHandlers = (users: ContactUsers): readonly Implementation[] => [
  ...implement(
    api.contacts.tasks,
    ({ db, locationId }, { contactId = '' }) => ({ tasks: tasksOf(db, { locationId, contactId }) }),
    {
      list: async ({ contactId }, { db, locationId, tasks }) => {
        const listed = await tasks.list()
        if (listed.text === '[]') await held(db, locationId, contactId)
        return { tasks: listed }
      },

      create: async ({ contactId, body }, { db, locationId, tasks, newId, now, emit }) => {
        await held(db, locationId, contactId)
        const { title = '', completed = false, ...rest } = toTaskChange(body)
        await demandUsers(users, db, locationId, named(rest.assignedTo))
        const task = found(await tasks.add({ ...rest, title, completed, id: newId(), dateAdded: now }), 'Task')
        await emit('TaskCreate', task)
        return { task }
      },

      get: async ({ taskId }, { tasks }) => ({ task: found(await tasks.find(taskId), 'Task') }),

      update: async ({ taskId, body }, { db, locationId, tasks, now, emit }) => {
        const fields = toTaskChange(body)
        await demandUsers(users, db, locationId, named(fields.assignedTo))
        const { task, event } = await change(taskId, fields, tasks, now)
        await emit(event, task)
        return { task }
      },

      complete: async ({ taskId, body: { completed } }, { tasks, now, emit }) => {
        const { task, event } = await change(taskId, { completed }, tasks, now)
        await emit(event, task)
        return { task }
      },

      remove: async ({ taskId }, { tasks, emit }) => {
        await emit('TaskDelete', found(await tasks.remove(taskId), 'Task'))
        return { succeded: true, succeeded: true }
      },
    },
  ),

  ...implement(api.locations.tasks, () => ({}), {
    search: async ({ body }, { db, locationId, principal: { onlyAssignedTo } }) => ({
      tasks: (await searchTasks(db, locationId, { ...body, onlyAssignedTo })).items,
    }),
  }),
]
