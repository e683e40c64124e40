import type { Db } from '../../database/wire.js'

export const sessionsOf = (db: Db) => ({
  find: (tokenHash: Buffer) =>
    db
      .selectFrom('sessions')
      .innerJoin('accounts', 'accounts.id', 'sessions.accountId')
      .select(['sessions.accountId', 'sessions.expiresAt', 'accounts.email', 'accounts.name'])
      .where('tokenHash', '=', tokenHash)
      .executeTakeFirst(),
  add: async (row: {
    readonly tokenHash: Buffer
    readonly accountId: string
    readonly dateAdded: Date
    readonly expiresAt: Date
  }) => {
    await db.insertInto('sessions').values(row).execute()
  },
  extend: async (tokenHash: Buffer, expiresAt: Date) => {
    await db.updateTable('sessions').set({ expiresAt }).where('tokenHash', '=', tokenHash).execute()
  },
  remove: async (tokenHash: Buffer) => {
    await db.deleteFrom('sessions').where('tokenHash', '=', tokenHash).execute()
  },
  removeOf: async (accountId: string) => {
    await db.deleteFrom('sessions').where('accountId', '=', accountId).execute()
  },
  removeExpired: async (now: Date) => {
    const { numDeletedRows } = await db.deleteFrom('sessions').where('expiresAt', '<=', now).executeTakeFirst()
    return Number(numDeletedRows)
  },
})
