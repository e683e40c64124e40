import { unauthorized } from '@groundlevel/contract-kit'
import type { Db } from '../../database/wire.js'
import type { Principal } from '../../http/principal.js'
import type { SigningKeys } from '../../keys/index.js'
import { digestOf } from '../digests.js'
import { privatePrincipal } from '../private/private-tokens.js'
import { privateTokensOf } from '../private/private-tokens.sql.js'
import { type Family, familiesOf } from './families.sql.js'
import { type Claims, verifyJwt } from './jwt.js'
import type { TokenCache } from './token-cache.js'

interface Verified {
  readonly principal: Principal
  readonly endsAt: number
}

const invalid = (why: string) => unauthorized('Invalid JWT', why)

const scopesIn = ({ oauthMeta }: Claims): string[] => {
  const { scopes } = (oauthMeta ?? {}) as { scopes?: unknown }
  return Array.isArray(scopes) ? scopes.map(String) : []
}

const principalOf = (family: Family, claims: Claims): Principal => ({
  actor: family.locationId === null ? 'agency' : 'location',
  source: 'oauth',
  companyId: family.companyId,
  ...(family.locationId !== null && { locationId: family.locationId }),
  userId: family.userId,
  appId: family.appId,
  versionId: family.versionId,
  clientId: family.clientId,
  installId: family.installId,
  familyId: family.id,
  tokenId: String(claims.jti),
  scopes: new Set(scopesIn(claims)),
  bucket: `${family.appId}:${family.locationId ?? family.companyId}`,
})

/** Finds out whom a bearer token speaks for, from memory where it was verified before. */
export const createAuthenticate = (db: Db, keys: SigningKeys, audience: string, cache: TokenCache) => {
  const verifyAccess = async (token: string, now: Date): Promise<Verified> => {
    const claims = verifyJwt(keys, token)
    if (!claims) throw invalid('The bearer token is not an access token that this server has signed.')
    if (claims.aud !== audience) throw invalid('The token was issued by another installation.')
    const family = typeof claims.sid === 'string' ? await familiesOf(db).byId(claims.sid) : undefined
    if (!family) throw invalid('The token belongs to no grant that is known here.')
    if (family.revokedAt)
      throw invalid('The grant behind the token was revoked: uninstalled, or a code or refresh token was used twice.')
    const endsAt = Number(claims.exp) * 1000 - Number(family.skewMs)
    if (!(endsAt > now.getTime())) throw invalid('The token has expired; use the refresh token.')
    return { principal: principalOf(family, claims), endsAt }
  }

  const verifyPrivate = async (token: string): Promise<Verified> => {
    const row = await privateTokensOf(db).byDigest(digestOf(token))
    if (!row)
      throw unauthorized('Invalid Private Integration token', 'No private integration token has this text, or it was revoked.')
    return { principal: privatePrincipal(row), endsAt: Number.POSITIVE_INFINITY }
  }

  const verify = async (token: string, digest: string, now: Date): Promise<Principal> => {
    const { generation } = cache
    const verified = await (token.startsWith('pit-') ? verifyPrivate(token) : verifyAccess(token, now))
    cache.keep(digest, verified, generation)
    return verified.principal
  }

  /** @throws WireError 401 with the wire's text. */
  return (token: string, now: Date): Principal | Promise<Principal> => {
    const digest = digestOf(token).toString('base64')
    return cache.find(digest, now) ?? verify(token, digest, now)
  }
}
