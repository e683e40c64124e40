import type { TObject } from '@groundlevel/contract-kit'
import { t } from '@groundlevel/contract-kit'

const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

const shapes = new WeakMap<TObject, TObject>()

/** The same shape in v3's names, so that its 422 texts are in v3's names too. */
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

/** Values that came in v3's names, in the names that the shape declares. */
export const toDeclared = (shape: TObject, values: Record<string, unknown>) => {
  const names = new Map(Object.keys(shape.properties).map((name) => [camel(name), name]))
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [names.get(name) ?? name, value]))
}

export const toCamel = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [camel(name), value]))
