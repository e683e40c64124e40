import { apiModule, DELETE, GET, t } from '@groundlevel/contract-kit'

const installs = apiModule({
  name: 'installs',
  auth: 'session',
  because: 'installs of the agency or sub-account that the session belongs to',
})

const Install = t.Object({
  id: t.String(),
  appId: t.String(),
  appName: t.String(),
  logo: t.String(),
  kind: t.Enum(['agency', 'bulk', 'location']),
  companyId: t.String(),
  locationId: t.Nullable(t.String()),
  locationName: t.Nullable(t.String()),
  state: t.Enum(['waiting', 'connected']),
  scopes: t.Array(t.String()),
  installedBy: t.String(),
  dateAdded: t.DateTime(),
  connectedAt: t.Nullable(t.DateTime()),
})

export const installed = installs.resource('installed', '/_ground/installs', {
  list: GET('', {
    id: 'installs-list',
    summary: 'Installed apps of an agency, or of one sub-account',
    query: t.Object({ companyId: t.Optional(t.String()), locationId: t.Optional(t.String()) }),
    reply: t.Object({ installs: t.Array(Install) }),
  }),
  remove: DELETE('/:installId', {
    id: 'installs-remove',
    summary: 'Uninstall: tokens die, webhooks stop, UNINSTALL is sent',
    reply: t.Object({ succeeded: t.Boolean() }),
    emits: ['UNINSTALL'],
  }),
})

const SubAccount = t.Object({
  id: t.String(),
  name: t.String(),
  city: t.String(),
  status: t.Enum(['active', 'paused']),
  appCount: t.Integer(),
  contactCount: t.Integer(),
})

export const agency = installs.resource('agency', '/_ground/agencies/:companyId', {
  locations: GET('/locations', {
    id: 'agency-locations',
    summary: 'Sub-accounts of the agency, for its home page and choosers',
    query: t.Object({ query: t.Optional(t.String({ maxLength: 75 })) }),
    reply: t.Object({ locations: t.Array(SubAccount), total: t.Integer() }),
  }),
})
