import { type Schema, unwrap } from './schema.js'

const numeric = /^-?\d+(\.\d+)?$/

/** How languages write it into a query: PHP 1 and 0, HighLevel's own client in PHP among them, Python a capital. */
const truths = new Map([
  ['true', true],
  ['True', true],
  ['1', true],
  ['false', false],
  ['False', false],
  ['0', false],
])

/** A query arrives as text: what the shape calls a number, a boolean or a list becomes one, anything else stays for the violations. */
export const coerce = (schema: Schema, value: unknown): unknown => {
  const { schema: inner } = unwrap(schema)
  if (inner.type === 'array') return coerceList(inner, value)
  if (Array.isArray(value)) return value.length === 1 ? coerce(inner, value[0]) : value
  if (typeof value !== 'string') return value
  if ((inner.type === 'number' || inner.type === 'integer') && numeric.test(value)) return Number(value)
  if (inner.type === 'boolean') return truths.get(value) ?? value
  return value
}

const coerceList = (schema: Schema, value: unknown) => {
  const list = typeof value === 'string' ? value.split(',').filter((each) => each !== '') : Array.isArray(value) ? value : [value]
  return schema.items ? list.map((each) => coerce(schema.items as Schema, each)) : list
}

/** Coerces each declared field; an empty string for a field that is not text counts as absent. */
export const coerceFields = (schema: Schema, values: Record<string, unknown>): Record<string, unknown> => {
  // Names are the caller's: `__proto__` is one that nobody declared, no way to put fields in from behind.
  const fields: Record<string, unknown> = Object.create(null)
  const known = schema.properties ?? {}
  for (const [name, value] of Object.entries(values)) {
    const declared = Object.hasOwn(known, name) ? known[name] : undefined
    if (!declared) fields[name] = value
    else if (value !== '' || unwrap(declared).schema.type === 'string') fields[name] = coerce(declared, value)
  }
  return fields
}

/** Each caller has a list or object of its own; Node clones by a message to itself, which a text or number should not pay for. */
const copyOf = (value: unknown) => (typeof value === 'object' ? structuredClone(value) : value)

/** Fills in the defaults of absent fields. */
export const fillDefaults = (schema: Schema, values: Record<string, unknown>): Record<string, unknown> => {
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    if (values[name] === undefined && field.default !== undefined) values[name] = copyOf(field.default)
  }
  return values
}
