import { sql } from 'kysely'
import type { Db } from './wire.js'

/** One thing that is set up in a sub-account, so that it can be set up in another. */
export interface Asset {
  readonly id: string
  /** What it is known by in any sub-account: its name, its slug, its field key. */
  readonly key: string
  readonly name: string
  readonly data: Readonly<Record<string, unknown>>
  readonly changedAt: Date | null
}

export interface PutOptions {
  /** Whether what is there by the same key becomes like the asset; else it stays as it is. */
  readonly override: boolean
  readonly now: Date
}

/** A kind of things that snapshots carry. Rooms make theirs with `rowAssets` and export it. */
export interface AssetKind {
  readonly kind: string
  list(db: Db, locationId: string): Promise<readonly Asset[]>
  /** Brings assets into a sub-account. @returns its ids by the assets' */
  put(db: Db, locationId: string, assets: readonly Asset[], options: PutOptions): Promise<ReadonlyMap<string, string>>
}

interface RowsOf {
  readonly kind: string
  /** A table of the room that says this. */
  readonly table: string
  readonly id?: 'id' | '_id'
  /** SQL over the columns of `t`; of two rows with one key the later is numbered, and so is one whose own key ends in a number. */
  readonly key: string
  /** Column by which those of one key are numbered, before the id. Default: the first of `created`. */
  readonly numberedBy?: string
  /** Column, or SQL over `t`, that people know it by. Default: `name`. */
  readonly name?: string
  /** What is carried. */
  readonly columns: readonly string[]
  /** Columns that are set to the moment of the push. */
  readonly created?: readonly string[]
  /** The one that tells when it last changed. */
  readonly changed?: string
  /** SQL over `t`: which rows there are. */
  readonly where?: string
  /** Columns that are the same in every copy, such as the status of what begins as a draft. */
  readonly fixed?: Readonly<Record<string, unknown>>
  newId(now: Date): string
}

/** More things of one kind than a sub-account has. */
const most = 20_000

/**
 * Which of its key each is: a number that ends a key says so where the snapshot holds the key without it too. The moments
 * in which they are made follow it, a millisecond apart, since ids of one moment are in no order.
 */
const placesIn = (assets: readonly Asset[]): ReadonlyMap<string, number> => {
  const keys = new Set(assets.map(({ key }) => key))
  const placeOf = (key: string) => {
    const [, base = '', number = ''] = /^(.*)#(\d+)$/s.exec(key) ?? []
    return keys.has(base) || keys.has(`${base}#1`) ? Math.min(Number(number), assets.length) - 1 : 0
  }
  return new Map(assets.map(({ key }) => [key, placeOf(key)]))
}

const refs = (names: readonly string[], from = '') => sql.join(names.map((name) => sql.ref(from ? `${from}.${name}` : name)))

/** Rows of one table as assets. Every statement takes all of them at once. */
export const rowAssets = (rows: RowsOf): AssetKind => {
  const { kind, table, key, columns, created = [], changed, where = 'true', fixed = {}, newId } = rows
  const id = rows.id ?? 'id'
  const numberedBy = rows.numberedBy ?? created[0] ?? id
  const label = rows.name ?? 't.name'

  const list = async (db: Db, locationId: string): Promise<readonly Asset[]> => {
    const numbered = sql`k.key || case when k.number > 1 or k.key ~ '#[0-9]+$' then '#' || k.number else '' end`
    const { rows: found } = await sql<Asset>`
      select k.id, ${numbered} as key, k.name, k."changedAt",
        (select jsonb_object_agg(e.key, e.value) from jsonb_each(k.row) e where e.key = any(${sql.val([...columns])}::text[])) as data
      from (
        select t.${sql.ref(id)}::text as id, (${sql.raw(key)})::text as key, (${sql.raw(label)})::text as name, to_jsonb(t) as row,
          ${changed ? sql.ref(`t.${changed}`) : sql`null::timestamptz`} as "changedAt",
          row_number() over (partition by (${sql.raw(key)}) order by t.${sql.ref(numberedBy)}, t.${sql.ref(id)}) as number
        from ${sql.table(table)} t where t."locationId" = ${locationId} and (${sql.raw(where)})
      ) k order by key limit ${sql.lit(most)}`.execute(db)
    return found
  }

  const insert = (db: Db, written: readonly object[]) => {
    const all = ['locationId', id, ...columns, ...created, ...Object.keys(fixed).filter((name) => !columns.includes(name))]
    return sql`insert into ${sql.table(table)} (${refs(all)})
      select ${refs(all)} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(written)}::jsonb)
      on conflict do nothing`.execute(db)
  }

  const update = (db: Db, locationId: string, written: readonly object[]) => {
    const set = [...columns, ...(changed ? [changed] : [])].map((name) => sql`${sql.ref(name)} = r.${sql.ref(name)}`)
    return sql`update ${sql.table(table)} t set ${sql.join(set)}
      from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(written)}::jsonb) r
      where t."locationId" = ${locationId} and t.${sql.ref(id)} = r.${sql.ref(id)}`.execute(db)
  }

  return {
    kind,
    list,
    put: async (db, locationId, assets, { override, now }) => {
      const there = new Map((await list(db, locationId)).map((asset) => [asset.key, asset.id]))
      const places = placesIn(assets)
      const madeAt = ({ key: known }: Asset) => new Date(now.getTime() + (places.get(known) ?? 0))
      const dates = (asset: Asset) => Object.fromEntries(created.map((name) => [name, madeAt(asset).toISOString()]))
      const ids = new Map(assets.map((asset) => [asset.id, there.get(asset.key) ?? newId(madeAt(asset))]))
      const row = (asset: Asset) => ({ ...asset.data, ...dates(asset), ...fixed, locationId, [id]: ids.get(asset.id) })
      const added = assets.filter((asset) => !there.has(asset.key))
      const known = assets.filter((asset) => there.has(asset.key))
      if (added.length > 0) await insert(db, added.map(row))
      if (override && known.length > 0) await update(db, locationId, known.map(row))
      return ids
    },
  }
}
