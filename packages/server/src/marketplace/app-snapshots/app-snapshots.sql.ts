import type { Db } from '../../database/wire.js'

/** The share link by which an app brings a snapshot; one an app. */
export const appSnapshotOf = (db: Db, appId: string) => {
  const mine = db.selectFrom('appSnapshots').where('appId', '=', appId)
  return {
    shareId: async (): Promise<string | undefined> => (await mine.select('shareId').executeTakeFirst())?.shareId,
    put: async (shareId: string, dateAdded: Date): Promise<void> => {
      await db
        .insertInto('appSnapshots')
        .values({ appId, shareId, dateAdded })
        .onConflict((conflict) => conflict.column('appId').doUpdateSet({ shareId, dateAdded }))
        .execute()
    },
    remove: async (): Promise<boolean> => {
      const gone = await db.deleteFrom('appSnapshots').where('appId', '=', appId).executeTakeFirst()
      return gone.numDeletedRows > 0n
    },
  }
}
