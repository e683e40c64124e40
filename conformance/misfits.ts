import type { Shape } from './shape.js'

const kindOf = (value: unknown) => (Array.isArray(value) ? 'array' : typeof value)

const documented = (shape: Shape): string => (shape.kind === 'union' ? shape.of.map(documented).join(' or ') : shape.kind)

/** Where a real reply is not what its document says. Null stands for an empty cell of any type, which the documents ignore. */
export const misfits = (shape: Shape, value: unknown, path = 'reply'): string[] => {
  if (shape.kind === 'any' || value === null) return []
  if (shape.kind === 'union') {
    const fits = shape.of.some((each) => misfits(each, value, path).length === 0)
    return fits ? [] : [`${path} is ${kindOf(value)}, documented ${documented(shape)}`]
  }
  if (kindOf(value) !== shape.kind) return [`${path} is ${kindOf(value)}, documented ${shape.kind}`]
  if (shape.kind === 'array') return [...new Set((value as unknown[]).flatMap((each) => misfits(shape.items, each, `${path}[]`)))]
  if (shape.kind === 'string' && shape.values && !shape.values.includes(value as string)) return [`${path} may be ${value}`]
  if (shape.kind !== 'object') return []
  const found = value as Readonly<Record<string, unknown>>
  return [...shape.fields].flatMap(([name, field]) => {
    if (found[name] !== undefined) return misfits(field.shape, found[name], `${path}.${name}`)
    return field.required ? [`${path}.${name} absent`] : []
  })
}
