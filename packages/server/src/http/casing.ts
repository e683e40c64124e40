import type { TObject } from '@groundlevel/contract-kit'
import { t } from '@groundlevel/contract-kit'

const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const shapes = new WeakMap<TObject, TObject>()

/** The same shape in v3's names, so that its 422 texts are in v3's names too (decided §6). */
export const camelOf = (shape: TObject): TObject => {
  let made = shapes.get(shape)
  if (!made) {
    const { type: _type, properties, required: _required, ...options } = shape as TObject & Record<string, unknown>
    made = t.Object(
      Object.fromEntries(Object.entries(properties).map(([name, field]) => [camel(name), field])),
      options,
    ) as TObject
    shapes.set(shape, made)
  }
  return made
}

export const toSnake = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [snake(name), value]))
export const toCamel = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [camel(name), value]))
