import type { Db } from '../../database/wire.js'

/** Who is let in by an id and a secret. */
export interface ClientKey {
  readonly id: string
  readonly appId: string
  readonly clientId: string
  /** SHA-256 of the secret. */
  readonly secretHash: Buffer
  readonly expiresAt: Date | null
}

export interface KeyRow extends ClientKey {
  readonly name: string
  /** Last four characters of the secret. */
  readonly secretHint: string
  readonly dateAdded: Date
  readonly lastUsedAt: Date | null
}

const columns = ['id', 'appId', 'name', 'clientId', 'secretHash', 'secretHint', 'dateAdded', 'lastUsedAt', 'expiresAt'] as const

export const keysOf = (db: Db) => {
  const all = () => db.selectFrom('clientKeys').select(columns)
  return {
    byClientId: (clientId: string): Promise<KeyRow | undefined> => all().where('clientId', '=', clientId).executeTakeFirst(),
    ofApp: (appId: string): Promise<KeyRow[]> =>
      all().where('appId', '=', appId).orderBy('dateAdded', 'desc').orderBy('id', 'desc').execute(),
    newest: (appId: string): Promise<KeyRow | undefined> =>
      all().where('appId', '=', appId).orderBy('dateAdded', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst(),
    add: async (key: KeyRow) => {
      await db
        .insertInto('clientKeys')
        .values({ ...key })
        .execute()
    },
    remove: (appId: string, id: string): Promise<{ clientId: string } | undefined> =>
      db.deleteFrom('clientKeys').where('appId', '=', appId).where('id', '=', id).returning('clientId').executeTakeFirst(),
    removeAll: (appId: string): Promise<{ clientId: string }[]> =>
      db.deleteFrom('clientKeys').where('appId', '=', appId).returning('clientId').execute(),
    used: async (id: string, lastUsedAt: Date) => {
      await db.updateTable('clientKeys').set({ lastUsedAt }).where('id', '=', id).execute()
    },
  }
}
