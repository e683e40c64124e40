import { type Check, isObject, listOf } from './checks.rules.js'

export const operators = [
  'eq',
  'not_eq',
  'contains',
  'not_contains',
  'in',
  'not_in',
  'exists',
  'not_exists',
  'gt',
  'gte',
  'lt',
  'lte',
] as const

type Operator = (typeof operators)[number]

/** `operator` is `eq` where it is left out. */
export interface Condition {
  readonly field: string
  readonly operator?: Operator
  readonly value?: unknown
}

/** Finds what a condition names. */
export type Lookup = (field: string) => unknown

export interface Judgement {
  readonly holds: boolean
  /** Which condition decided, and on what. */
  readonly reason: string
}

const withoutValue = new Set<Operator>(['exists', 'not_exists'])
const scalar = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value) || value === null

export const condition: Check = (value, path, problems) => {
  if (!isObject(value)) {
    problems.push(`${path} must be an object`)
    return
  }
  const { field, operator = 'eq', value: wanted, ...more } = value
  if (typeof field !== 'string' || field.trim() === '' || field.length > 200) problems.push(`${path}.field should not be empty`)
  if (!operators.includes(operator as Operator))
    problems.push(`${path}.operator must be a valid enum value: ${operators.join(', ')}`)
  else if (!withoutValue.has(operator as Operator) && wanted === undefined) problems.push(`${path}.value should not be empty`)
  if (wanted !== undefined && !scalar(wanted) && !(Array.isArray(wanted) && wanted.length <= 100 && wanted.every(scalar)))
    problems.push(`${path}.value must be a string, a number, a boolean or an array of them`)
  for (const name of Object.keys(more)) problems.push(`property ${path}.${name} should not exist`)
}

/** A list of conditions, or an object whose fields must all be equal to what the event says. */
export const filters: Check = (value, path, problems) => {
  if (Array.isArray(value)) listOf(condition, 0, 50)(value, path, problems)
  else if (isObject(value))
    for (const [field, wanted] of Object.entries(value)) condition({ field, value: wanted }, path, problems)
  else problems.push(`${path} must be an array or an object`)
}

/** Conditions of a trigger: a list, or an object whose fields must all be equal. */
export const conditionsIn = (filters: unknown): readonly Condition[] =>
  Array.isArray(filters)
    ? (filters as Condition[])
    : Object.entries(isObject(filters) ? filters : {}).map(([field, value]) =>
        Array.isArray(value) ? { field, operator: 'in', value } : { field, value },
      )

/** As text, by letters alone. What came as JSON may call a part of itself `toString`: no object is asked for its own text. */
const fold = (value: unknown): string => {
  if (typeof value === 'string') return value.trim().toLowerCase()
  return typeof value === 'object' ? JSON.stringify(value).toLowerCase() : String(value)
}
const onlyOne = (value: unknown): unknown => (Array.isArray(value) && value.length === 1 ? value[0] : value)
const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
const listIn = (value: unknown): unknown[] => (Array.isArray(value) ? value : isEmpty(value) ? [] : [value])

const same = (actual: unknown, wanted: unknown) =>
  isEmpty(wanted) ? isEmpty(actual) : listIn(actual).some((each) => fold(each) === fold(wanted))
const includes = (actual: unknown, wanted: unknown) =>
  Array.isArray(actual) ? same(actual, wanted) : !isEmpty(actual) && fold(actual).includes(fold(wanted))
const among = (actual: unknown, wanted: unknown) => listIn(wanted).some((each) => same(actual, each))

/** Numbers as numbers, everything else as text: ISO dates sort as they are. An object is neither more nor less than anything. */
const compare = (actual: unknown, wanted: unknown): number => {
  const [one, other] = [onlyOne(actual), onlyOne(wanted)]
  if (isEmpty(one) || typeof one === 'object' || typeof other === 'object') return Number.NaN
  const [a, b] = [Number(one), Number(other)]
  if (!Number.isNaN(a) && !Number.isNaN(b)) return a - b
  const [x, y] = [fold(one), fold(other)]
  return x < y ? -1 : x > y ? 1 : 0
}

const tests: Readonly<Record<Operator, (actual: unknown, wanted: unknown) => boolean>> = {
  eq: same,
  not_eq: (actual, wanted) => !same(actual, wanted),
  contains: includes,
  not_contains: (actual, wanted) => !includes(actual, wanted),
  in: among,
  not_in: (actual, wanted) => !among(actual, wanted),
  exists: (actual) => !isEmpty(actual),
  not_exists: isEmpty,
  gt: (actual, wanted) => compare(actual, wanted) > 0,
  gte: (actual, wanted) => compare(actual, wanted) >= 0,
  lt: (actual, wanted) => compare(actual, wanted) < 0,
  lte: (actual, wanted) => compare(actual, wanted) <= 0,
}

const shown = (value: unknown) => (isEmpty(value) ? 'empty' : (JSON.stringify(value) ?? 'empty').slice(0, 120))

const judgeOne = ({ field, operator = 'eq', value }: Condition, lookup: Lookup): Judgement => {
  const actual = lookup(field)
  const holds = tests[operator](actual, value)
  const asked = withoutValue.has(operator) ? `${field} ${operator}` : `${field} ${operator} ${shown(value)}`
  return { holds, reason: `${asked}: ${holds ? 'yes' : 'no'}, it is ${shown(actual)}` }
}

/** `all` of nothing holds; `any` of nothing does too: there was nothing to ask. */
export const judge = (conditions: readonly Condition[], match: 'all' | 'any', lookup: Lookup): Judgement => {
  if (conditions.length === 0) return { holds: true, reason: 'there is no condition' }
  const judged = conditions.map((each) => judgeOne(each, lookup))
  const decisive = judged.find(({ holds }) => holds === (match === 'any'))
  if (decisive) return decisive
  return { holds: match === 'all', reason: judged.map(({ reason }) => reason).join('; ') }
}
