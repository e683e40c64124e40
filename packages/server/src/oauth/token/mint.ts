import { newHexId } from '../../ids.js'
import type { SigningKeys } from '../../keys/index.js'
import { accessClaims, accessTtlSeconds, type Issuer, refreshClaims, refreshTtlSeconds, type Subject } from '../access/claims.js'
import { type Claims, signAccessToken, signRefreshToken } from '../access/jwt.js'
import { digestOf } from '../digests.js'
import type { NewRefresh } from './token.sql.js'

/** A pair as it goes to the app, and what is stored of it. */
export interface Pair {
  readonly claims: Claims
  readonly reply: {
    readonly access_token: string
    readonly token_type: 'Bearer'
    readonly expires_in: number
    readonly refresh_token: string
    readonly scope: string
    readonly refreshTokenId: string
  }
  readonly refresh: NewRefresh
}

export const mintPair = (keys: SigningKeys, issuer: Issuer, subject: Subject, now: Date): Pair => {
  const refreshToken = signRefreshToken(keys, refreshClaims(subject, issuer, now))
  const id = newHexId()
  const claims = accessClaims(subject, issuer, now)
  return {
    claims,
    reply: {
      access_token: signAccessToken(keys, claims),
      token_type: 'Bearer',
      expires_in: accessTtlSeconds,
      refresh_token: refreshToken,
      scope: subject.scopes.join(' '),
      refreshTokenId: id,
    },
    refresh: { tokenHash: digestOf(refreshToken), id, expiresAt: new Date(now.getTime() + refreshTtlSeconds * 1000) },
  }
}
