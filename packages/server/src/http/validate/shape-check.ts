import type { TSchema } from '@groundlevel/contract-kit'
import { Compile } from 'typebox/compile'

interface Compiled {
  Check(value: unknown): boolean
}

const compiled = new WeakMap<object, Compiled>()

/** Whether a value has the shape. Compiled at the first use: 574 operations must not delay a start (architecture §4). */
export const hasShape = (shape: TSchema, value: unknown): boolean => {
  let check = compiled.get(shape)
  if (!check) {
    check = Compile(shape)
    compiled.set(shape, check)
  }
  return check.Check(value)
}
