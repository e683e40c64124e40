import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one, sparseRows } from '../../database/wire.js'
import type { Kept } from './snapshots.rules.js'

const { Snapshot, SnapshotPush, SnapshotPushLatest, SnapshotRow } = shapes

/** A list without paging needs an end. */
const mostSnapshots = 1000
const mostAssets = 100_000
const rowsAtOnce = 1000

const held = sql<unknown>`coalesce((
  select jsonb_object_agg(k.kind, k.assets) from (
    select a.kind, jsonb_agg(jsonb_build_object('id', a."assetId", 'key', a.key, 'name', a.name) order by a.key) as assets
    from "snapshotAssets" a where a."snapshotId" = snapshots.id group by a.kind
  ) k), '{}')`.as('assets')

const source = sql<string | null>`"sourceLocationId"`.as('locationId')

export interface NewSnapshot {
  readonly id: string
  readonly name: string
  readonly sourceLocationId: string
}

/** Snapshots of one agency. */
export const snapshotsOf = (db: Db, companyId: string) => {
  const mine = db.selectFrom('snapshots').where('companyId', '=', companyId)
  return {
    list: () =>
      sparseRows(db, SnapshotRow, mine.selectAll().orderBy('dateAdded', 'desc').orderBy('id').limit(sql.lit(mostSnapshots))),
    find: (id: string) => one(db, Snapshot, mine.selectAll().select([held, source]).where('id', '=', id)),
    /** Without its assets; it stays while the transaction runs. */
    hold: (id: string) => mine.selectAll().where('id', '=', id).forKeyShare().executeTakeFirst(),
    row: (id: string) => mine.selectAll().where('id', '=', id).executeTakeFirst(),
    add: async (row: NewSnapshot, assets: readonly Kept[], now: Date): Promise<void> => {
      await db
        .insertInto('snapshots')
        .values({ ...row, companyId, type: 'own', dateAdded: now, dateUpdated: now })
        .execute()
      for (let at = 0; at < assets.length; at += rowsAtOnce)
        await db
          .insertInto('snapshotAssets')
          .values(
            assets.slice(at, at + rowsAtOnce).map(({ id, kind, key, name, data, changedAt }) => ({
              snapshotId: row.id,
              kind,
              key,
              assetId: id,
              name,
              data: JSON.stringify(data),
              changedAt,
            })),
          )
          .execute()
    },
    remove: async (id: string): Promise<boolean> => {
      const gone = db.deleteFrom('snapshots').where('companyId', '=', companyId).where('id', '=', id)
      return (await gone.executeTakeFirst()).numDeletedRows > 0n
    },
    share: async (row: {
      readonly id: string
      readonly snapshotId: string
      readonly shareType: string
      readonly relationshipNumbers: string[]
      readonly locationIds: string[]
      readonly dateAdded: Date
    }): Promise<void> => {
      await db
        .insertInto('snapshotShares')
        .values({ ...row, companyId })
        .execute()
    },
  }
}

/** Everything that a snapshot holds, or what it holds of one kind. */
export const assetsOf = async (db: Db, snapshotId: string, kind?: string): Promise<Kept[]> => {
  const all = db.selectFrom('snapshotAssets').where('snapshotId', '=', snapshotId)
  const asked = kind === undefined ? all : all.where('kind', '=', kind)
  const rows = await asked.selectAll().orderBy('kind').orderBy('key').limit(sql.lit(mostAssets)).execute()
  return rows.map(({ assetId, data, snapshotId: _, ...row }) => ({ ...row, id: assetId, data: data as Kept['data'] }))
}

export interface NewPush {
  readonly id: string
  readonly locationId: string
  readonly snapshotId: string
  readonly override: boolean
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
      // Ids rise with time, so the page goes on below the last one.
      if (asked.lastDoc) rows = rows.where('id', '<', asked.lastDoc)
      return sparseRows(db, SnapshotPush, rows.selectAll().orderBy('id', 'desc').limit(sql.lit(limit)))
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
