import { newHexId } from '../../ids.js'
import { randomText } from '../digests.js'
import type { Claims } from './jwt.js'

/** Whom a pair of tokens speaks for. */
export interface Subject {
  readonly familyId: string
  readonly appId: string
  readonly clientId: string
  readonly companyId: string
  readonly locationId: string | null
  readonly userId: string
  /** What the access token may do; a narrowed refresh asks for less than its family holds. */
  readonly scopes: readonly string[]
}

export interface Issuer {
  readonly issuer: string
  readonly audience: string
}

/** HighLevel says a second less than a day. */
export const accessTtlSeconds = 86_399
export const refreshTtlSeconds = 365 * 86_400

/**
 * Scopes stand in `oauthMeta` in any case. RFC 9068 would have them in `scope` too, but an app that asks for every scope
 * would then send a header of 10 kB, and common proxies take 8.
 */
const longestScopeClaim = 2_000

const scopeClaim = (scope: string) => (scope.length <= longestScopeClaim ? { scope } : {})

const seconds = (at: Date) => Math.floor(at.getTime() / 1000)

const tenantClaims = ({ locationId, companyId, clientId }: Subject) => ({
  authClass: locationId === null ? 'Company' : 'Location',
  authClassId: locationId ?? companyId,
  primaryAuthClassId: locationId ?? companyId,
  source: 'INTEGRATION',
  sourceId: clientId,
  channel: 'OAUTH',
})

/** Claims that public clients of HighLevel decode (wire-contract §1.6), and those of RFC 9068 §2.2. */
export const accessClaims = (subject: Subject, { issuer, audience }: Issuer, now: Date): Claims => ({
  jti: newHexId(),
  ...tenantClaims(subject),
  oauthMeta: { scopes: subject.scopes, client: subject.appId },
  iss: issuer,
  aud: audience,
  // The prefix keeps a user's id from ever being mistaken for a client's (RFC 9700 §4.15).
  sub: `user:${subject.userId}`,
  client_id: subject.clientId,
  ...scopeClaim(subject.scopes.join(' ')),
  sid: subject.familyId,
  iat: seconds(now),
  exp: seconds(now) + accessTtlSeconds,
})

/** Access claims with other scopes in the same places. */
const withScopes = (claims: Claims, scopes: readonly string[], scope: string): Claims => ({
  ...claims,
  oauthMeta: { ...(claims.oauthMeta as object), scopes },
  ...('scope' in claims && { scope }),
})

/** Access claims without their scopes, which may be most of them, and the same again. */
export const leaveScopesOut = (claims: Claims): Claims => withScopes(claims, [], '')
export const putScopesBack = (claims: Claims, scopes: readonly string[]): Claims => withScopes(claims, scopes, scopes.join(' '))

/** A JWT as well, so that apps learn the real length; what counts is the digest of the whole text. */
export const refreshClaims = (subject: Subject, { issuer }: Issuer, now: Date): Claims => ({
  jti: randomText(32),
  ...tenantClaims(subject),
  oauthMeta: { client: subject.appId },
  iss: issuer,
  client_id: subject.clientId,
  iat: seconds(now),
  exp: seconds(now) + refreshTtlSeconds,
})
