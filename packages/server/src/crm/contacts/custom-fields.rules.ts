import { unprocessable } from '@groundlevel/contract-kit'
import { isEmail, toBirthDate, toE164 } from './contacts.rules.js'
import { instantOf } from './field-values.rules.js'

/** A custom field as far as values are judged by it: a definition of crm/custom-fields has all of it. */
export interface ValueField {
  readonly id: string
  readonly name?: string
  /** `contact.shoe_size`. */
  readonly fieldKey: string
  readonly dataType: string
  readonly options: readonly { readonly key: string; readonly label: string }[]
  readonly allowCustomOption: boolean
  readonly maxFileLimit: number | null
}

/** A value as callers write it: field by id or key, in one of three spellings of the value. */
export interface CustomFieldInput {
  readonly id?: string
  readonly key?: string
  readonly field_value?: unknown
  readonly fieldValue?: unknown
  readonly value?: unknown
}

export interface CustomFieldValue {
  readonly id: string
  /** Null takes the value away. */
  readonly value: unknown
}

/** A value in the form that it is kept in, or what it must be. */
type Judged = { readonly value: unknown } | { readonly must: string }

const longestText = 20_000

export const isEmptyValue = (value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).every(isEmptyValue)
    : value === undefined || value === null || (typeof value === 'string' && value.trim() === '')

const textOf = (value: unknown): Judged => {
  const text = typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
  if (text === null) return { must: 'must be a string' }
  return text.length > longestText ? { must: `must be shorter than or equal to ${longestText} characters` } : { value: text }
}

const numberOf = (value: unknown): Judged => {
  const bare =
    typeof value === 'string'
      ? value
          .trim()
          .replace(/^(-?)\p{Sc}\s*/u, '$1')
          .replace(/,(?=\d{3}(\D|$))/g, '')
      : value
  const number = typeof bare === 'string' && /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(bare) ? Number(bare) : bare
  return typeof number === 'number' && Number.isFinite(number)
    ? { value: number }
    : { must: 'must be a number conforming to the specified constraints' }
}

const dateOf = (value: unknown): Judged => {
  const day = typeof value === 'string' && !value.includes('T') ? toBirthDate(value) : undefined
  if (day) return { value: day.slice(0, 10) }
  const at = instantOf(value)
  return at ? { value: at.toISOString() } : { must: 'must be a valid ISO 8601 date string' }
}

const emailOf = (value: unknown): Judged =>
  typeof value === 'string' && isEmail(value.trim()) ? { value: value.trim() } : { must: 'must be an email' }

const phoneOf = (value: unknown, _field: ValueField, country: string | null): Judged => {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string' || text.length > 64 || !/\d{3}/.test(text.replace(/[^\d]/g, '')))
    return { must: 'must be a phone number' }
  return { value: toE164(text, country) }
}

const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase()

/** The label of the option that a text names, by its label or its key; the text itself where any is welcome. */
const optionOf = (value: unknown, { options, allowCustomOption }: ValueField): string | undefined => {
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
  if (typeof text !== 'string' || text.length > longestText) return undefined
  const option = options.find(({ label }) => same(label, text)) ?? options.find(({ key }) => key === text.trim())
  return option?.label ?? (allowCustomOption ? text.trim() : undefined)
}

const labelsOf = ({ options }: ValueField) => options.map(({ label }) => label).join(', ') || 'none, the field has no options'

const choiceOf = (value: unknown, field: ValueField): Judged => {
  const label = optionOf(Array.isArray(value) && value.length === 1 ? value[0] : value, field)
  return label === undefined ? { must: `must be one of the options: ${labelsOf(field)}` } : { value: label }
}

const choicesOf = (value: unknown, field: ValueField): Judged => {
  const labels = (Array.isArray(value) ? value : [value])
    .filter((each) => !isEmptyValue(each))
    .map((each) => optionOf(each, field))
  return labels.includes(undefined)
    ? { must: `must be some of the options: ${labelsOf(field)}` }
    : { value: [...new Set(labels)] }
}

const boxesOf = (value: unknown, field: ValueField): Judged => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { must: 'must be an object' }
  const boxes: Record<string, string> = {}
  for (const [name, each] of Object.entries(value)) {
    const option = field.options.find(({ key, label }) => key === name || same(label, name))
    if (!option) return { must: `must name boxes of the field: ${labelsOf(field)}` }
    const text = isEmptyValue(each) ? { value: '' } : textOf(each)
    if ('must' in text) return text
    if (text.value !== '') boxes[option.key] = text.value as string
  }
  return { value: boxes }
}

