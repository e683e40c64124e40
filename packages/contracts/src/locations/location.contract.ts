import { apiModule, DELETE, GET, limitSkip, limitSkipQuery, POST, PUT, t } from '@groundlevel/contract-kit'
import { LocationCreateBody, LocationReply, LocationRow, LocationUpdateBody, LocationWritten } from './location.shapes.js'

const locations = apiModule({
  name: 'locations',
  version: '2021-07-28',
  actors: ['agency', 'location'],
  scope: 'locations',
  reaches: 'none',
})

const Status = t.Enum(['active', 'paused'])

export const location = locations.resource('location', '/locations', {
  search: GET('/search', {
    id: 'search-locations',
    summary: 'Sub-accounts of the agency',
    query: t.Object({
      companyId: t.Optional(t.String()),
      email: t.Optional(t.String({ maxLength: 320 })),
      order: t.Default(t.Enum(['asc', 'desc']), 'asc'),
      ...limitSkipQuery(10, 1000),
    }),
    reply: t.Object({ locations: t.Array(t.Row(LocationRow)) }),
    page: limitSkip('locations', 10),
  }),
  get: GET('/:locationId', {
    id: 'get-location',
    summary: 'One sub-account',
    tenant: 'path',
    reply: t.Object({ location: LocationReply }),
  }),
  create: POST('/', {
    id: 'create-location',
    summary: 'Create a sub-account; apps that asked for future ones are added to it',
    actors: ['agency'],
    tenant: 'company',
    body: LocationCreateBody,
    reply: LocationWritten,
    emits: ['LocationCreate', 'INSTALL'],
  }),
  // Agencies' apps alone have the scope; a sub-account's admin has it in the portal.
  update: PUT('/:locationId', {
    id: 'put-location',
    summary: 'Change the sent fields of a sub-account',
    tenant: 'path',
    body: LocationUpdateBody,
    reply: LocationWritten,
    emits: ['LocationUpdate'],
  }),
  // The document names `locations.internal-access-only`, which nobody can be granted; the reference page of scopes has this one.
  remove: DELETE('/:locationId', {
    id: 'delete-location',
    summary: 'Delete a sub-account and everything in it',
    actors: ['agency'],
    tenant: 'path',
    query: t.Object({ deleteTwilioAccount: t.Boolean() }),
    reply: t.Object({ success: t.Boolean(), message: t.String() }),
    emits: ['UNINSTALL'],
  }),
  setStatus: PUT('/:locationId/status', {
    id: 'put-location-status',
    summary: 'Pause a sub-account, or let it go on: tokens of a paused one are not refreshed',
    actors: ['agency'],
    tenant: 'path',
    extension: true,
    body: t.Object({ status: Status }),
    reply: t.Object({ location: t.Object({ id: t.String(), status: Status }) }),
  }),
  timezones: GET('/:locationId/timezones', {
    id: 'get-timezones',
    summary: 'Time zones that a sub-account can be in',
    actors: ['location', 'agency'],
    tenant: 'path',
    reply: t.Object({ timeZones: t.Array(t.String()) }),
  }),
})
