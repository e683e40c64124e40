import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one, sparseRows } from '../../database/wire.js'
import type { Kept } from './snapshots.rules.js'

const { Snapshot, SnapshotEntry, SnapshotRow } = shapes

/** A list without paging needs an end. */
const mostSnapshots = 1000
const mostAssets = 100_000
const rowsAtOnce = 1000
/** Of each kind, where somebody only wants to know what it is. */
const mostNamed = 30

const held = sql<unknown>`coalesce((
  select jsonb_object_agg(k.kind, k.assets) from (
    select a.kind, jsonb_agg(jsonb_build_object('id', a."assetId", 'key', a.key, 'name', a.name) order by a.key) as assets
    from "snapshotAssets" a where a."snapshotId" = snapshots.id group by a.kind
  ) k), '{}')`.as('assets')

const source = sql<string | null>`"sourceLocationId"`.as('locationId')

const entryCounts = sql<unknown>`coalesce((
  select jsonb_object_agg(k.kind, k.n) from (
    select a.kind, count(*) as n from "snapshotAssets" a where a."snapshotId" = snapshots.id group by a.kind
  ) k), '{}')`.as('counts')

const assetCount = sql<number>`(select count(*) from "snapshotAssets" a where a."snapshotId" = snapshots.id)::int`.as(
  'assetCount',
)

/** What comes after a row, newest first, even where several are of one moment; nothing where the row is another agency's. */
export const olderThan = (table: 'snapshots' | 'snapshotPushes', companyId: string, id: string) =>
  sql<boolean>`("dateAdded", id) < (select l."dateAdded", l.id from ${sql.table(table)} l where l."companyId" = ${companyId} and l.id = ${id})`

const before = (companyId: string, locationId: string) => sql`select p.id from snapshots p
  where p."companyId" = ${companyId} and p."sourceLocationId" = ${locationId}
    and (p."dateAdded", p.id) < (snapshots."dateAdded", snapshots.id)
  order by p."dateAdded" desc, p.id desc limit 1`

/** Against the snapshot before it. Ids of one sub-account never change, so its snapshots are compared as they lie. */
const since = (companyId: string, locationId: string) =>
  sql<unknown>`(
  select jsonb_build_object(
      'added', count(*) filter (where b.key is null),
      'removed', count(*) filter (where a.key is null),
      'changed', count(*) filter (where a.data <> b.data))
    from (select kind, key, data from "snapshotAssets" where "snapshotId" = snapshots.id) a
    full join (select kind, key, data from "snapshotAssets" where "snapshotId" = (${before(companyId, locationId)})) b
      on b.kind = a.kind and b.key = a.key
    where exists (${before(companyId, locationId)}))`.as('since')

export interface NewSnapshot {
  readonly id: string
  readonly name: string
  readonly sourceLocationId: string | null
  readonly type: 'own' | 'imported'
  /** By which an app brings it. */
  readonly shareId?: string
}

/** What is asked of the list with counts. */
export interface HistoryQuestion {
  readonly locationId?: string | undefined
  readonly query?: string | undefined
  readonly lastDoc?: string | undefined
  readonly limit: number
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
    /** The copy of what an app brings; nobody else takes one until the transaction ends. */
    copyOf: async (shareId: string): Promise<string | undefined> => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`${companyId} ${shareId}`}, 38))`.execute(db)
      return (await mine.select('id').where('shareId', '=', shareId).executeTakeFirst())?.id
    },
    row: (id: string) => mine.selectAll().where('id', '=', id).executeTakeFirst(),
    /** With what each holds; of one sub-account with what changed from each to the next. */
    history: ({ locationId, query, lastDoc, limit }: HistoryQuestion) => {
      let rows = mine
      if (locationId !== undefined) rows = rows.where('sourceLocationId', '=', locationId)
      if (query) rows = rows.where(sql<boolean>`position(lower(${query}) in lower(name)) > 0`)
      if (lastDoc) rows = rows.where(olderThan('snapshots', companyId, lastDoc))
      const changes = locationId === undefined ? sql<null>`null::jsonb`.as('since') : since(companyId, locationId)
      const entries = rows.selectAll().select([source, assetCount, entryCounts, changes])
      return sparseRows(db, SnapshotEntry, entries.orderBy('dateAdded', 'desc').orderBy('id', 'desc').limit(sql.lit(limit)))
    },
    add: async (row: NewSnapshot, assets: readonly Kept[], now: Date): Promise<void> => {
      await db
        .insertInto('snapshots')
        .values({ ...row, companyId, dateAdded: now, dateUpdated: now })
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
  }
}

/** Everything that a snapshot holds, or what it holds of one kind. */
export const assetsOf = async (db: Db, snapshotId: string, kind?: string): Promise<Kept[]> => {
  const all = db.selectFrom('snapshotAssets').where('snapshotId', '=', snapshotId)
  const asked = kind === undefined ? all : all.where('kind', '=', kind)
  const rows = await asked.selectAll().orderBy('kind').orderBy('key').limit(sql.lit(mostAssets)).execute()
  return rows.map(({ assetId, data, snapshotId: _, ...row }) => ({ ...row, id: assetId, data: data as Kept['data'] }))
}

/** What a snapshot holds, by kind: how many, and the first names. */
export const kindsOf = (db: Db, snapshotId: string) =>
  db
    .selectFrom('snapshotAssets')
    .select(['kind', sql<number>`count(*)::int`.as('count')])
    .select(sql<string[]>`(array_agg(name order by key))[1:${sql.lit(mostNamed)}]`.as('names'))
    .where('snapshotId', '=', snapshotId)
    .groupBy('kind')
    .orderBy('kind')
    .limit(sql.lit(100))
    .execute()
