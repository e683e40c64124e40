import { Json } from '@groundlevel/contract-kit'
import { oauth as api } from '@groundlevel/contracts'
import { type Context, implement } from '../../http/implement.js'
import { oauthError } from '../oauth-error.js'
import { authenticateClient } from './client.js'
import { exchangeCode } from './code-grant.js'
import type { GrantParts, GrantRequest, TokenReply } from './grants.js'
import { findInstalled, offsetOf, pageTokenOf } from './installed-locations.js'
import { exchangeForLocation } from './location-token.js'
import { refresh } from './refresh-grant.js'
import { createWrongSecrets, type WrongSecrets } from './wrong-secrets.js'

type Grant = (request: GrantRequest, parts: GrantParts) => Promise<TokenReply>

/** The whole token endpoint: whom a grant type is handled by. */
const grants: Readonly<Record<string, Grant>> = {
  authorization_code: exchangeCode,
  refresh_token: refresh,
  client_credentials: () => {
    throw oauthError('unsupported_grant_type', 'client_credentials is not offered yet: use authorization_code or refresh_token.')
  },
}

type Exchanged = GrantRequest['body'] & {
  readonly grant_type: string
  readonly client_id?: string
  readonly client_secret?: string
}

/** A token of ours as JSON: base64url and dots have nothing to escape, and are too long to be looked through for it. */
const asJson = (token: string) => new Json<string>(`"${token}"`)

const written = (reply: TokenReply) => ({
  ...reply,
  access_token: asJson(reply.access_token),
  ...(reply.refresh_token !== undefined && { refresh_token: asJson(reply.refresh_token) }),
})

const exchange = async (
  body: Exchanged,
  { call, pool, now, traceId }: Pick<Context, 'call' | 'pool' | 'now' | 'traceId'>,
  parts: GrantParts,
  mayTell: WrongSecrets,
) => {
  const wrongSecret = (appId: string) => {
    if (mayTell(appId, call.startedAt)) call.appId = appId
  }
  const client = await authenticateClient(parts.apps, { request: call.request, body, now, wrongSecret })
  call.appId = client.app.id
  const grant = grants[body.grant_type]
  if (!grant) throw oauthError('unsupported_grant_type', 'grant_type must be authorization_code or refresh_token.')
  return written(await grant({ client, body, pool, now, traceId, ip: call.request.ip }, parts))
}

/** `/oauth/*` of the API. The exchange opens what it needs itself: a refused attempt must leave its traces. */
export const tokenHandlers = (parts: GrantParts, mayTell = createWrongSecrets()) =>
  implement(
    api.token,
    () => ({}),
    {
      exchange: ({ body }, context) => exchange(body, context, parts, mayTell),

      locationToken: ({ body }, { db, principal, now, traceId }) =>
        exchangeForLocation({ db, principal, locationId: body.locationId, now, traceId }, parts),

      installedLocations: async ({ query }, { principal }) => {
        const { skip, limit, ...filter } = query
        const found = await findInstalled(parts, principal, filter, { limit, offset: skip })
        return { locations: found.rows, count: found.total, installToFutureLocations: found.installToFutureLocations }
      },

      installedLocationsPage: async ({ query }, { principal }) => {
        const { pageSize, pageToken, ...filter } = query
        const offset = offsetOf(pageToken)
        const found = await findInstalled(parts, principal, filter, { limit: pageSize, offset })
        const hasNextPage = offset + found.rows.length < found.total
        return {
          items: found.rows,
          pagination: {
            totalRecords: found.total,
            hasNextPage,
            hasPrevPage: offset > 0,
            ...(hasNextPage && { nextPageToken: pageTokenOf(offset + pageSize) }),
            ...(offset > 0 && { prevPageToken: pageTokenOf(Math.max(0, offset - pageSize)) }),
            currentPageSize: found.rows.length,
          },
          metadata: { filterApplied: { ...filter }, sortApplied: { name: 'asc' } },
          installToFutureLocations: found.installToFutureLocations,
        }
      },
    },
    { ownTransaction: ['exchange'] },
  )
