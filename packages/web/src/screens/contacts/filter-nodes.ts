/** One condition, as `POST /contacts/search` takes it. */
export interface Condition {
  readonly field: string
  readonly operator: Operator
  readonly value?: unknown
}

export type Operator = 'eq' | 'not_eq' | 'contains' | 'not_contains' | 'exists' | 'not_exists' | 'range'

/** What kind of value a field has: decides its operators and how a value is entered. */
export type Kind = 'text' | 'plain' | 'tags' | 'user' | 'yes' | 'date' | 'number' | 'choice'

export interface FilterField {
  readonly id: string
  readonly label: string
  readonly kind: Kind
  readonly options?: readonly string[]
  /** Not every field of a kind knows every operator (wire-contract §4.1). */
  readonly operators?: readonly Operator[]
}

const text: readonly Operator[] = ['contains', 'eq', 'not_eq', 'not_contains', 'exists', 'not_exists']
const plain: readonly Operator[] = ['eq', 'not_eq', 'exists', 'not_exists']

const byKind: Readonly<Record<Kind, readonly Operator[]>> = {
  text,
  plain,
  tags: ['eq', 'not_eq', 'exists', 'not_exists'],
  user: plain,
  yes: ['eq'],
  date: ['range', 'exists', 'not_exists'],
  number: ['range', 'eq', 'not_eq', 'exists', 'not_exists'],
  choice: plain,
}

export const operatorsOf = ({ kind, operators }: FilterField) => operators ?? byKind[kind]

export const operatorWords: Readonly<Record<Operator, string>> = {
  eq: 'is',
  not_eq: 'is not',
  contains: 'contains',
  not_contains: 'does not contain',
  exists: 'is filled in',
  not_exists: 'is empty',
  range: 'is between',
}

const field = (id: string, label: string, kind: Kind, options?: readonly string[]): FilterField => ({
  id,
  label,
  kind,
  ...(options ? { options } : {}),
})

export const contactFields: readonly FilterField[] = [
  field('tags', 'Tag', 'tags'),
  field('email', 'E-mail', 'plain'),
  field('phone', 'Phone', 'text'),
  field('firstNameLowerCase', 'First name', 'text'),
  field('lastNameLowerCase', 'Last name', 'text'),
  field('companyName', 'Company', 'text'),
  field('businessName', 'Business', 'text'),
  field('assignedTo', 'Assigned to', 'user'),
  field('followers', 'Follower', 'user'),
  field('type', 'Type', 'choice', ['lead', 'customer']),
  field('source', 'Source', 'text'),
  field('dnd', 'Do not disturb', 'yes'),
  field('city', 'City', 'text'),
  field('state', 'State', 'text'),
  field('postalCode', 'Postal code', 'text'),
  field('country', 'Country', 'plain'),
  field('timezone', 'Time zone', 'plain'),
  field('website', 'Website', 'plain'),
  field('dateAdded', 'Added', 'date'),
  field('dateUpdated', 'Changed', 'date'),
  field('dateOfBirth', 'Date of birth', 'date'),
]

const kindOfType: Readonly<Record<string, Kind>> = {
  CHECKBOX: 'choice',
  MULTIPLE_OPTIONS: 'choice',
  SINGLE_OPTIONS: 'choice',
  RADIO: 'choice',
  NUMERICAL: 'number',
  MONETORY: 'number',
  DATE: 'date',
}

/** A custom field as a filter, undefined for files and lists of boxes, which are filtered by box. */
export const filterOf = (custom: {
  readonly id: string
  readonly name: string
  readonly dataType: string
  readonly picklistOptions?: readonly string[]
}): FilterField | undefined => {
  if (custom.dataType === 'FILE_UPLOAD' || custom.dataType === 'TEXTBOX_LIST') return undefined
  return field(`customFields.${custom.id}`, custom.name, kindOfType[custom.dataType] ?? 'text', custom.picklistOptions)
}

const isCondition = (value: unknown): value is Condition =>
  typeof value === 'object' && value !== null && 'field' in value && 'operator' in value

/** Conditions as the address has them; whatever is none is dropped. */
export const readConditions = (textInAddress: string): readonly Condition[] => {
  try {
    const read: unknown = JSON.parse(textInAddress || '[]')
    return Array.isArray(read) ? read.filter(isCondition) : []
  } catch {
    return []
  }
}

export const writeConditions = (conditions: readonly Condition[]) => (conditions.length === 0 ? '' : JSON.stringify(conditions))

type Node = Record<string, unknown>

/** What the search is asked with: all conditions, or any of them. */
export const filtersOf = (conditions: readonly Condition[], any: boolean): Node[] => {
  const nodes = conditions.map((condition) => ({ ...condition }))
  return any && nodes.length > 1 ? [{ group: 'OR', filters: nodes }] : nodes
}

/** The conditions behind a stored view. */
export const conditionsIn = (filters: readonly Node[]): { conditions: readonly Condition[]; any: boolean } => {
  const [first] = filters
  if (first?.group === 'OR' && Array.isArray(first.filters)) return { conditions: first.filters.filter(isCondition), any: true }
  return { conditions: filters.filter(isCondition) as unknown as Condition[], any: false }
}

const dayOf = (value: unknown) =>
  typeof value === 'string' ? value.slice(0, 10) : value === undefined ? undefined : String(value)

const rangeWords = (value: unknown) => {
  const { gte, lte } = (value ?? {}) as { gte?: unknown; lte?: unknown }
  const [from, to] = [dayOf(gte), dayOf(lte)]
  if (from !== undefined && to !== undefined) return `from ${from} to ${to}`
  return from === undefined ? `up to ${to}` : `from ${from}`
}

/** A condition as a chip says it. */
export const wordsOf = (condition: Condition, field: FilterField | undefined, nameOfUser: (id: string) => string): string => {
  const label = field?.label ?? condition.field
  const { operator, value } = condition
  if (operator === 'exists' || operator === 'not_exists') return `${label} ${operatorWords[operator]}`
  if (operator === 'range') return `${label} ${rangeWords(value)}`
  if (field?.kind === 'yes') return `${label}: ${value === true ? 'yes' : 'no'}`
  const shown = field?.kind === 'user' ? nameOfUser(String(value)) : Array.isArray(value) ? value.join(', ') : String(value)
  return `${label} ${operatorWords[operator]} ${shown}`
}
