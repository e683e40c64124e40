import { type RawBuilder, sql } from 'kysely'
import type { Bound, Condition, Filter, Group } from './language.rules.js'

type Test = RawBuilder<boolean>

/** Where the values of a field lie. Cells of text are lower-cased. */
export type Cell =
  /** One value a record, null where it has none. */
  | {
      readonly in: 'column'
      readonly of: RawBuilder<unknown>
      readonly implied?: Implied
      /** The dates of the cell are text as the wire has it. */
      readonly dates?: 'iso'
    }
  /** An array, empty where it has none. */
  | { readonly in: 'array'; readonly of: RawBuilder<unknown> }
  /** Rows of another table: whether there is one for which the test holds. */
  | {
      readonly in: 'rows'
      readonly some: (test: Test) => Test
      readonly of: RawBuilder<unknown>
      /** The same the other way round: `select id` of every record that has such a row, each once. Absent: it cannot be said. */
      readonly idsOf?: (test: Test) => RawBuilder<unknown>
    }

/** What holds wherever a value is found in a cell, and has an index where the cell itself has none. */
export interface Implied {
  /** By a text that the cell contains. */
  readonly byText?: (pattern: string) => Test
  /** By any value at all. */
  readonly byPresence?: Test
}

/** How the fields of one kind of record are found in the database. */
export interface Cells {
  readonly fields: Readonly<Record<string, Cell>>
  /** A custom field, by what its values are. */
  readonly custom?: (custom: NonNullable<Condition['custom']>, condition: Condition) => Cell
  /** Conditions on other records: whether there is one for which all of them hold. Absent: there are no such records. */
  readonly nested?: Readonly<Record<string, (inner: Group) => Test>>
}

const isNegation = ({ operator }: Condition) => operator.startsWith('not_')

const never = sql<boolean>`false`
const always = sql<boolean>`true`

const likeAny = (text: unknown) => `%${String(text).replace(/[\\%_]/g, '\\$&')}%`

const within = (cell: RawBuilder<unknown>, bounds: readonly Bound[], dates: 'iso' | undefined): Test => {
  const sides = bounds.map(({ than, value }) => {
    const bound = dates === 'iso' && value instanceof Date ? value.toISOString() : value
    return sql`${cell} ${sql.raw(than)} ${bound}`
  })
  return sql<boolean>`(${sql.join(sides, sql` and `)})`
}

const equals = (cell: RawBuilder<unknown>, { type, values }: Condition): Test => {
  if (values.length === 1) return sql<boolean>`${cell} = ${values[0]}`
  const types = { number: sql`double precision[]`, flag: sql`boolean[]` } as const
  const array = type === 'number' || type === 'flag' ? types[type] : sql`text[]`
  return sql<boolean>`${cell} = any(${values}::${array})`
}

/** What the operator says of one value, its negation left aside. */
const holdsOf = (cell: RawBuilder<unknown>, condition: Condition, dates?: 'iso'): Test => {
  const { operator, values, bounds } = condition
  if (operator === 'range') return within(cell, bounds, dates)
  if (operator === 'exists' || operator === 'not_exists') return sql<boolean>`${cell} is not null`
  if (operator === 'eq' || operator === 'not_eq') return equals(cell, condition)
  return sql<boolean>`${cell} like ${likeAny(values[0])}`
}

const inColumn = ({ of, implied = {}, dates }: Extract<Cell, { in: 'column' }>, condition: Condition): Test => {
  const { operator, values } = condition
  if (operator === 'not_exists') return sql<boolean>`${of} is null`
  const holds = holdsOf(of, condition, dates)
  // A record without a value is one that does not have this value.
  if (isNegation(condition)) return sql<boolean>`(${holds}) is not true`
  const byText = operator === 'contains' ? implied.byText?.(likeAny(values[0])) : undefined
  const hints = [implied.byPresence, byText].filter((each) => each !== undefined)
  return sql<boolean>`(${sql.join([...hints, holds], sql` and `)})`
}

