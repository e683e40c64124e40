import { Json, type RowOf, type Static, type TObject, type TSchema } from '@groundlevel/contract-kit'
import { type CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely'
import type { Tables } from './tables.js'
import { type Readable, together } from './together.js'

/** The pool for reads, a transaction for changes: a query does not know which. */
export type Db = Kysely<Tables>

/** Columns that a query must select for a shape. Types of cells are the database's business, names are ours. */
export type Cells<S extends TObject> = { readonly [K in keyof Static<S>]-?: unknown }

const isDateTime = (schema: TSchema) => {
  const all = [schema, ...((schema as { anyOf?: TSchema[] }).anyOf ?? [])]
  return all.some((each) => (each as { format?: string }).format === 'date-time')
}

const nullable = (schema: TSchema) =>
  ((schema as { anyOf?: { type?: string }[] }).anyOf ?? []).some((each) => each.type === 'null')

const column = (name: string, schema: TSchema) =>
  isDateTime(schema) ? sql`iso(${sql.ref(name)}) as ${sql.ref(name)}` : sql.ref(name)

const columnsOf = (fields: [string, TSchema][]) => sql.join(fields.map(([name, schema]) => column(name, schema)))

const objectOf = (fields: [string, TSchema][]) => sql`row_to_json((select o from (select ${columnsOf(fields)}) o))`

interface Projection {
  /** The columns of every field, in the shape's order. */
  readonly columns: RawBuilder<unknown>
  /** Empty fields left out, but for those that the shape declares as null. */
  readonly sparse: RawBuilder<unknown>
}

const projections = new WeakMap<TObject, Projection>()

const projectionOf = (shape: TObject): Projection => {
  const known = projections.get(shape)
  if (known) return known
  const fields = Object.entries(shape.properties)
  const kept = fields.filter(([, schema]) => nullable(schema) && !('~optional' in schema))
  const stripped = fields.filter((field) => !kept.includes(field))
  const sparse = sql`json_strip_nulls(${objectOf(stripped)})::text`
  const made = {
    columns: columnsOf(fields),
    sparse: kept.length === 0 ? sparse : sql`left(${sparse}, -1) || ',' || substr(${objectOf(kept)}::text, 2)`,
  }
  projections.set(shape, made)
  return made
}

interface Query<R> {
  compile(): CompiledQuery<R>
}

interface OneRow {
  readonly j: string
}

const selectOne = <S extends TObject>(shape: S, query: Query<Cells<S>>) =>
  sql<OneRow>`with c as (${query as unknown as RawBuilder<unknown>}) select ${projectionOf(shape).sparse} as j from c`

const foundOne = <S extends TObject>([row]: readonly OneRow[]) => row && new Json<Static<S>>(row.j)

/** The one row of a query as wire JSON, its empty fields left out; undefined where there is none. */
export async function one<S extends TObject, R extends Cells<S>>(
  db: Db,
  shape: S,
  query: Query<R>,
): Promise<Json<Static<S>> | undefined> {
  return foundOne<S>((await selectOne(shape, query).execute(db)).rows)
}

/** `one`, compiled once and read together with others (see `together`). */
export const preparedOne = <S extends TObject, const V extends readonly string[]>(
  shape: S,
  build: (db: Db, ...values: V) => Query<Cells<S>>,
) => {
  return together(build.length, (db, ...values: V) => compilable(db, selectOne(shape, build(db, ...values))), foundOne<S>)
}

/** Every row of a query as wire JSON of its own, empty fields left out: for events, of which each row is one. */
export async function each<S extends TObject, R extends Cells<S>>(
  db: Db,
  shape: S,
  query: { compile(): CompiledQuery<R> },
): Promise<Json<Static<S>>[]> {
  const { rows } = await sql<{
    j: string
  }>`with c as (${query as unknown as RawBuilder<R>}) select ${projectionOf(shape).sparse} as j from c`.execute(db)
  return rows.map(({ j }) => new Json<Static<S>>(j))
}

export interface PageOptions {
  /** Each filter makes a text of its own: marked, so that the pool keeps no plan for it. */
  readonly search?: boolean
  /** A number to answer beside the rows, in the same round trip. */
  readonly total?: RawBuilder<number>
}

interface PageRow {
  readonly items: string
  readonly size: number
  readonly end: string | null
  readonly total: number
}

// `offset 0` keeps the planner from folding the inner query into the outer one, which would make each row's JSON twice.
const selectPage = <S extends TObject>(
  shape: S,
  query: Query<Cells<S>>,
  { search = false, total = sql<number>`0` }: PageOptions,
) => {
  const mark = search ? sql`/* search */ ` : sql``
  return sql<PageRow>`${mark}with c as (${query as unknown as RawBuilder<unknown>})
    select '[' || coalesce(string_agg(j, ','), '') || ']' as items, count(*)::int as size, (array_agg(j))[count(*)] as end, (${total}) as total
    from (select row_to_json(o)::text as j from (select ${projectionOf(shape).columns} from c) o offset 0) r`
}

const foundPage = <S extends TObject>(rows: readonly PageRow[]) => {
  const { items, size, end, total } = rows[0] as PageRow
  return {
    items: new Json<RowOf<Static<S>>[]>(items),
    size,
    last: end === null ? undefined : (JSON.parse(end) as RowOf<Static<S>>),
    total,
  }
}

/** The rows of a query as one wire JSON array with every field there, the last row for the cursor, and a total if one was asked for. */
export async function page<S extends TObject, R extends Cells<S>>(db: Db, shape: S, query: Query<R>, options: PageOptions = {}) {
  return foundPage<S>((await selectPage(shape, query, options).execute(db)).rows)
}

/** `page`, compiled once and read together with others (see `together`). */
export const preparedPage = <S extends TObject, const V extends readonly string[]>(
  shape: S,
  build: (db: Db, ...values: V) => { readonly query: Query<Cells<S>>; readonly total?: RawBuilder<number> },
) => {
  const select = (db: Db, ...values: V) => {
    const { query, total } = build(db, ...values)
    return compilable(db, selectPage(shape, query, { total }))
  }
  return together(build.length, select, foundPage<S>)
}

/** The rows of a short list without cursor, each with its empty fields left out, as a single reply has them. */
export async function sparseRows<S extends TObject, R extends Cells<S>>(
  db: Db,
  shape: S,
  query: { compile(): CompiledQuery<R> },
): Promise<Json<Static<S>[]>> {
  const { rows } = await sql<{ items: string }>`with c as (${query as unknown as RawBuilder<R>})
    select '[' || coalesce(string_agg(j, ','), '') || ']' as items from (select ${projectionOf(shape).sparse} as j from c) o`.execute(
    db,
  )
  return new Json<Static<S>[]>((rows[0] as { items: string }).items)
}

const compilable = <R>(db: Db, raw: RawBuilder<R>): Readable<R> => ({
  compile: () => raw.compile(db),
  toOperationNode: () => raw.toOperationNode(),
})
