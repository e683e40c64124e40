import { DELETE, GET, POST, PUT, t } from '@groundlevel/contract-kit'
import { resources as module } from './module.js'

const kind = t.Enum(['equipments', 'rooms'])
const amount = t.Optional(t.Nullable(t.Integer({ minimum: 0, maximum: 100_000 })))

const stored = {
  /** Not in the document, whose replies name no id at all; nothing could be read again without it. */
  id: t.String(),
  locationId: t.String(),
  name: t.String(),
  resourceType: kind,
  isActive: t.Boolean(),
  description: t.Optional(t.String()),
  quantity: t.Optional(t.Integer()),
  outOfService: t.Optional(t.Integer()),
  capacity: t.Optional(t.Integer()),
}

export const CalendarResource = t.Object({ ...stored, calendarIds: t.Array(t.String()) })

const writable = {
  description: t.Optional(t.Nullable(t.String({ maxLength: 5000 }))),
  quantity: amount,
  outOfService: amount,
  capacity: amount,
  calendarIds: t.Optional(t.Array(t.String({ maxLength: 50 }), { maxItems: 200 })),
  isActive: t.Optional(t.Boolean()),
}
const name = t.String({ minLength: 1, maxLength: 200 })

export const resources = module.resource('resources', '/calendars/resources/:resourceType', {
  list: GET('', {
    id: 'fetch-calendar-resources',
    summary: 'Rooms or equipment of a sub-account',
    tenant: 'query',
    query: t.Object({
      locationId: t.String(),
      limit: t.Default(t.Integer({ minimum: 1, maximum: 100 }), 20),
      skip: t.Default(t.Integer({ minimum: 0, maximum: 1_000_000 }), 0),
    }),
    reply: t.Array(CalendarResource),
  }),
  create: POST('', {
    id: 'create-calendar-resource',
    summary: 'Add a room or equipment',
    tenant: 'body',
    body: t.Object({ locationId: t.String(), name, ...writable }),
    status: 201,
    reply: CalendarResource,
  }),
  get: GET('/:id', { id: 'get-calendar-resource', summary: 'One room or piece of equipment', reply: CalendarResource }),
  update: PUT('/:id', {
    id: 'update-calendar-resource',
    summary: 'Change a room or equipment',
    body: t.Object({ locationId: t.Optional(t.String()), name: t.Optional(name), ...writable }),
    reply: t.Object({ ...stored, calendarIds: t.Array(t.String()) }),
  }),
  remove: DELETE('/:id', {
    id: 'delete-calendar-resource',
    summary: 'Delete a room or equipment',
    reply: t.Object({ success: t.Boolean() }),
  }),
})