const inArray = (cell: RawBuilder<unknown>, { operator, values }: Condition): Test => {
  if (operator === 'exists' || operator === 'not_exists') return sql<boolean>`cardinality(${cell}) > 0`
  if (operator === 'eq' || operator === 'not_eq') return sql<boolean>`${cell} && ${values}::text[]`
  return sql<boolean>`exists (select from unnest(${cell}) each_of where each_of like ${likeAny(values[0])})`
}

const testOf = (cell: Cell, condition: Condition): Test => {
  if (cell.in === 'column') return inColumn(cell, condition)
  const negated = isNegation(condition)
  if (cell.in === 'array') return negated ? sql<boolean>`not (${inArray(cell.of, condition)})` : inArray(cell.of, condition)
  const presence = condition.operator === 'exists' || condition.operator === 'not_exists'
  const some = cell.some(presence ? always : holdsOf(cell.of, condition))
  return negated ? sql<boolean>`not ${some}` : some
}

const cellFor = (condition: Condition, cells: Cells): Cell => {
  const { field, custom } = condition
  const cell = custom ? cells.custom?.(custom, condition) : cells.fields[field]
  // The rules name a field that no cell was made for: a defect of the module, not of the request.
  if (!cell) throw new Error(`The search language has the field ${field}, but its module hands in no cell for it.`)
  return cell
}

const conditionTest = (condition: Condition, cells: Cells): Test => {
  const { field, inner } = condition
  if (inner) return cells.nested?.[field]?.(inner) ?? never
  return testOf(cellFor(condition, cells), condition)
}

const isGroup = (filter: Filter): filter is Group => 'group' in filter

/** A tree of filters as one condition of SQL. Values are bound, names come from the module's own table. */
export const compileFilter = (filter: Filter, cells: Cells): Test => {
  if (!isGroup(filter)) return conditionTest(filter, cells)
  if (filter.filters.length === 0) return always
  const tests = filter.filters.map((each) => compileFilter(each, cells))
  return sql<boolean>`(${sql.join(tests, filter.group === 'OR' ? sql` or ` : sql` and `)})`
}

/** More would make a statement longer than what it spares. */
const mostApart = 8

const flat = (filter: Filter): readonly Filter[] =>
  isGroup(filter) && filter.group === 'AND' ? filter.filters.flatMap(flat) : [filter]

const isChoice = (filter: Filter): filter is Group =>
  isGroup(filter) && filter.filters.length > 1 && filter.filters.length <= mostApart

/**
 * The same condition in parts of which no record meets two, cut where the tree first says OR: each can end early, where
 * PostgreSQL reads all that any member finds before it knows the first record of an OR. Undefined where there is nothing to cut.
 */
export const compileApart = (filter: Filter, cells: Cells): readonly Test[] | undefined => {
  const all = flat(filter)
  const choice = all.find(isChoice)
  if (!choice) return undefined
  const beside = all.filter((each) => each !== choice).map((each) => compileFilter(each, cells))
  const members = choice.filters.map((each) => compileFilter(each, cells))
  return members.map((member, at) => {
    const earlier = members.slice(0, at).map((each) => sql<boolean>`${each} is not true`)
    return sql<boolean>`(${sql.join([member, ...earlier, ...beside], sql` and `)})`
  })
}

/**
 * The ids of the records that a tree finds, where it is a single condition on rows of another table: they are found there
 * without a look at the records. Undefined where it is more than that.
 */
export const idsBeside = (filter: Filter, cells: Cells): RawBuilder<unknown> | undefined => {
  if (isGroup(filter)) {
    const [only, second] = filter.filters
    return only && !second ? idsBeside(only, cells) : undefined
  }
  if (filter.inner || isNegation(filter)) return undefined
  const cell = cellFor(filter, cells)
  if (cell.in !== 'rows') return undefined
  return cell.idsOf?.(filter.operator === 'exists' ? always : holdsOf(cell.of, filter))
}
