import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'
import type { NewAccount } from '../people.js'

export const accountsOf = (db: Db) => ({
  byEmail: (email: string) =>
    db.selectFrom('accounts').select(['id', 'email', 'name', 'passwordHash']).where('email', '=', email).executeTakeFirst(),
  add: async (account: NewAccount & { readonly id: string; readonly dateAdded: Date }) => {
    await db
      .insertInto('accounts')
      .values({ ...account })
      .execute()
  },
  /** Whether the account is more than one user of one agency: then it is its owner's alone. */
  isShared: async (accountId: string, userId: string) => {
    const elsewhere = await db
      .selectFrom('users')
      .select('id')
      .where('accountId', '=', accountId)
      .where('id', '<>', userId)
      .where('deleted', '=', false)
      .limit(1)
      .executeTakeFirst()
    const team = await db
      .selectFrom('developerMembers')
      .select('developerId')
      .where('accountId', '=', accountId)
      .executeTakeFirst()
    return elsewhere !== undefined || team !== undefined
  },
  setPassword: async (id: string, passwordHash: string) => {
    await db.updateTable('accounts').set({ passwordHash }).where('id', '=', id).execute()
  },
  remove: async (id: string) => {
    await db.deleteFrom('accounts').where('id', '=', id).execute()
  },
  /** Two browsers may open the first-run page: the second waits here until the first has become the owner. */
  lockFirstRun: async () => {
    await sql`select pg_advisory_xact_lock(hashtext('groundlevel first run'))`.execute(db)
  },
  nobodyExists: async () => {
    const account = await db.selectFrom('accounts').select('id').limit(1).executeTakeFirst()
    const company = await db.selectFrom('companies').select('id').limit(1).executeTakeFirst()
    return account === undefined && company === undefined
  },
  /** Whether an agency has an owner: until then the first-run page waits. */
  ownerExists: async () => {
    const owner = await db.selectFrom('users').select('id').where('isOwner', '=', true).limit(1).executeTakeFirst()
    return owner !== undefined
  },
})
