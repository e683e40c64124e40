import { apiModule, GET, limitSkip, POST, pageToken, t } from '@groundlevel/contract-kit'

const oauth = apiModule({
  name: 'oauth',
  version: '2021-07-28',
  versionOptional: true,
  actors: ['agency'],
  scope: 'oauth',
  reaches: 'none',
})

const UserType = t.Enum(['Company', 'Location'])

/** The superset of wire-contract §1.3, in v2 casing. */
export const Token = t.Object({
  access_token: t.String(),
  token_type: t.Literal('Bearer'),
  expires_in: t.Integer(),
  refresh_token: t.Optional(t.String()),
  scope: t.String(),
  refreshTokenId: t.Optional(t.String()),
  userType: t.Optional(UserType),
  companyId: t.Optional(t.String()),
  locationId: t.Optional(t.String()),
  userId: t.Optional(t.String()),
  planId: t.Optional(t.String()),
  isBulkInstallation: t.Optional(t.Boolean()),
  approvedLocations: t.Optional(t.Array(t.String())),
  approveAllLocations: t.Optional(t.Boolean()),
  installToFutureLocations: t.Optional(t.Boolean()),
  appId: t.Optional(t.String()),
  versionId: t.Optional(t.String()),
})

const InstalledLocation = t.Object({
  _id: t.String(),
  name: t.String(),
  address: t.String(),
  isInstalled: t.Boolean(),
  versionId: t.Optional(t.String()),
  installedAt: t.Optional(t.DateTime()),
})

const installedFilter = {
  companyId: t.String(),
  appId: t.String(),
  query: t.Optional(t.String()),
  isInstalled: t.Optional(t.Boolean()),
  versionId: t.Optional(t.String()),
  onTrial: t.Optional(t.Boolean()),
  planId: t.Optional(t.String()),
  locationId: t.Optional(t.String()),
}

export const token = oauth.resource('token', '/oauth', {
  exchange: POST('/token', {
    id: 'get-access-token',
    summary: 'Exchange a code or a refresh token for tokens',
    auth: 'none',
    because: 'the client authenticates itself with its id and secret',
    form: true,
    v3: { casing: 'camel' },
    body: t.Object(
      {
        client_id: t.Optional(t.String()),
        client_secret: t.Optional(t.String()),
        grant_type: t.Enum(['authorization_code', 'refresh_token', 'client_credentials']),
        code: t.Optional(t.String()),
        refresh_token: t.Optional(t.String()),
        user_type: t.Optional(t.Enum(['Company', 'Location'])),
        redirect_uri: t.Optional(t.String()),
        code_verifier: t.Optional(t.String()),
        scope: t.Optional(t.String()),
      },
      { additionalProperties: true },
    ),
    reply: Token,
  }),
  locationToken: POST('/locationToken', {
    id: 'get-location-access-token',
    summary: 'A token of one sub-account, out of an agency token',
    scope: 'oauth.write',
    oauthOnly: true,
    form: true,
    tenant: 'company',
    v3: { path: '/oauth/location-token', casing: 'camel' },
    body: t.Object({ companyId: t.String(), locationId: t.String() }),
    reply: Token,
  }),
  installedLocations: GET('/installedLocations', {
    id: 'get-installed-location',
    summary: 'Sub-accounts where the app is installed',
    oauthOnly: true,
    tenant: 'company',
    on: 'dated',
    query: t.Object({
      ...installedFilter,
      skip: t.Default(t.Integer({ minimum: 0, maximum: 1_000_000 }), 0),
      limit: t.Default(t.Integer({ minimum: 1, maximum: 100 }), 20),
    }),
    reply: t.Object({ locations: t.Array(InstalledLocation), count: t.Integer(), installToFutureLocations: t.Boolean() }),
    page: limitSkip('locations', 20),
  }),
  installedLocationsPage: GET('/installed-locations', {
    id: 'get-installed-location',
    summary: 'Sub-accounts where the app is installed, page by page (v3)',
    version: 'v3',
    oauthOnly: true,
    tenant: 'company',
    on: 'v3',
    query: t.Object({
      ...installedFilter,
      pageSize: t.Default(t.Integer({ minimum: 1, maximum: 100 }), 20),
      pageToken: t.Optional(t.String()),
    }),
    reply: t.Object({
      items: t.Array(InstalledLocation),
      pagination: t.Object({
        totalRecords: t.Integer(),
        hasNextPage: t.Boolean(),
        hasPrevPage: t.Boolean(),
        nextPageToken: t.Optional(t.String()),
        prevPageToken: t.Optional(t.String()),
        currentPageSize: t.Integer(),
        /** Only where the exact number is unknown: never here. */
        estimatedTotalRecords: t.Optional(t.Integer()),
      }),
      metadata: t.Object({ filterApplied: t.Open(), sortApplied: t.Open() }),
      installToFutureLocations: t.Boolean(),
    }),
    page: pageToken('items'),
  }),
})

const presented = t.Object(
  {
    token: t.String({ minLength: 1, maxLength: 20_000 }),
    token_type_hint: t.Optional(t.String()),
    client_id: t.Optional(t.String()),
    client_secret: t.Optional(t.String()),
  },
  { additionalProperties: true },
)

const ofClient = {
  auth: 'none',
  because: 'the client authenticates itself with its id and secret',
  form: true,
  extension: true,
  body: presented,
} as const

/** What HighLevel does not offer and strict OAuth clients ask for. */
export const grants = oauth.resource('grants', '/oauth', {
  revoke: POST('/revoke', {
    ...ofClient,
    id: 'revoke-token',
    summary: 'End the grant that a token belongs to (RFC 7009)',
    reply: t.Object({}),
  }),
  introspect: POST('/introspect', {
    ...ofClient,
    id: 'introspect-token',
    summary: 'Whether a token of the calling app is active, and what it may do (RFC 7662)',
    effect: 'read',
    reply: t.Object({
      active: t.Boolean(),
      scope: t.Optional(t.String()),
      client_id: t.Optional(t.String()),
      token_type: t.Optional(t.Literal('Bearer')),
      exp: t.Optional(t.Integer()),
      iat: t.Optional(t.Integer()),
      sub: t.Optional(t.String()),
      aud: t.Optional(t.String()),
      iss: t.Optional(t.String()),
      jti: t.Optional(t.String()),
      companyId: t.Optional(t.String()),
      locationId: t.Optional(t.String()),
    }),
  }),
})
