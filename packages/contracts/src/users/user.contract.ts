import { apiModule, DELETE, GET, limitSkip, limitSkipQuery, POST, PUT, t } from '@groundlevel/contract-kit'
import { User, UserCreateBody, UserRole, UserType, UserUpdateBody } from './user.shapes.js'

const users = apiModule({ name: 'users', version: '2021-07-28', actors: ['agency', 'location'], scope: 'users', reaches: 'none' })

/** Numbers as text, as the document has them in this body alone; numbers are taken too. */
const Count = t.Optional(t.Union([t.String({ maxLength: 10 }), t.Integer()]))

export const user = users.resource('user', '/users', {
  list: GET('/', {
    id: 'get-user-by-location',
    summary: 'Users of a sub-account',
    tenant: 'query',
    query: t.Object({ locationId: t.String() }),
    reply: t.Object({ users: t.Array(User) }),
  }),
  search: GET('/search', {
    id: 'search-users',
    summary: 'Users of the agency, by text and role',
    tenant: 'company',
    query: t.Object({
      companyId: t.String(),
      query: t.Optional(t.String({ maxLength: 200 })),
      locationId: t.Optional(t.String()),
      type: t.Optional(UserType),
      role: t.Optional(UserRole),
      ids: t.Optional(t.Array(t.String(), { maxItems: 1000 })),
      sort: t.Default(t.Enum(['dateAdded', 'name', 'email']), 'dateAdded'),
      sortDirection: t.Default(t.Enum(['asc', 'desc']), 'asc'),
      enabled2waySync: t.Optional(t.Boolean()),
      ...limitSkipQuery(25),
    }),
    reply: t.Object({ users: t.Array(User), count: t.Integer() }),
    page: limitSkip('users', 25),
  }),
  filterByEmail: POST('/search/filter-by-email', {
    id: 'filter-users-by-email',
    summary: 'Users of the agency whose e-mail is in a list',
    actors: ['agency'],
    tenant: 'company',
    effect: 'read',
    body: t.Object({
      companyId: t.String(),
      /** Comma separated. */
      emails: t.String({ minLength: 1, maxLength: 40_000 }),
      deleted: t.Default(t.Boolean(), false),
      skip: Count,
      limit: Count,
      /** `all`, or names of fields; only `id` and `email` where it is left out. */
      projection: t.Optional(t.String({ maxLength: 500 })),
    }),
    reply: t.Object({ users: t.Array(t.Partial(User)), count: t.Integer() }),
  }),
  get: GET('/:userId', { id: 'get-user', summary: 'One user; `me` is the user behind the token', reply: User }),
  create: POST('/', {
    id: 'create-user',
    summary: 'Create a user, who signs in to the portal with the password',
    tenant: 'company',
    body: UserCreateBody,
    status: 201,
    reply: User,
    emits: ['UserCreate'],
  }),
  update: PUT('/:userId', {
    id: 'update-user',
    summary: 'Change the sent fields of a user',
    body: UserUpdateBody,
    reply: User,
    emits: ['UserUpdate'],
  }),
  remove: DELETE('/:userId', {
    id: 'delete-user',
    summary: 'Delete a user and end their sessions',
    reply: t.Object({ succeded: t.Boolean(), succeeded: t.Boolean(), message: t.String() }),
    emits: ['UserDelete'],
  }),
})
