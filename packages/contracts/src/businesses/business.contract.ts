import { apiModule, DELETE, GET, limitSkip, limitSkipQuery, POST, PUT, t } from '@groundlevel/contract-kit'

const businesses = apiModule({
  name: 'businesses',
  version: '2021-07-28',
  actors: ['location'],
  scope: 'businesses',
  reaches: 'none',
})

export const Business = t.Object({
  id: t.String(),
  name: t.String(),
  phone: t.Optional(t.String()),
  email: t.Optional(t.String()),
  website: t.Optional(t.String()),
  address: t.Optional(t.String()),
  city: t.Optional(t.String()),
  description: t.Optional(t.String()),
  state: t.Optional(t.String()),
  postalCode: t.Optional(t.String()),
  country: t.Optional(t.String()),
  updatedBy: t.Optional(t.Open()),
  locationId: t.String(),
  createdBy: t.Open(),
  createdAt: t.DateTime(),
  updatedAt: t.DateTime(),
})

const text = (maxLength: number) => t.Optional(t.Nullable(t.String({ maxLength })))

const details = {
  phone: text(64),
  email: text(320),
  website: text(2000),
  address: text(500),
  city: text(200),
  description: text(10_000),
  state: text(200),
  postalCode: text(40),
  country: text(100),
}

const name = t.String({ minLength: 1, maxLength: 400 })

/** The envelope's name is the wire's own misspelling (sic). */
const Changed = t.Object({ success: t.Boolean(), buiseness: Business })

export const business = businesses.resource('business', '/businesses', {
  list: GET('/', {
    id: 'get-businesses-by-location',
    summary: 'Businesses of a sub-account, newest first',
    tenant: 'query',
    query: t.Object({ locationId: t.String(), ...limitSkipQuery(100) }),
    reply: t.Object({ businesses: t.Array(t.Row(Business)) }),
    page: limitSkip('businesses', 100),
  }),
  create: POST('/', {
    id: 'create-business',
    summary: 'Create a business that contacts can belong to',
    tenant: 'body',
    body: t.Object({ name, locationId: t.String(), ...details }),
    status: 201,
    reply: Changed,
    emits: ['RecordCreate'],
  }),
  get: GET('/:businessId', { id: 'get-business', summary: 'One business', reply: t.Object({ business: Business }) }),
  update: PUT('/:businessId', {
    id: 'update-business',
    summary: 'Change the sent fields of a business',
    body: t.Object({ name: t.Optional(name), ...details }),
    tolerates: { locationId: 'programs send the sub-account along with every write; the record says whose it is' },
    reply: Changed,
    emits: ['RecordUpdate'],
  }),
  remove: DELETE('/:businessId', {
    id: 'delete-Business',
    summary: 'Delete a business; its contacts stay and belong to none',
    reply: t.Object({ success: t.Boolean() }),
    emits: ['RecordDelete'],
  }),
})
