import type { Db } from '../database/wire.js'

/** One key pair as it is stored: the private half sealed. */
export interface StoredKey {
  readonly id: string
  readonly use: 'access' | 'webhook'
  readonly algorithm: 'ES256' | 'Ed25519' | 'RSA-SHA256'
  readonly publicKeyPem: string
  readonly sealedPrivateKey: Buffer
  readonly dateAdded: Date
}

export const keysOf = (db: Db) => ({
  all: (): Promise<StoredKey[]> =>
    db.selectFrom('signingKeys').selectAll().where('retiredAt', 'is', null).orderBy('dateAdded', 'desc').execute(),
  /** Two processes may start on one empty database: the first to write wins, both then read the same keys. */
  add: (keys: readonly StoredKey[]) =>
    db
      .insertInto('signingKeys')
      .values(keys.map((key) => ({ ...key })))
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute(),
})
