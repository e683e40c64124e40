import { badRequest, unprocessable } from '@groundlevel/contract-kit'

export interface SortRule {
  readonly type: 'text' | 'date' | 'flag' | 'number'
  /** Empty cells come last in either direction. */
  readonly nullable: boolean
}

export type SortRules = Readonly<Record<string, SortRule>>

export interface SortKey extends SortRule {
  readonly field: string
  readonly descending: boolean
}

export type CursorValue = string | number | boolean | Date | null

/** The order of a search. The id is its last word, in the direction of the first field. */
export interface Order {
  readonly keys: readonly SortKey[]
}

interface Wish {
  readonly field: string
  readonly direction: 'asc' | 'desc'
}

/**
 * The order of a search: what was asked for, or `fallback`.
 *
 * @throws WireError 422 for a field that nothing can be sorted by
 */
export const orderOf = (sort: readonly Wish[] | undefined, rules: SortRules, fallback: Wish): Order => {
  const wished = sort && sort.length > 0 ? sort : [fallback]
  const unknown = wished.flatMap(({ field }, at) =>
    Object.hasOwn(rules, field)
      ? []
      : [`sort.${at}.field ${JSON.stringify(field)} cannot be sorted by; use ${Object.keys(rules).join(', ')}`],
  )
  if (unknown.length > 0) throw unprocessable(unknown)
  return {
    keys: wished.map(({ field, direction }) => ({ ...(rules[field] as SortRule), field, descending: direction === 'desc' })),
  }
}

/** What a Date can hold; before 1970 there are days that PostgreSQL has not. */
const isMs = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 8.64e15

const cursorValue = ({ type, nullable }: SortRule, value: unknown): CursorValue | undefined => {
  if (value === null) return nullable ? null : undefined
  if (type === 'date') return isMs(value) ? new Date(value) : undefined
  if (type === 'flag') return typeof value === 'boolean' ? value : undefined
  if (type === 'number') return typeof value === 'number' && Number.isFinite(value) ? value : undefined
  return typeof value === 'string' ? value : undefined
}

/**
 * A row's `searchAfter`, checked against the order it belongs to: a value for each sort field, then the id.
 *
 * @throws WireError 422 naming the element
 */
export const cursorOf = ({ keys }: Order, searchAfter: readonly unknown[]): CursorValue[] => {
  if (searchAfter.length !== keys.length + 1)
    throw unprocessable([`searchAfter must have ${keys.length + 1} elements: one for each sort field, and the id`])
  const id: SortRule = { type: 'text', nullable: false }
  return [...keys, id].map((key, at) => {
    const value = cursorValue(key, searchAfter[at])
    if (value === undefined)
      throw unprocessable([`searchAfter.${at} does not fit the sort order; send the searchAfter of the last row`])
    return value
  })
}

const window = 10_000

/**
 * How many rows come before a page.
 *
 * @throws WireError 400 where the page ends beyond the first 10 000 rows
 */
export const offsetOf = ({ page = 1, pageLimit }: { page?: number | undefined; pageLimit: number }): number => {
  if (page * pageLimit > window)
    throw badRequest(`page × pageLimit ends at ${window}; go on with the searchAfter of the last row.`)
  return (page - 1) * pageLimit
}
