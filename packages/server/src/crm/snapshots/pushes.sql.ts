import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one, sparseRows } from '../../database/wire.js'
import { olderThan } from './snapshots.sql.js'

const { SnapshotPush, SnapshotPushLatest } = shapes

export interface NewPush {
  readonly id: string
  readonly locationId: string
  readonly snapshotId: string
  readonly override: boolean
  readonly overrideKinds: string[]
  readonly pending: string[]
}

/** Pushes of snapshots of one agency. */
export const pushesOf = (db: Db, companyId: string) => {
  const mine = db.selectFrom('snapshotPushes').where('companyId', '=', companyId)
  return {
    add: async (rows: readonly NewPush[], now: Date): Promise<void> => {
      const more = { companyId, status: 'pending', completed: [], ids: '{}', problem: null, dateAdded: now, dateUpdated: now }
      await db
        .insertInto('snapshotPushes')
        .values(rows.map((row) => ({ ...row, ...more })))
        .execute()
    },
    several: (ids: readonly string[]) =>
      sparseRows(
        db,
        SnapshotPush,
        mine
          .selectAll()
          .where(sql<boolean>`id = any(${sql.val([...ids])}::text[])`)
          .orderBy('id')
          .limit(sql.lit(1000)),
      ),
    list: (
      snapshotId: string,
      asked: { readonly from?: Date | undefined; readonly to?: Date | undefined; readonly lastDoc?: string | undefined },
      limit: number,
    ) => {
      let rows = mine.where('snapshotId', '=', snapshotId)
      if (asked.from) rows = rows.where('dateAdded', '>=', asked.from)
      if (asked.to) rows = rows.where('dateAdded', '<=', asked.to)
      if (asked.lastDoc) rows = rows.where(olderThan('snapshotPushes', companyId, asked.lastDoc))
      return sparseRows(
        db,
        SnapshotPush,
        rows.selectAll().orderBy('dateAdded', 'desc').orderBy('id', 'desc').limit(sql.lit(limit)),
      )
    },
    latest: (snapshotId: string, locationId: string) =>
      one(
        db,
        SnapshotPushLatest,
        mine
          .selectAll()
          .where('snapshotId', '=', snapshotId)
          .where('locationId', '=', locationId)
          .orderBy('dateAdded', 'desc')
          .orderBy('id', 'desc')
          .limit(sql.lit(1)),
      ),
  }
}

/** One push that has something to do, held by this transaction; others take other ones meanwhile. */
export const duePush = (db: Db) =>
  db
    .selectFrom('snapshotPushes')
    .selectAll()
    .where('status', 'in', ['pending', 'processing'])
    .orderBy('dateAdded')
    .limit(sql.lit(1))
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()

export type DuePush = NonNullable<Awaited<ReturnType<typeof duePush>>>

export interface PushProgress {
  readonly status: string
  readonly completed?: string[]
  readonly pending?: string[]
  readonly ids?: string
  readonly problem?: string
  readonly dateUpdated: Date
}

export const advancePush = async (db: Db, { companyId, id }: { companyId: string; id: string }, progress: PushProgress) => {
  await db.updateTable('snapshotPushes').set(progress).where('companyId', '=', companyId).where('id', '=', id).execute()
}
