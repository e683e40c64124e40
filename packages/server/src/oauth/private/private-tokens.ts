import type { Db } from '../../database/wire.js'
import type { Principal } from '../../http/principal.js'
import { newHexId, newUuid } from '../../ids.js'
import { digestOf } from '../digests.js'
import { type PrivateToken, privateTokensOf } from './private-tokens.sql.js'

export interface PrivateTokenGrant {
  readonly name: string
  readonly companyId: string
  /** Absent: a token of the agency itself, which does not reach the data of its sub-accounts' own level. */
  readonly locationId?: string | null
  readonly userId?: string | null
  readonly scopes: readonly string[]
  readonly now: Date
}

/** Makes a token; its text is in the answer and nowhere else. */
export const createPrivateToken = async (db: Db, grant: PrivateTokenGrant): Promise<{ id: string; token: string }> => {
  const id = newHexId()
  const token = `pit-${newUuid()}`
  await privateTokensOf(db).add({
    id,
    tokenHash: digestOf(token),
    name: grant.name,
    companyId: grant.companyId,
    locationId: grant.locationId ?? null,
    userId: grant.userId ?? null,
    scopes: [...grant.scopes],
    hint: token.slice(-4),
    dateAdded: grant.now,
  })
  return { id, token }
}

export const privatePrincipal = ({ id, companyId, locationId, userId, scopes }: PrivateToken): Principal => ({
  actor: locationId === null ? 'agency' : 'location',
  source: 'pit',
  companyId,
  ...(locationId !== null && { locationId }),
  ...(userId !== null && { userId }),
  tokenId: id,
  scopes: new Set(scopes),
  bucket: `pit:${id}`,
})
