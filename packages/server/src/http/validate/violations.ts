import Format from 'typebox/format'
import { type Schema, unwrap } from './schema.js'

const typeTexts: Readonly<Record<string, string>> = {
  string: 'must be a string',
  number: 'must be a number conforming to the specified constraints',
  integer: 'must be a number conforming to the specified constraints',
  boolean: 'must be a boolean value',
  array: 'must be an array',
  object: 'must be an object',
}

const formatTexts: Readonly<Record<string, string>> = {
  email: 'must be an email',
  'date-time': 'must be a valid ISO 8601 date string',
  url: 'must be a URL address',
}

/** An address of the web: what `javascript:` or `file:` names would be opened by a browser, or by a program of ours. */
const isWebAddress = (text: string): boolean => /^https?:/i.test(text) && Format.IsUrl(text)

// The registry is what compiled shapes ask as well.
Format.Set('url', isWebAddress)

/** What the field must be, in class-validator's words, which clients show to people. */
const demand = (schema: Schema): string => {
  if (schema.enum) return 'must be a valid enum value'
  if (schema.const !== undefined) return 'must be a valid enum value'
  if (schema.format && formatTexts[schema.format]) return formatTexts[schema.format] as string
  return typeTexts[schema.type ?? ''] ?? 'is not valid'
}

const hasType = (schema: Schema, value: unknown): boolean => {
  if (schema.enum) return schema.enum.includes(value as string)
  if (schema.const !== undefined) return value === schema.const
  if (schema.type === 'array') return Array.isArray(value)
  if (schema.type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value)
  if (schema.type === 'integer') return Number.isInteger(value)
  if (schema.type === 'number') return typeof value === 'number' && Number.isFinite(value)
  if (schema.type === undefined) return true
  return typeof value === schema.type
}

const sized = (schema: Schema, value: unknown): string[] => {
  const problems: string[] = []
  const add = (broken: boolean, text: string) => broken && problems.push(text)
  if (typeof value === 'string') {
    const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema
    // As JSON Schema counts: a character beyond the first plane is one.
    const { length } = [...value]
    add(length < minLength, minLength === 1 ? 'should not be empty' : `must be longer than or equal to ${minLength} characters`)
    add(length > maxLength, `must be shorter than or equal to ${maxLength} characters`)
  }
  if (typeof value === 'number') {
    add(value < (schema.minimum ?? Number.NEGATIVE_INFINITY), `must not be less than ${schema.minimum}`)
    add(value > (schema.maximum ?? Number.POSITIVE_INFINITY), `must not be greater than ${schema.maximum}`)
  }
  if (Array.isArray(value)) {
    add(value.length < (schema.minItems ?? 0), `must contain at least ${schema.minItems} elements`)
    add(value.length > (schema.maxItems ?? Number.POSITIVE_INFINITY), `must contain no more than ${schema.maxItems} elements`)
  }
  return problems
}

const inside = (schema: Schema, value: unknown, path: string): string[] => {
  if (schema.type === 'object' && schema.properties) return objectViolations(schema, value as Record<string, unknown>, `${path}.`)
  if (schema.type !== 'array' || !schema.items) return []
  const items = schema.items
  const list = value as unknown[]
  if (items.type === 'object') return list.flatMap((each, at) => valueViolations(items, each, `${path}.${at}`))
  const wrong = new Set(list.flatMap((each) => valueViolations(items, each, `each value in ${path}`)))
  return [...wrong]
}

/** Every violation of a value, `path` first in each sentence. */
export const valueViolations = (declared: Schema, value: unknown, path: string): string[] => {
  const { schema, nullable } = unwrap(declared)
  if (value === null && nullable) return []
  if (schema.anyOf)
    return schema.anyOf.some((each) => valueViolations(each, value, path).length === 0) ? [] : [`${path} is not valid`]
  if (schema.type === 'integer' && typeof value === 'number' && !Number.isInteger(value))
    return [`${path} must be an integer number`]
  if (!hasType(schema, value)) return [`${path} ${demand(schema)}`]
  const problems = sized(schema, value).map((text) => `${path} ${text}`)
  if (schema.format && typeof value === 'string' && !Format.Test(schema.format, value)) problems.push(`${path} ${demand(schema)}`)
  return [...problems, ...inside(schema, value, path)]
}

/** Every violation of an object, in the order of its declaration; unknown fields last. */
export const objectViolations = (schema: Schema, value: Record<string, unknown>, prefix = ''): string[] => {
  const required = new Set(schema.required)
  const declared = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = `${prefix}${name}`
    if (value[name] !== undefined) return valueViolations(field, value[name], path)
    return required.has(name) ? [`${path} ${demand(unwrap(field).schema)}`, `${path} should not be empty`] : []
  })
  if (schema.additionalProperties !== false) return declared
  const known = schema.properties ?? {}
  const unknown = Object.keys(value).filter((name) => !Object.hasOwn(known, name))
  return [...declared, ...unknown.map((name) => `property ${prefix}${name} should not exist`)]
}
