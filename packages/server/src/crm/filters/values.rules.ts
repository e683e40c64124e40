import type { Bound, Condition, FieldRule, Operator, Scalar } from './language.rules.js'

/** A value that fits, or the sentence that says why not; the field's path stands before it. */
export type Checked<T> = { readonly ok: T } | { readonly problem: string }

const longest = 75
const mostValues = 100
const dayMs = 86_400_000
/** What a Date and PostgreSQL both hold: the years 1 to 9999. */
const firstMs = -62_135_596_800_000
const lastMs = 253_402_300_799_999

const isScalar = (value: unknown): value is Scalar =>
  typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))

const numberOf = (value: unknown) => {
  const number = typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

const textOf = (value: Scalar, { type, tidy }: FieldRule): Checked<Scalar> => {
  const text = String(value)
  if (text.length > longest) return { problem: `must be shorter than or equal to ${longest} characters` }
  if (text.trim() === '') return { problem: 'should not be empty' }
  if (type === 'id') return { ok: text }
  const trimmed = text.trim().toLowerCase()
  return { ok: tidy?.(trimmed) || trimmed }
}

const scalarOf = (value: unknown, rule: FieldRule): Checked<Scalar> => {
  if (rule.type === 'number') {
    const number = numberOf(value)
    return number === undefined ? { problem: 'must be a number conforming to the specified constraints' } : { ok: number }
  }
  if (rule.type === 'flag') {
    const flag = value === 'true' ? true : value === 'false' ? false : value
    return typeof flag === 'boolean' ? { ok: flag } : { problem: 'must be a boolean value' }
  }
  return isScalar(value) ? textOf(value, rule) : { problem: 'must be a string' }
}

const scalarsOf = (value: unknown, rule: FieldRule): Checked<readonly Scalar[]> => {
  const sent = Array.isArray(value) ? value : [value]
  if (sent.length === 0) return { problem: 'should not be empty' }
  if (sent.length > mostValues) return { problem: `must contain no more than ${mostValues} elements` }
  const checked = sent.map((each) => scalarOf(each, rule))
  const wrong = checked.find((each) => 'problem' in each)
  if (wrong) return wrong
  return { ok: [...new Set(checked.map((each) => (each as { ok: Scalar }).ok))] }
}

const comparisons: Readonly<Record<string, Bound['than']>> = { gt: '>', gte: '>=', lt: '<', lte: '<=' }
const isoDate = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/

/** A day is its first instant; `gt` and `lte` mean its last one, so that `lte` a day has the day in it. */
const instantOf = (sent: unknown, than: Bound['than']): Date | undefined => {
  const number = numberOf(sent)
  const text = typeof sent === 'string' && isoDate.test(sent) ? sent : undefined
  // Without an offset a time is UTC, as everywhere on the wire.
  const zoned = text && text.length > 10 && !/(Z|[+-]\d\d:?\d\d)$/.test(text) ? `${text}Z` : text
  const ms = zoned === undefined ? number : Date.parse(zoned)
  if (ms === undefined || !(ms >= firstMs && ms <= lastMs)) return undefined
  const whole = text?.length === 10 && (than === '>' || than === '<=')
  return new Date(whole ? ms + dayMs - 1 : ms)
}

const boundOf = (name: string, sent: unknown, { type }: FieldRule): Checked<Bound> => {
  const than = Object.hasOwn(comparisons, name) ? comparisons[name] : undefined
  if (!than) return { problem: `takes gte, lte, gt and lt, not ${JSON.stringify(name)}` }
  const value = type === 'date' ? instantOf(sent, than) : numberOf(sent)
  if (value !== undefined) return { ok: { than, value } }
  const demand = type === 'date' ? 'a valid ISO 8601 date string or milliseconds' : 'a number'
  return { problem: `.${name} must be ${demand}` }
}

const boundsOf = (value: unknown, rule: FieldRule): Checked<readonly Bound[]> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { problem: 'must be an object with gte, lte, gt or lt' }
  const sent = Object.entries(value).filter(([, each]) => each !== undefined && each !== null)
  if (sent.length === 0) return { problem: 'must have gte, lte, gt or lt' }
  const checked = sent.map(([name, each]) => boundOf(name, each, rule))
  const wrong = checked.find((each) => 'problem' in each)
  return wrong ?? { ok: checked.map((each) => (each as { ok: Bound }).ok) }
}

type Values = Pick<Condition, 'values' | 'bounds'>

/** The value of a condition in the form that its operator compares. */
export const valuesOf = (operator: Operator, value: unknown, rule: FieldRule): Checked<Values> => {
  if (operator === 'exists' || operator === 'not_exists') return { ok: { values: [], bounds: [] } }
  if (operator === 'range') {
    const bounds = boundsOf(value, rule)
    return 'ok' in bounds ? { ok: { values: [], bounds: bounds.ok } } : bounds
  }
  if (operator === 'contains' || operator === 'not_contains') {
    if (typeof value !== 'string' && typeof value !== 'number') return { problem: 'must be a string' }
    const text = textOf(value, rule)
    return 'ok' in text ? { ok: { values: [text.ok], bounds: [] } } : text
  }
  const values = scalarsOf(value, rule)
  return 'ok' in values ? { ok: { values: values.ok, bounds: [] } } : values
}
