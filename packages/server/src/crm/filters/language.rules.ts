/** Words of the search language (wire-contract §4.1). */
export type Operator = 'eq' | 'not_eq' | 'contains' | 'not_contains' | 'exists' | 'not_exists' | 'range' | 'nested'

/**
 * What a field's values are. `text` is compared without regard to case, its cells are lower-cased; `id` letter by letter.
 * `nested` is a condition on other records.
 */
export type FieldType = 'text' | 'id' | 'flag' | 'number' | 'date' | 'nested'

export interface FieldRule {
  readonly type: FieldType
  readonly operators: readonly Operator[]
  /** Brings a text into the form that is stored, e.g. a phone number without its blanks. */
  readonly tidy?: (text: string) => string
  /** Of `nested`: what its own conditions may name. */
  readonly fields?: FieldRules
}

/** What may be searched by, by the name on the wire. */
export type FieldRules = Readonly<Record<string, FieldRule>>

/** A custom field, as far as a search must know it. */
export interface CustomField {
  readonly id: string
  /** `contact.shoe_size`: may stand for the id. */
  readonly fieldKey?: string | null
  readonly dataType: string
}

/** The fields of one kind of record. */
export interface Language {
  readonly fields: FieldRules
  /** What a custom field's name begins with, e.g. `customFields.`; absent where the records have none. */
  readonly customPrefix?: string
}

const presence = ['exists', 'not_exists'] as const
const equality = ['eq', 'not_eq', ...presence] as const
const allText = ['eq', 'not_eq', 'contains', 'not_contains', ...presence] as const

/** Rules by the rows of the specification's table; each may be spread and given a `tidy`. */
export const fieldRule = {
  /** eq, not_eq: the record's own id. */
  key: { type: 'id', operators: ['eq', 'not_eq'] },
  /** Equality and presence of an id. */
  id: { type: 'id', operators: equality },
  /** Equality and presence of a text. */
  word: { type: 'text', operators: equality },
  /** Everything that a text can be asked. */
  text: { type: 'text', operators: allText },
  flag: { type: 'flag', operators: equality },
  number: { type: 'number', operators: ['eq', 'not_eq', 'range', ...presence] },
  date: { type: 'date', operators: ['range', ...presence] },
  /** There or not. */
  presence: { type: 'id', operators: presence },
} as const satisfies FieldRules

const customRules: Readonly<Record<string, FieldRule>> = {
  CHECKBOX: fieldRule.word,
  MULTIPLE_OPTIONS: fieldRule.word,
  NUMERICAL: fieldRule.number,
  MONETORY: fieldRule.number,
  DATE: fieldRule.date,
  FILE_UPLOAD: fieldRule.presence,
  SIGNATURE: fieldRule.presence,
}

const ofSeveral: ReadonlySet<string> = new Set(['CHECKBOX', 'MULTIPLE_OPTIONS', 'TEXTBOX_LIST', 'FILE_UPLOAD'])

export const hasSeveral = (dataType: string): boolean => ofSeveral.has(dataType)

/** What a custom field may be asked, by its data type; a type that is not known is a text. */
export const customRuleOf = (dataType: string): FieldRule =>
  (Object.hasOwn(customRules, dataType) ? customRules[dataType] : undefined) ?? fieldRule.text

export type Scalar = string | number | boolean
export type Bound = { readonly than: '<' | '<=' | '>' | '>='; readonly value: number | Date }

export interface CustomName {
  readonly id: string
  readonly optionId?: string
  /** Whether a record can have several values of the field. */
  readonly several: boolean
}

/** A condition that has been found sound. */
export interface Condition {
  readonly field: string
  readonly type: FieldType
  readonly operator: Operator
  /** Of eq and not_eq: any one of them. Of contains: the one. */
  readonly values: readonly Scalar[]
  /** Of range: all of them hold. */
  readonly bounds: readonly Bound[]
  /** Of nested: what one and the same record must fulfil. */
  readonly inner?: Group
  /** The custom field that `field` names, and the box of a list of text boxes. */
  readonly custom?: CustomName
}

export interface Group {
  readonly group: 'AND' | 'OR'
  readonly filters: readonly Filter[]
}

export type Filter = Condition | Group
