import { newHexId } from '../../ids.js'
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
import { verifierProblem } from './pkce.js'
import { type Code, codesOf } from './token.sql.js'

const notUsable = (why: string) =>
  oauthError('invalid_grant', 'The authorization code is invalid, expired or already used.', { why })

/** A code on its way through the checks. */
interface Attempt extends GrantRequest {
  readonly code: Code
}

type Check = (attempt: Attempt, parts: GrantParts) => void | Promise<void>

const checkClient: Check = async (attempt) => {
  const { code, client } = attempt
  if (code.clientId === client.key.clientId) return
  await auditRefusal(attempt, code, 'oauth.code.foreign', { clientId: client.key.clientId })
  throw notUsable('The code was issued to another client.')
}

const checkRedirectUri: Check = ({ code, body }) => {
  if (body.redirect_uri === undefined || body.redirect_uri === '' || body.redirect_uri === code.redirectUri) return
  throw oauthError('invalid_grant', 'redirect_uri differs from the one of the authorization request.')
}

const checkVerifier: Check = ({ code, body }) => {
  const problem = verifierProblem(code.codeChallenge, body.code_verifier || undefined)
  if (problem) throw oauthError('invalid_grant', problem)
}

/** After the checks that a thief would fail: only the client itself can end its own tokens by using a code twice. */
const checkUnused: Check = async (attempt, { revoke }) => {
  const { code, pool, now, traceId } = attempt
  if (code.usedAt === null) return
  if (code.familyId !== null) {
    const because = 'its authorization code was used a second time'
    await revoke.family(pool, code.familyId, because, { now, traceId, act: 'oauth.code.reuse', ip: attempt.ip })
  }
  throw notUsable('The code was used before; the tokens of its first use were revoked.')
}

const checkFresh: Check = ({ code, now }) => {
  if (code.expiresAt.getTime() <= now.getTime()) throw notUsable(`The code expired at ${code.expiresAt.toISOString()}.`)
}

const checkLocation: Check = ({ code }, parts) => demandActiveLocation(parts, code.locationId)

/** None of them spends the code: an attempt that fails leaves it as it was. */
const checks: readonly Check[] = [checkClient, checkRedirectUri, checkVerifier, checkUnused, checkFresh, checkLocation]

const spend = async (attempt: Attempt, codeHash: Buffer, parts: GrantParts): Promise<TokenReply | undefined> => {
  const { code, pool, now } = attempt
  const familyId = newHexId()
  const pair = mintPair(parts.keys, parts.issuer(), { ...code, familyId }, now)
  const reply = await pool.transaction().execute(async (db) => {
    if (!(await codesOf(db).spend(codeHash, familyId, pair.refresh, now))) return undefined
    await parts.installs.connect(db, code.installId, now)
    return { ...pair.reply, ...(await describe(parts, code, db)) }
  })
  if (reply) parts.log.token(tokenRow(attempt, { ...code, familyId }, 'issue', { why: 'authorization code exchanged' }))
  return reply
}

/** `grant_type=authorization_code`. */
export const exchangeCode = async (request: GrantRequest, parts: GrantParts): Promise<TokenReply> => {
  const { body, pool } = request
  if (!body.code) throw oauthError('invalid_request', 'code is missing.')
  const codeHash = digestOf(body.code)
  const find = async () => {
    const code = await codesOf(pool).find(codeHash)
    if (!code) throw notUsable('No code of this text was issued here.')
    return { ...request, code }
  }
  const attempt = await find()
  for (const check of checks) await check(attempt, parts)
  const reply = await spend(attempt, codeHash, parts)
  if (reply) return reply
  // Somebody was faster by a moment: this is a second use like any other.
  await checkUnused(await find(), parts)
  throw notUsable('The code expired or its install was removed this moment.')
}
