import { createHash, randomBytes } from 'node:crypto'
import { newId, newSuffix } from '../../ids.js'
import type { KeyRow } from './keys.sql.js'

/** What leak scanners look for. */
const prefix = 'gls_'

/** 256 random bits need no slow hash: nobody guesses them. */
export const hashOfSecret = (secret: string) => createHash('sha256').update(secret).digest()

/** A client id that begins with the app's id (the official SDK takes the part before the dash for it), and its secret. */
export const newClientKey = (appId: string, name: string, now: Date): { readonly key: KeyRow; readonly clientSecret: string } => {
  const clientSecret = prefix + randomBytes(32).toString('base64url')
  const key = {
    id: newId(now),
    appId,
    name,
    clientId: `${appId}-${newSuffix()}`,
    secretHash: hashOfSecret(clientSecret),
    secretHint: clientSecret.slice(-4),
    dateAdded: now,
    lastUsedAt: null,
    expiresAt: null,
  }
  return { key, clientSecret }
}
