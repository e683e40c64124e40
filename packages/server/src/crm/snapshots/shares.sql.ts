import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'

export interface NewShare {
  readonly id: string
  readonly snapshotId: string
  readonly shareType: string
  readonly relationshipNumbers: string[]
  readonly locationIds: string[]
}

/** Share links of one agency's snapshots. */
export const sharesOf = (db: Db, companyId: string) => ({
  add: async (row: NewShare, dateAdded: Date): Promise<void> => {
    await db
      .insertInto('snapshotShares')
      .values({ ...row, companyId, dateAdded })
      .execute()
  },
  list: (snapshotId: string) =>
    db
      .selectFrom('snapshotShares')
      .selectAll()
      .where('companyId', '=', companyId)
      .where('snapshotId', '=', snapshotId)
      .orderBy('dateAdded', 'desc')
      .orderBy('id', 'desc')
      .limit(sql.lit(200))
      .execute(),
  revoke: async (id: string): Promise<boolean> => {
    const gone = db.deleteFrom('snapshotShares').where('companyId', '=', companyId).where('id', '=', id)
    return (await gone.executeTakeFirst()).numDeletedRows > 0n
  },
})

/** What a share link leads to. Whoever holds the link may ask, so no agency is bound; the rules say who is answered. */
export const sharedBy = (db: Db, shareId: string) =>
  db
    .selectFrom('snapshotShares')
    .innerJoin('snapshots', 'snapshots.id', 'snapshotShares.snapshotId')
    .where('snapshotShares.id', '=', shareId)
    .select(['snapshotShares.id', 'snapshotShares.companyId', 'shareType', 'relationshipNumbers', 'locationIds', 'timesUsed'])
    .select(['snapshotId', 'snapshots.name', 'snapshots.dateAdded'])
    .select(
      sql<Record<string, number>>`coalesce((select jsonb_object_agg(k.kind, k.n) from (
        select a.kind, count(*) as n from "snapshotAssets" a where a."snapshotId" = snapshots.id group by a.kind) k), '{}')`.as(
        'counts',
      ),
    )
    .executeTakeFirst()

/** Counts one use of a link; of two that come at once to a link for one, one is refused. @returns whether it was still good */
export const useUp = async (db: Db, shareId: string): Promise<boolean> => {
  const counted = db
    .updateTable('snapshotShares')
    .set({ timesUsed: sql<number>`"timesUsed" + 1` })
    .where('id', '=', shareId)
    .where(sql<boolean>`("shareType" <> 'link' or "timesUsed" = 0)`)
  return (await counted.executeTakeFirst()).numUpdatedRows > 0n
}
