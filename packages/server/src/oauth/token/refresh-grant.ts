import { digestOf } from '../digests.js'
import { oauthError } from '../oauth-error.js'
import {
  auditRefusal,
  demandActiveLocation,
  describe,
  type GrantParts,
  type GrantRequest,
  type TokenReply,
  tokenRow,
} from './grants.js'
import { mintPair } from './mint.js'
import { keepReply, replyAgain } from './replay.js'
import { refreshTokensOf, type StoredRefresh } from './token.sql.js'

/** How long a spent token is answered with its one successor (wire-contract §1.4). Counts from the first use. */
const graceMs = 30_000

/** A refresh on its way through the checks. */
interface Attempt extends GrantRequest {
  readonly token: string
  readonly stored: StoredRefresh
  /** What the new access token may do. */
  readonly scopes: readonly string[]
}

type Check = (attempt: Attempt, parts: GrantParts) => void | Promise<void>

const notUsable = (why: string) => oauthError('invalid_grant', 'The refresh token is invalid, expired or revoked.', { why })

const tenantOf = ({ family }: StoredRefresh) => ({ ...family, familyId: family.id })

const checkClient: Check = async (attempt) => {
  const { stored, client } = attempt
  if (stored.family.clientId === client.key.clientId) return
  // No reason to end the family: a client must not be able to log another one out.
  await auditRefusal(attempt, tenantOf(stored), 'oauth.refresh.foreign', { clientId: client.key.clientId })
  throw notUsable('The refresh token was issued to another client.')
}

const checkFamily: Check = ({ stored }) => {
  if (stored.family.revokedAt) throw notUsable('The grant was revoked: uninstalled, or a code or refresh token was used twice.')
}

const checkFresh: Check = ({ stored, now }) => {
  const judgedAt = now.getTime() + Number(stored.family.skewMs)
  if (stored.expiresAt.getTime() <= judgedAt) throw notUsable(`The refresh token expired at ${stored.expiresAt.toISOString()}.`)
}

const checkScope: Check = ({ stored, scopes }) => {
  // The family's own list: nothing narrower was asked for.
  if (scopes === stored.family.scopes) return
  const beyond = scopes.filter((scope) => !stored.family.scopes.includes(scope))
  if (beyond.length > 0) throw oauthError('invalid_scope', `The grant does not hold ${beyond.join(' ')}.`)
}

const checkLocation: Check = ({ stored }, parts) => demandActiveLocation(parts, stored.family.locationId)

const checks: readonly Check[] = [checkClient, checkFamily, checkFresh, checkScope, checkLocation]

const reused = async (attempt: Attempt, { revoke }: GrantParts): Promise<never> => {
  const { pool, now, traceId, stored, ip } = attempt
  await revoke.family(pool, stored.family.id, 'a refresh token was used again after its grace', {
    now,
    traceId,
    act: 'oauth.refresh.reuse',
    ip,
  })
  throw notUsable('The refresh token was used before, more than 30 seconds ago: the whole grant was revoked.')
}

/** The same pair for every caller within the grace. */
const replay = (attempt: Attempt, parts: GrantParts): TokenReply | Promise<never> => {
  const { stored, token, scopes, now } = attempt
  const { usedAt } = stored
  if (!usedAt || !stored.replay || now.getTime() - usedAt.getTime() > graceMs) return reused(attempt, parts)
  const reply = replyAgain(token, stored.replay, scopes)
  if (!reply) throw notUsable('The refresh token was used a moment ago with another scope.')
  return reply
}

const rotate = async (attempt: Attempt, parts: GrantParts): Promise<TokenReply | undefined> => {
  const { stored, token, scopes, pool, now } = attempt
  const { family } = stored
  const pair = mintPair(parts.keys, parts.issuer(), { ...family, familyId: family.id, scopes }, now)
  const reply = { ...pair.reply, ...(await describe(parts, family, pool)) }
  const kept = keepReply(token, reply, pair.claims)
  if (!(await refreshTokensOf(pool).rotate(digestOf(token), kept, pair.refresh, now))) return undefined
  parts.log.token(tokenRow(attempt, tenantOf(stored), 'refresh'))
  return reply
}

const scopesAsked = (asked: string | undefined, held: readonly string[]) => {
  const words = (asked ?? '').split(' ').filter(Boolean)
  return words.length === 0 ? held : [...new Set(words)]
}

/** `grant_type=refresh_token`. */
export const refresh = async (request: GrantRequest, parts: GrantParts): Promise<TokenReply> => {
  const { body, pool } = request
  const token = body.refresh_token
  if (!token) throw oauthError('invalid_request', 'refresh_token is missing.')
  const find = async (): Promise<Attempt> => {
    const stored = await refreshTokensOf(pool).find(digestOf(token))
    if (!stored) throw notUsable('No refresh token of this text was issued here.')
    return { ...request, token, stored, scopes: scopesAsked(body.scope, stored.family.scopes) }
  }
  const attempt = await find()
  for (const check of checks) await check(attempt, parts)
  if (attempt.stored.usedAt) return replay(attempt, parts)
  const reply = await rotate(attempt, parts)
  if (reply) return reply
  // Lost the race, or the grant was revoked this moment: look again.
  const again = await find()
  checkFamily(again, parts)
  return replay(again, parts)
}
