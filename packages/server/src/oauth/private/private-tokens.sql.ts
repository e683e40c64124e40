import type { Db } from '../../database/wire.js'

/** A private integration token: one sub-account or one agency, static until it is revoked. */
export interface PrivateToken {
  readonly id: string
  readonly companyId: string
  readonly locationId: string | null
  readonly userId: string | null
  readonly scopes: string[]
}

export interface NewPrivateToken extends PrivateToken {
  readonly tokenHash: Buffer
  readonly name: string
  readonly hint: string
  readonly dateAdded: Date
}

export const privateTokensOf = (db: Db) => ({
  byDigest: (digest: Buffer): Promise<PrivateToken | undefined> =>
    db
      .selectFrom('privateTokens')
      .select(['id', 'companyId', 'locationId', 'userId', 'scopes'])
      .where('tokenHash', '=', digest)
      .where('revokedAt', 'is', null)
      .executeTakeFirst(),
  revokeOfLocation: async (locationId: string, now: Date): Promise<void> => {
    await db
      .updateTable('privateTokens')
      .set({ revokedAt: now })
      .where('locationId', '=', locationId)
      .where('revokedAt', 'is', null)
      .execute()
  },
  add: async (row: NewPrivateToken): Promise<void> => {
    await db
      .insertInto('privateTokens')
      .values({ ...row, lastUsedAt: null, revokedAt: null })
      .execute()
  },
})
