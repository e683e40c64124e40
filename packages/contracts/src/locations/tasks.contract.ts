import { apiModule, DELETE, GET, type Paging, POST, PUT, t } from '@groundlevel/contract-kit'
import { Task } from '../contacts/tasks.contract.js'

const locations = apiModule({
  name: 'locations',
  version: '2021-07-28',
  actors: ['location'],
  scope: 'locations/tasks',
  tenant: 'path',
})

const size = 25

/** `skip` and `limit` in the body. */
const bodySkip: Paging<'tasks'> = {
  kind: 'bodySkip',
  items: 'tasks',
  in: 'body',
  next: (reply, asked) => {
    const limit = Number(asked.limit ?? size)
    const full = Array.isArray(reply.tasks) && reply.tasks.length >= limit
    return full ? { skip: Number(asked.skip ?? 0) + limit, limit } : undefined
  },
}

const ids = t.Optional(t.Array(t.String({ maxLength: 50 }), { maxItems: 500 }))

/** A task that was searched for has its id twice: the live service says `_id` here, and `id` everywhere else. */
export const TaskHit = t.Object({ _id: t.String(), ...Task.properties })

export const tasks = locations.resource(
  'tasks',
  '/locations/:locationId/tasks',
  {
    search: POST('/search', {
      id: 'task-search',
      summary: 'Tasks of a sub-account by contact, state, assignee, business and text, newest first',
      scope: 'locations/tasks.readonly',
      effect: 'read',
      body: t.Object({
        contactId: ids,
        completed: t.Optional(t.Boolean()),
        assignedTo: ids,
        query: t.Optional(t.String({ maxLength: 200 })),
        limit: t.Default(t.Integer({ minimum: 1, maximum: 500 }), size),
        skip: t.Default(t.Integer({ minimum: 0, maximum: 1_000_000 }), 0),
        businessId: t.Optional(t.String({ maxLength: 50 })),
      }),
      reply: t.Object({ tasks: t.Array(t.Row(TaskHit)) }),
      page: bodySkip,
    }),
  },
  { reaches: 'narrowed' },
)

const intervals = ['yearly', 'monthly', 'weekly', 'daily', 'hourly'] as const
const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
const instant = t.String({ maxLength: 40 })

const RruleOptions = t.Object({
  intervalType: t.Enum(intervals),
  interval: t.Integer({ minimum: 1, maximum: 1000 }),
  startDate: instant,
  endDate: t.Optional(t.Nullable(instant)),
  dayOfMonth: t.Optional(t.Nullable(t.Integer({ minimum: 1, maximum: 31 }))),
  dayOfWeek: t.Optional(t.Nullable(t.Enum(weekdays))),
  monthOfYear: t.Optional(t.Nullable(t.Integer({ minimum: 1, maximum: 12 }))),
  count: t.Optional(t.Nullable(t.Integer({ minimum: 1, maximum: 100_000 }))),
  createTaskIfOverDue: t.Optional(t.Nullable(t.Boolean())),
  dueAfterSeconds: t.Integer({ minimum: 0, maximum: 315_360_000 }),
})

/** A series of tasks. `contactId` and `assignedTo` are the first of `contactIds` and `owners`. */
export const RecurringTask = t.Object({
  id: t.String(),
  title: t.String(),
  description: t.String(),
  locationId: t.String(),
  updatedAt: t.DateTime(),
  createdAt: t.DateTime(),
  rruleOptions: RruleOptions,
  totalOccurrence: t.Integer(),
  deleted: t.Boolean(),
  assignedTo: t.Optional(t.String()),
  contactId: t.Optional(t.String()),
  contactIds: t.Array(t.String()),
  owners: t.Array(t.String()),
})

const title = t.String({ minLength: 1, maxLength: 1000 })

const optional = {
  description: t.Optional(t.Nullable(t.String({ maxLength: 65_536 }))),
  contactIds: t.Optional(t.Array(t.String({ maxLength: 50 }), { maxItems: 50 })),
  owners: t.Optional(t.Array(t.String({ maxLength: 50 }), { maxItems: 10 })),
  ignoreTaskCreation: t.Optional(t.Boolean()),
}

const One = t.Object({ recurringTask: RecurringTask })

export const recurringTasks = locations.resource('recurringTasks', '/locations/:locationId/recurring-tasks', {
  create: POST('', {
    id: 'create-recurring-task',
    summary: 'Create a series of tasks; the first is made at once unless it is to be left out',
    reaches: { contact: ['contactIds'] },
    body: t.Object({ title, rruleOptions: RruleOptions, ...optional }),
    status: 201,
    reply: One,
    emits: ['TaskCreate'],
  }),
  get: GET('/:id', {
    id: 'get-recurring-task-by-id',
    summary: 'One series of tasks',
    reaches: { recurringTask: ['id'] },
    reply: One,
  }),
  update: PUT('/:id', {
    id: 'update-recurring-task',
    summary: 'Change a series; tasks that were made stay as they are',
    reaches: { contact: ['contactIds'], recurringTask: ['id'] },
    body: t.Object({ title: t.Optional(title), rruleOptions: t.Optional(RruleOptions), ...optional }),
    reply: One,
  }),
  remove: DELETE('/:id', {
    id: 'delete-recurring-task',
    summary: 'End a series; tasks that were made stay',
    reaches: { recurringTask: ['id'] },
    reply: t.Object({ id: t.String(), success: t.Boolean() }),
  }),
})
