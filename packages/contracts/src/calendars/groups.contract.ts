import { DELETE, GET, POST, PUT, t } from '@groundlevel/contract-kit'
import { groups as module } from './module.js'

export const CalendarGroup = t.Object({
  locationId: t.String(),
  name: t.String(),
  description: t.String(),
  slug: t.String(),
  isActive: t.Boolean(),
  id: t.String(),
})

const name = t.String({ minLength: 1, maxLength: 200 })
const description = t.String({ maxLength: 5000 })
/** A part of an address: letters, digits, - and _. */
const slug = t.String({ minLength: 1, maxLength: 200 })
const One = t.Object({ group: CalendarGroup })
const Done = t.Object({ success: t.Boolean() })

export const groups = module.resource('groups', '/calendars/groups', {
  list: GET('', {
    id: 'get-groups',
    summary: 'Groups of calendars',
    tenant: 'query',
    query: t.Object({ locationId: t.String() }),
    reply: t.Object({ groups: t.Array(CalendarGroup) }),
  }),
  create: POST('', {
    id: 'create-calendar-group',
    summary: 'Create a group of calendars',
    tenant: 'body',
    body: t.Object({ locationId: t.String(), name, description, slug, isActive: t.Optional(t.Boolean()) }),
    status: 201,
    reply: One,
  }),
  validateSlug: POST('/validate-slug', {
    id: 'validate-groups-slug',
    summary: 'Whether no group of the sub-account has this slug yet',
    tenant: 'body',
    effect: 'read',
    scope: 'calendars/groups.write',
    body: t.Object({ locationId: t.String(), slug: t.String({ maxLength: 200 }) }),
    reply: t.Object({ available: t.Boolean() }),
  }),
  update: PUT('/:groupId', {
    id: 'edit-group',
    summary: 'Change a group',
    body: t.Object({ name, description, slug }),
    reply: One,
  }),
  remove: DELETE('/:groupId', {
    id: 'delete-group',
    summary: 'Delete a group; its calendars stay and belong to none',
    reply: Done,
  }),
  status: PUT('/:groupId/status', {
    id: 'disable-group',
    summary: 'Switch a group on or off; nothing can be booked in one that is off',
    body: t.Object({ isActive: t.Boolean() }),
    reply: Done,
  }),
})
