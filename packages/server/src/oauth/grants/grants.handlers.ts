import { oauth as api } from '@groundlevel/contracts'
import { type Context, implement } from '../../http/implement.js'
import { authenticateClient } from '../token/client.js'
import type { GrantParts } from '../token/grants.js'
import { type FoundToken, findToken, isActive } from './find-token.js'

type Asked = Pick<Context, 'call' | 'pool' | 'now'>
type Presented = { readonly token: string; readonly client_id?: string; readonly client_secret?: string }

/** The token, where it is one of the calling app; one of another app looks like none at all (RFC 7662 §4). */
const ownToken = async (parts: GrantParts, body: Presented, { call, pool, now }: Asked): Promise<FoundToken | undefined> => {
  const client = await authenticateClient(parts.apps, { request: call.request, body, now })
  call.appId = client.app.id
  const found = await findToken(pool, { keys: parts.keys, audience: parts.issuer().audience }, body.token)
  return found?.family.appId === client.app.id ? found : undefined
}

const seconds = (at: Date) => Math.floor(at.getTime() / 1000)

const described = ({ family, claims, expiresAt }: FoundToken, { issuer, audience }: ReturnType<GrantParts['issuer']>) => ({
  active: true,
  scope: String(claims?.scope ?? family.scopes.join(' ')),
  client_id: family.clientId,
  exp: seconds(expiresAt),
  sub: `user:${family.userId}`,
  iss: issuer,
  companyId: family.companyId,
  ...(family.locationId !== null && { locationId: family.locationId }),
  ...(claims && { token_type: 'Bearer' as const, iat: Number(claims.iat), jti: String(claims.jti), aud: audience }),
})

/** RFC 7009 and RFC 7662. A refused attempt must leave its traces, so nothing here is rolled back with it. */
export const grantHandlers = (parts: GrantParts) =>
  implement(
    api.grants,
    () => ({}),
    {
      revoke: async ({ body }, context) => {
        const { pool, now, traceId, call } = context
        const found = await ownToken(parts, body, context)
        if (found) {
          const because = { now, traceId, act: 'oauth.revoke', ip: call.request.ip }
          await parts.revoke.family(pool, found.family.id, 'revoked by its app', because)
        }
        return {}
      },
      introspect: async ({ body }, context) => {
        const found = await ownToken(parts, body, context)
        return found && isActive(found, context.now) ? described(found, parts.issuer()) : { active: false }
      },
    },
    { ownTransaction: ['revoke'] },
  )
