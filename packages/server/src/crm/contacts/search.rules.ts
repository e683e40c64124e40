import { badRequest, unprocessable } from '@groundlevel/contract-kit'

/** How a field of the search language meets its column. */
interface FieldRule {
  readonly kind: 'text' | 'lower' | 'boolean' | 'list' | 'date'
  readonly column: string
}

const text = (column: string): FieldRule => ({ kind: 'text', column })
const lower = (column: string): FieldRule => ({ kind: 'lower', column })

/** Fields that `eq` filters may name (wire-contract §4.1). */
export const filterFields: Readonly<Record<string, FieldRule>> = {
  id: text('id'),
  address: text('address1'),
  assignedTo: text('assignedTo'),
  city: text('city'),
  companyName: text('companyName'),
  contactName: text('contactName'),
  country: text('country'),
  dnd: { kind: 'boolean', column: 'dnd' },
  email: lower('email'),
  firstNameLowerCase: lower('firstNameLowerCase'),
  followers: { kind: 'list', column: 'followers' },
  lastNameLowerCase: lower('lastNameLowerCase'),
  phone: text('phone'),
  postalCode: text('postalCode'),
  source: text('source'),
  state: text('state'),
  tags: { kind: 'list', column: 'tags' },
  timezone: text('timezone'),
  type: text('type'),
  website: text('website'),
}

/** Fields that a sort may name, and the form of their cursor value. */
export const sortFields: Readonly<Record<string, FieldRule>> = {
  firstNameLowerCase: text('firstNameLowerCase'),
  lastNameLowerCase: text('lastNameLowerCase'),
  email: text('email'),
  source: text('source'),
  dnd: { kind: 'boolean', column: 'dnd' },
  dateAdded: { kind: 'date', column: 'dateAdded' },
  dateUpdated: { kind: 'date', column: 'dateUpdated' },
}

/** One condition of a search, ready for SQL. */
export type Condition =
  | { readonly kind: 'equals'; readonly column: string; readonly value: string | boolean }
  | { readonly kind: 'holds'; readonly column: string; readonly value: string }
  | { readonly kind: 'customField'; readonly id: string; readonly value: unknown }

export interface SortKey {
  readonly column: string
  readonly kind: FieldRule['kind']
  readonly descending: boolean
}

const conditionOf = ({ field, value }: { field: string; value: unknown }, at: number): Condition => {
  const custom = /^customFields\.([A-Za-z0-9]+)$/.exec(field)
  if (custom?.[1]) return { kind: 'customField', id: custom[1], value }
  const rule = Object.hasOwn(filterFields, field) ? filterFields[field] : undefined
  if (!rule) throw unprocessable([`filters.${at}.field ${JSON.stringify(field)} cannot be searched by`])
  if (rule.kind === 'boolean') {
    if (typeof value !== 'boolean') throw unprocessable([`filters.${at}.value must be a boolean value`])
    return { kind: 'equals', column: rule.column, value }
  }
  if (typeof value !== 'string') throw unprocessable([`filters.${at}.value must be a string`])
  if (rule.kind === 'list') return { kind: 'holds', column: rule.column, value }
  return { kind: 'equals', column: rule.column, value: rule.kind === 'lower' ? value.toLowerCase() : value }
}

/** Filters of one search, all of which must hold. Several values of a list mean any one of them is a field of its own later. */
export const conditionsOf = (filters: readonly { field: string; value: unknown }[]): Condition[] => filters.map(conditionOf)

/** The order of a search: what was asked for, newest first without a wish, and the id as the last word. */
export const sortKeysOf = (sort: readonly { field: string; direction: 'asc' | 'desc' }[]): SortKey[] => {
  const wished = sort.length > 0 ? sort : [{ field: 'dateAdded', direction: 'desc' as const }]
  const keys = wished.map(({ field, direction }) => {
    const rule = sortFields[field]
    if (!rule) throw badRequest(`Contacts cannot be sorted by ${field}.`)
    return { column: rule.column, kind: rule.kind, descending: direction === 'desc' }
  })
  return [...keys, { column: 'id', kind: 'text', descending: keys[0]?.descending ?? true }]
}

/** Values of a row's `searchAfter`, checked against the order they belong to. */
export const cursorOf = (keys: readonly SortKey[], searchAfter: readonly unknown[]): (string | boolean | Date)[] => {
  if (searchAfter.length !== keys.length) {
    throw unprocessable([`searchAfter must have ${keys.length} elements: one for each sort field, and the id`])
  }
  return keys.map(({ kind }, at) => {
    const value = searchAfter[at]
    // What a Date can hold; before 1970 there are days that PostgreSQL has not.
    if (kind === 'date' && typeof value === 'number' && value >= 0 && value <= 8.64e15) return new Date(value)
    if (kind === 'boolean' && typeof value === 'boolean') return value
    if (kind === 'text' && (typeof value === 'string' || value === null)) return value ?? ''
    throw unprocessable([`searchAfter.${at} does not fit the sort order; send the searchAfter of the last row`])
  })
}

const window = 10_000

/** How far a page reaches into the result. */
export const offsetOf = ({ page = 1, pageLimit }: { page?: number; pageLimit: number }): number => {
  if (page * pageLimit > window)
    throw badRequest(`page × pageLimit ends at ${window}; go on with the searchAfter of the last row.`)
  return (page - 1) * pageLimit
}