const isFile = (file: unknown): boolean => {
  const url = typeof file === 'object' && file !== null ? (file as { url?: unknown }).url : file
  return typeof url === 'string' && URL.canParse(url) && /^https?:/i.test(url)
}

const filesOf = (value: unknown, { maxFileLimit }: ValueField): Judged => {
  const files = Array.isArray(value) ? value : typeof value === 'object' && value !== null ? Object.values(value) : [value]
  if (!files.every(isFile)) return { must: 'must be files as the upload of custom fields answers them, each with a url' }
  return maxFileLimit !== null && files.length > maxFileLimit
    ? { must: `must contain no more than ${maxFileLimit} files` }
    : { value }
}

type Judge = (value: unknown, field: ValueField, country: string | null) => Judged

const judges: Readonly<Record<string, Judge>> = {
  NUMERICAL: numberOf,
  MONETORY: numberOf,
  DATE: dateOf,
  EMAIL: emailOf,
  PHONE: phoneOf,
  SINGLE_OPTIONS: choiceOf,
  RADIO: choiceOf,
  CHECKBOX: choicesOf,
  MULTIPLE_OPTIONS: choicesOf,
  TEXTBOX_LIST: boxesOf,
  FILE_UPLOAD: filesOf,
  SIGNATURE: filesOf,
}

/** One value in the form that it is kept in: the other rooms, imports and merges write by it too. */
export const judgeValue: Judge = (value, field, country) =>
  isEmptyValue(value)
    ? { value: null }
    : ((Object.hasOwn(judges, field.dataType) ? judges[field.dataType] : undefined) ?? textOf)(value, field, country)

/** Finds a field by its id, or by its key with or without its object (`contact.`) and braces. */
export const fieldFinder = (fields: readonly ValueField[], object = 'contact') => {
  const byId = new Map(fields.map((field) => [field.id, field]))
  const byKey = new Map(fields.map((field) => [field.fieldKey, field]))
  return ({ id, key }: Pick<CustomFieldInput, 'id' | 'key'>): ValueField | undefined => {
    if (id) return byId.get(id)
    const bare = (key ?? '').replace(/^\{\{\s*|\s*\}\}$/g, '').trim()
    return byKey.get(bare) ?? byKey.get(`${object}.${bare}`)
  }
}

const given = ({ field_value, fieldValue, value }: CustomFieldInput): [string, unknown] =>
  field_value !== undefined
    ? ['field_value', field_value]
    : fieldValue !== undefined
      ? ['fieldValue', fieldValue]
      : ['value', value]

/**
 * What a request sets, in stored form, one value a field: the last one counts. A field that nobody has defined is passed
 * over, as the live service does: programs send one set of fields to every sub-account, whether or not it has them
 * (decision 0047).
 *
 * @throws WireError 422 with every value that does not fit its field, and every one that names no field
 */
export const readValues = (
  sent: readonly CustomFieldInput[],
  fields: readonly ValueField[],
  country: string | null,
  object: 'contact' | 'opportunity' = 'contact',
): CustomFieldValue[] => {
  const find = fieldFinder(fields, object)
  const values = new Map<string, unknown>()
  const violations: string[] = []
  sent.forEach((input, at) => {
    const field = find(input)
    if (!input.id && !input.key) violations.push(`customFields.${at}.id should not be empty`)
    if (!field) return
    const [spelling, value] = given(input)
    const judged = judgeValue(value, field, country)
    if ('must' in judged) violations.push(`customFields.${at}.${spelling} ${judged.must}`)
    else values.set(field.id, judged.value)
  })
  if (violations.length > 0) throw unprocessable(violations)
  return [...values].map(([id, value]) => ({ id, value }))
}

/** Values written over the ones there are; an empty one clears its field. */
export const mergeValues = (before: readonly CustomFieldValue[], changes: readonly CustomFieldValue[]): CustomFieldValue[] => {
  const values = new Map(before.map(({ id, value }) => [id, value]))
  for (const { id, value } of changes) {
    if (isEmptyValue(value)) values.delete(id)
    else values.set(id, value)
  }
  return [...values].map(([id, value]) => ({ id, value }))
}
