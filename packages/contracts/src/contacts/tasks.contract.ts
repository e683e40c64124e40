import { DELETE, GET, POST, PUT, t } from '@groundlevel/contract-kit'
import { succeeded } from './contact.shapes.js'
import { contacts } from './module.js'

export const Task = t.Object({
  id: t.String(),
  title: t.String(),
  body: t.Optional(t.String()),
  assignedTo: t.Optional(t.String()),
  dueDate: t.Optional(t.DateTime()),
  completed: t.Boolean(),
  contactId: t.Optional(t.String()),
  locationId: t.String(),
  recurringTaskId: t.Optional(t.String()),
  dateAdded: t.DateTime(),
  dateUpdated: t.DateTime(),
})

const title = t.String({ minLength: 1, maxLength: 1000 })
/** Any ISO 8601 date or time; without an offset it is UTC. Clients send null for a task without a date (live facts). */
const dueDate = t.Nullable(t.String({ maxLength: 40 }))

const optional = {
  body: t.Optional(t.Nullable(t.String({ maxLength: 65_536 }))),
  assignedTo: t.Optional(t.Nullable(t.String({ maxLength: 50 }))),
}

const One = t.Object({ task: Task })

export const tasks = contacts.resource('tasks', '/contacts/:contactId/tasks', {
  list: GET('', {
    id: 'get-all-tasks',
    summary: 'Tasks of a contact, newest first',
    reaches: { contact: ['contactId'] },
    reply: t.Object({ tasks: t.Array(Task) }),
  }),
  create: POST('', {
    id: 'create-task',
    summary: 'Create a task',
    reaches: { contact: ['contactId'] },
    body: t.Object({ title, dueDate, completed: t.Boolean(), ...optional }),
    status: 201,
    reply: One,
    emits: ['TaskCreate'],
  }),
  get: GET('/:taskId', { id: 'get-task', summary: 'One task', reaches: { task: ['taskId'] }, reply: One }),
  update: PUT('/:taskId', {
    id: 'update-task',
    summary: 'Change the sent fields of a task',
    reaches: { task: ['taskId'] },
    body: t.Object({
      title: t.Optional(title),
      dueDate: t.Optional(dueDate),
      completed: t.Optional(t.Boolean()),
      ...optional,
    }),
    reply: One,
    emits: ['TaskUpdate', 'TaskComplete'],
  }),
  complete: PUT('/:taskId/completed', {
    id: 'update-task-completed',
    summary: 'Mark a task as done, or as open again',
    reaches: { task: ['taskId'] },
    body: t.Object({ completed: t.Boolean() }),
    reply: One,
    emits: ['TaskUpdate', 'TaskComplete'],
  }),
  remove: DELETE('/:taskId', {
    id: 'delete-task',
    summary: 'Delete a task',
    reaches: { task: ['taskId'] },
    reply: t.Object(succeeded),
    emits: ['TaskDelete'],
  }),
})
