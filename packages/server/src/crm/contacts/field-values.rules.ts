import { toBirthDate } from './contacts.rules.js'

/** What must be known of a custom field to file its values: a definition of crm/custom-fields has it. */
export interface FieldKind {
  readonly id: string
  /** TEXT, NUMERICAL, DATE … (wire-contract §2.x, custom fields). */
  readonly dataType: string
}

/** A value in the column that its kind is searched in; none of them where it can only be there or not. */
export interface TypedValue {
  readonly optionId?: string
  readonly num?: number
  readonly text?: string
  readonly at?: Date
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).every(isEmpty)
    : value === undefined || value === null || value === ''

const lower = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)).trim().toLowerCase()

const numberOf = (value: unknown): TypedValue => {
  const num = typeof value === 'string' && value.trim() !== '' ? Number(value.replaceAll(',', '')) : value
  return typeof num === 'number' && Number.isFinite(num) ? { num } : {}
}

/** What a Date and PostgreSQL both hold. */
const firstMs = -62_135_596_800_000
const lastMs = 253_402_300_799_999

/** The instant of a date that is written as ISO 8601, as a day, or as milliseconds since 1970; undefined where it is none. */
export const instantOf = (value: unknown): Date | undefined => {
  const day = typeof value === 'string' ? (/^\d{4}-\d\d-\d\dT/.test(value) ? value : toBirthDate(value)) : undefined
  const ms =
    typeof value === 'number' ? value : typeof value === 'string' && /^\d{11,14}$/.test(value) ? Number(value) : undefined
  const at = day === undefined ? ms : Date.parse(day)
  return at !== undefined && at >= firstMs && at <= lastMs ? new Date(at) : undefined
}

const dateOf = (value: unknown): TypedValue => {
  const at = instantOf(value)
  return at ? { at } : {}
}

const optionsOf = (value: unknown): TypedValue[] =>
  (Array.isArray(value) ? value : [value]).filter((each) => !isEmpty(each)).map((each) => ({ text: lower(each) }))

const boxesOf = (value: unknown): TypedValue[] => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return optionsOf(value)
  const boxes = Object.entries(value).filter(([, each]) => !isEmpty(each))
  return boxes.map(([optionId, each]) => ({ optionId, text: lower(each) }))
}

const filings: Readonly<Record<string, (value: unknown) => TypedValue[]>> = {
  NUMERICAL: (value) => [numberOf(value)],
  MONETORY: (value) => [numberOf(value)],
  DATE: (value) => [dateOf(value)],
  TEXTBOX_LIST: boxesOf,
  // A file is there or not.
  FILE_UPLOAD: () => [{}],
  SIGNATURE: () => [{}],
}

/** The rows of one value of a custom field: none where it is empty, several where several options are chosen. */
export const typedValues = (dataType: string, value: unknown): TypedValue[] => {
  if (isEmpty(value)) return []
  const file = Object.hasOwn(filings, dataType) ? filings[dataType] : undefined
  return file ? file(value) : optionsOf(value)
}
