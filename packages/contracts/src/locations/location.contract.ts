import { apiModule, GET, limitSkip, limitSkipQuery, t } from '@groundlevel/contract-kit'

const locations = apiModule({ name: 'locations', version: '2021-07-28', actors: ['agency', 'location'], scope: 'locations' })

const Settings = t.Object({
  allowDuplicateContact: t.Boolean(),
  allowDuplicateOpportunity: t.Boolean(),
  allowFacebookNameMerge: t.Boolean(),
  disableContactTimezone: t.Boolean(),
  contactUniqueIdentifiers: t.Array(t.String()),
})

export const Location = t.Object({
  id: t.String(),
  companyId: t.String(),
  name: t.String(),
  phone: t.Optional(t.String()),
  email: t.Optional(t.String()),
  address: t.Optional(t.String()),
  city: t.Optional(t.String()),
  state: t.Optional(t.String()),
  country: t.Optional(t.String()),
  postalCode: t.Optional(t.String()),
  website: t.Optional(t.String()),
  timezone: t.Optional(t.String()),
  settings: Settings,
  social: t.Open(),
  business: t.Optional(t.Open()),
  dateAdded: t.DateTime(),
})

const LocationRow = t.Omit(Location, ['companyId', 'business', 'dateAdded'])

export const location = locations.resource('location', '/locations', {
  search: GET('/search', {
    id: 'search-locations',
    summary: 'Sub-accounts of the agency',
    query: t.Object({
      companyId: t.Optional(t.String()),
      email: t.Optional(t.String()),
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
    reply: t.Object({ location: Location }),
  }),
})
