import type { Db } from '../../database/wire.js'
import type { SigningKeys } from '../../keys/index.js'
import { type Family, familiesOf } from '../access/families.sql.js'
import { type Claims, verifyJwt } from '../access/jwt.js'
import { digestOf } from '../digests.js'
import { refreshTokensOf } from '../token/token.sql.js'

/** A token that was issued here, whatever has become of it. */
export interface FoundToken {
  readonly family: Family
  /** Only an access token says anything by itself. */
  readonly claims?: Claims
  readonly expiresAt: Date
  /** A refresh token that has bought its successor. */
  readonly spent: boolean
}

const accessToken = async (db: Db, keys: SigningKeys, audience: string, token: string): Promise<FoundToken | undefined> => {
  const claims = verifyJwt(keys, token)
  if (claims?.aud !== audience || typeof claims.sid !== 'string') return undefined
  const family = await familiesOf(db).byId(claims.sid)
  return family && { family, claims, expiresAt: new Date(Number(claims.exp) * 1000), spent: false }
}

const refreshToken = async (db: Db, token: string): Promise<FoundToken | undefined> => {
  const stored = await refreshTokensOf(db).find(digestOf(token))
  return stored && { family: stored.family, expiresAt: stored.expiresAt, spent: stored.usedAt !== null }
}

/** Looks for both kinds: a hint may be wrong (RFC 7009 §2.1), and which kind it is the text itself says. */
export const findToken = async (
  db: Db,
  { keys, audience }: { readonly keys: SigningKeys; readonly audience: string },
  token: string,
): Promise<FoundToken | undefined> => (await accessToken(db, keys, audience, token)) ?? (await refreshToken(db, token))

export const isActive = ({ family, expiresAt, spent }: FoundToken, now: Date): boolean =>
  !spent && family.revokedAt === null && expiresAt.getTime() > now.getTime() + Number(family.skewMs)
