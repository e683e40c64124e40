import { apiModule, GET, limitSkip, limitSkipQuery, t } from '@groundlevel/contract-kit'

const users = apiModule({ name: 'users', version: '2021-07-28', actors: ['agency', 'location'], scope: 'users' })

const Roles = t.Object({
  type: t.Enum(['account', 'agency']),
  role: t.Enum(['admin', 'user']),
  locationIds: t.Array(t.String()),
})

/** A user as the wire has it; `scopes` is an array (live facts). */
export const User = t.Object({
  id: t.String(),
  name: t.String(),
  firstName: t.String(),
  lastName: t.String(),
  email: t.String(),
  phone: t.Optional(t.String()),
  extension: t.Optional(t.String()),
  permissions: t.Open(),
  scopes: t.Array(t.String()),
  roles: Roles,
  deleted: t.Boolean(),
  lcPhone: t.Optional(t.Open()),
})

export const user = users.resource('user', '/users', {
  list: GET('/', {
    id: 'get-user-by-location',
    summary: 'Users of a sub-account',
    tenant: 'query',
    query: t.Object({ locationId: t.String() }),
    reply: t.Object({ users: t.Array(t.Row(User)) }),
  }),
  search: GET('/search', {
    id: 'search-users',
    summary: 'Users of the agency, by text and role',
    tenant: 'company',
    query: t.Object({
      companyId: t.String(),
      query: t.Optional(t.String()),
      locationId: t.Optional(t.String()),
      type: t.Optional(t.Enum(['account', 'agency'])),
      role: t.Optional(t.Enum(['admin', 'user'])),
      ids: t.Optional(t.Array(t.String())),
      sort: t.Default(t.Enum(['dateAdded', 'name', 'email']), 'dateAdded'),
      sortDirection: t.Default(t.Enum(['asc', 'desc']), 'asc'),
      enabled2waySync: t.Optional(t.Boolean()),
      ...limitSkipQuery(25),
    }),
    reply: t.Object({ users: t.Array(t.Row(User)), count: t.Integer() }),
    page: limitSkip('users', 25),
  }),
  get: GET('/:userId', { id: 'get-user', summary: 'One user; `me` is the user behind the token', reply: User }),
})
