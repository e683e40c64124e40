import type { Db } from '../../database/wire.js'

export const developersOf = (db: Db) => ({
  ofAccount: async (accountId: string) => {
    const rows = await db.selectFrom('developerMembers').select('developerId').where('accountId', '=', accountId).execute()
    return rows.map((row) => row.developerId)
  },
  name: async (id: string) => (await db.selectFrom('developers').select('name').where('id', '=', id).executeTakeFirst())?.name,
  add: async (id: string, name: string, ownerAccountId: string, dateAdded: Date) => {
    await db.insertInto('developers').values({ id, name, dateAdded }).execute()
    await db.insertInto('developerMembers').values({ developerId: id, accountId: ownerAccountId, role: 'owner' }).execute()
  },
})
