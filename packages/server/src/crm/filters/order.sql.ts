import { type RawBuilder, sql } from 'kysely'
import type { CursorValue, Order, SortKey } from './sort.rules.js'

type Test = RawBuilder<boolean>

/** How the fields of an order are found in the database. Text cells are lower-cased or have one case only. */
export interface SortCells {
  readonly fields: Readonly<Record<string, RawBuilder<unknown>>>
  readonly id: RawBuilder<string>
  /** What holds wherever a field is not empty, and has an index. */
  readonly implied?: Readonly<Record<string, Test>>
}

export interface Start {
  /** Goes on after this row. */
  readonly cursor?: readonly CursorValue[] | undefined
  /** Or leaves so many out. */
  readonly offset: number
  readonly limit: number
}

const cellOf = ({ field }: SortKey, { fields }: SortCells) => {
  const cell = fields[field]
  if (!cell) throw new Error(`The order has the field ${field}, but its module hands in no cell for it.`)
  return cell
}

/** Text is ordered by its bytes, whatever the database's locale, so that the indexes for prefixes serve orders too. */
const beyondOperator = ({ type, descending }: SortKey) =>
  type === 'text' ? (descending ? sql`operator(pg_catalog.~<~)` : sql`operator(pg_catalog.~>~)`) : descending ? sql`<` : sql`>`

const direction = ({ type, descending }: SortKey) =>
  type === 'text' ? (descending ? sql`using ~>~` : sql`using ~<~`) : descending ? sql`desc` : sql`asc`

const idDescends = ({ keys }: Order) => keys[0]?.descending ?? true
const idOrder = (order: Order, { id }: SortCells) => (idDescends(order) ? sql`${id} desc` : sql`${id} asc`)

/** Inside a part whose first field is all there or all empty; a flag has one value there. */
const orderInPart = (order: Order, cells: SortCells) => {
  const [first, ...rest] = order.keys as [SortKey, ...SortKey[]]
  const others = rest.map((key) => sql`${cellOf(key, cells)} ${direction(key)}${key.nullable ? sql` nulls last` : sql``}`)
  const own = first.type === 'flag' ? [] : [sql`${cellOf(first, cells)} ${direction(first)}`]
  return sql.join([...own, ...others, idOrder(order, cells)])
}

/** The order of the rows of a page, empty cells last. */
export const orderBy = (order: Order, cells: SortCells): RawBuilder<unknown> => {
  const keys = order.keys.map((key) => sql`${cellOf(key, cells)} ${direction(key)}${key.nullable ? sql` nulls last` : sql``}`)
  return sql.join([...keys, idOrder(order, cells)])
}

/** What a row answers as its `searchAfter`: dates in milliseconds. */
export const searchAfterOf = (order: Order, cells: SortCells): RawBuilder<unknown> => {
  const values = order.keys.map((key) =>
    key.type === 'date' ? sql`(extract(epoch from ${cellOf(key, cells)}) * 1000)::bigint` : cellOf(key, cells),
  )
  return sql`json_build_array(${sql.join([...values, cells.id])})`
}

/** Rows after the rest of a cursor, among those that are level with its beginning. */
const afterRest = (keys: readonly SortKey[], values: readonly CursorValue[], order: Order, cells: SortCells): Test => {
  const [key, ...rest] = keys
  const [value, ...others] = values
  if (!key) return idDescends(order) ? sql<boolean>`${cells.id} < ${value}` : sql<boolean>`${cells.id} > ${value}`
  const cell = cellOf(key, cells)
  const deeper = afterRest(rest, others, order, cells)
  if (value === null) return sql<boolean>`(${cell} is null and ${deeper})`
  const beyond = sql`${cell} ${beyondOperator(key)} ${value}`
  return sql<boolean>`(${beyond}${key.nullable ? sql` or ${cell} is null` : sql``} or (${cell} = ${value} and ${deeper}))`
}

/** The parts of a result, one after the other, each a range of the first field's index. */
const partsOf = (order: Order, cells: SortCells, cursor: readonly CursorValue[] | undefined): Test[] => {
  const [first, ...rest] = order.keys as [SortKey, ...SortKey[]]
  const cell = cellOf(first, cells)
  const empty = sql<boolean>`${cell} is null`
  const there = sql<boolean>`${cells.implied?.[first.field] ?? sql`true`} and ${cell} is not null`
  // Two values: each is a part of its own, in which the id alone decides.
  const flags = [first.descending, !first.descending].map((flag) => sql<boolean>`${flag ? cell : sql`not ${cell}`}`)
  if (!cursor) return first.type === 'flag' ? flags : first.nullable ? [there, empty] : [sql<boolean>`true`]
  const [value, ...others] = cursor
  const level = afterRest(rest, others, order, cells)
  if (value === null) return [sql<boolean>`${empty} and ${level}`]
  if (first.type === 'flag') {
    const at = value === first.descending ? 0 : 1
    return [sql<boolean>`${flags[at]} and ${level}`, ...flags.slice(at + 1)]
  }
  const parts = [sql<boolean>`${cell} = ${value} and ${level}`, sql<boolean>`${cell} ${beyondOperator(first)} ${value}`]
  return first.nullable ? [...parts, empty] : parts
}

/**
 * Ids of one page: `select id` to be put behind `id in`. Each part is read only where those before it did not fill the page,
 * so that a page costs what it shows, however deep it lies and however many rows are level.
 */
export const idsOfPage = (
  from: RawBuilder<unknown>,
  where: Test,
  order: Order,
  cells: SortCells,
  { cursor, offset, limit }: Start,
): RawBuilder<unknown> => {
  const wanted = offset + limit
  const sorted = orderInPart(order, cells)
  const parts = partsOf(order, cells, cursor)
  const [only] = parts
  const rows = (part: Test, enough: RawBuilder<unknown>) =>
    sql`select ${cells.id} as id from ${from} where ${where} and ${part}${enough} order by ${sorted}`
  if (parts.length === 1 && only) return sql`${rows(only, sql``)} limit ${sql.lit(limit)} offset ${sql.lit(offset)}`
  const name = (at: number) => sql.ref(`part${at}`)
  const found = (before: number) =>
    sql.join(
      Array.from({ length: before }, (_, at) => sql`(select count(*) from ${name(at)})`),
      sql` + `,
    )
  const tables = parts.map((part, at) => {
    const enough = at === 0 ? sql`` : sql` and ${found(at)} < ${sql.lit(wanted)}`
    return sql`${name(at)} as materialized (select id, row_number() over () as nth from (${rows(part, enough)} limit ${sql.lit(wanted)}) o)`
  })
  const all = parts.map((_, at) => sql`select id, ${sql.lit(at)} as part, nth from ${name(at)}`)
  return sql`with ${sql.join(tables)} select id from (${sql.join(all, sql` union all `)}) a
    order by part, nth limit ${sql.lit(limit)} offset ${sql.lit(offset)}`
}
