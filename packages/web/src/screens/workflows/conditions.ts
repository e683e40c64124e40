import { textOf } from '../contacts/words.js'
import type { FactSpec } from './fields.js'
import type { Part } from './words.js'

export interface Condition {
  readonly field: string
  readonly operator?: string
  readonly value?: unknown
}

export const operatorWords: Readonly<Record<string, string>> = {
  eq: 'is',
  not_eq: 'is not',
  contains: 'contains',
  not_contains: 'does not contain',
  in: 'is one of',
  not_in: 'is none of',
  exists: 'is filled in',
  not_exists: 'is empty',
  gt: 'is more than',
  gte: 'is at least',
  lt: 'is less than',
  lte: 'is at most',
}

export const asksValue = (operator: string | undefined) => operator !== 'exists' && operator !== 'not_exists'
export const asksSeveral = (operator: string | undefined) => operator === 'in' || operator === 'not_in'

/** Conditions as a list, whichever of the two forms they are kept in. */
export const conditionsIn = (value: unknown): readonly Condition[] => {
  if (Array.isArray(value)) return value as Condition[]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).map(([field, wanted]) => ({ field, operator: Array.isArray(wanted) ? 'in' : 'eq', value: wanted }))
}

/** Fields of a contact that a condition can ask. */
export const contactFacts: readonly FactSpec[] = [
  { field: 'tags', label: 'Tags', of: 'tags' },
  { field: 'first_name', label: 'First name' },
  { field: 'last_name', label: 'Last name' },
  { field: 'email', label: 'E-mail' },
  { field: 'phone', label: 'Phone' },
  { field: 'company_name', label: 'Company' },
  { field: 'assigned_to', label: 'Assigned to', of: 'users' },
  { field: 'source', label: 'Source' },
  { field: 'city', label: 'City' },
  { field: 'state', label: 'State' },
  { field: 'country', label: 'Country' },
  { field: 'postal_code', label: 'Postal code' },
  { field: 'address1', label: 'Street' },
  { field: 'website', label: 'Website' },
  { field: 'date_of_birth', label: 'Date of birth' },
  { field: 'timezone', label: 'Time zone' },
]

/** Whether what a step waited for has happened. */
export const happenedFact: FactSpec = {
  field: 'happened',
  label: 'It happened in time',
  options: [
    ['true', 'yes'],
    ['false', 'no'],
  ],
}

/** Answered while the workflow waited for it. */
export const repliedFact: FactSpec = {
  field: 'replied',
  label: 'They answered',
  options: [
    ['true', 'yes'],
    ['false', 'no'],
  ],
}

/** "Tags contains vip", with the names of what is named by id. */
export const conditionText = (
  { field, operator = 'eq', value }: Condition,
  labelOf: (field: string) => string,
  nameOf: (field: string, value: unknown) => string,
): string =>
  [
    labelOf(field),
    operatorWords[operator] ?? operator.replaceAll('_', ' '),
    asksValue(operator)
      ? (Array.isArray(value) ? value : [value]).map((each) => nameOf(field, each) || textOf(each)).join(' or ')
      : '',
  ]
    .filter(Boolean)
    .join(' ')

/** Values that nobody filled in are left out, so that the server names them; lists that may be empty stay. */
const maybeEmpty = new Set(['then', 'else', 'actions', 'conditions', 'branches', 'paths'])

export const cleaned = (part: Part): Part =>
  Object.fromEntries(
    Object.entries(part).flatMap(([key, value]) => {
      if (value === '' || (Array.isArray(value) && value.length === 0 && !maybeEmpty.has(key))) return []
      return [[key, Array.isArray(value) ? value.map(cleanedValue) : value]]
    }),
  )

const cleanedValue = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? cleaned(value as Part) : value
