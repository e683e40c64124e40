import type { TSchema } from '@groundlevel/contract-kit'
import { schemaOf } from './schema.js'
import { valueViolations } from './violations.js'

interface Compiled {
  Check(value: unknown): boolean
}

let compile: ((shape: TSchema) => Compiled) | undefined
const compiled = new WeakMap<object, Compiled>()

/**
 * Loads the compiler of shapes. It takes half a second, a third of a start: so it comes after the ready line, and until then
 * shapes are walked.
 */
export const loadShapeCompiler = async (): Promise<void> => {
  compile = (await import('typebox/compile')).Compile as (shape: TSchema) => Compiled
}

/** Whether a value has the shape. Compiled at its first use: 574 operations must not delay a start (architecture §4). */
export const hasShape = (shape: TSchema, value: unknown): boolean => {
  const known = compiled.get(shape)
  if (known) return known.Check(value)
  if (!compile) return valueViolations(schemaOf(shape), value, 'value').length === 0
  const made = compile(shape)
  compiled.set(shape, made)
  return made.Check(value)
}
