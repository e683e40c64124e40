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
