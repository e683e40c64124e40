/** What a JSON schema says, in a form that two dialects of it can be compared in: OpenAPI 3.0 of the documents, JSON Schema of ours. */
export type Shape =
  | { readonly kind: 'any' }
  | { readonly kind: 'null' | 'boolean' | 'number' }
  | { readonly kind: 'string'; readonly values?: readonly string[] }
  | { readonly kind: 'array'; readonly items: Shape }
  | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, Field> }
  | { readonly kind: 'union'; readonly of: readonly Shape[] }

export interface Field {
  readonly shape: Shape
  readonly required: boolean
}

export interface JsonSchema {
  readonly $ref?: string
  readonly type?: string
  readonly nullable?: boolean
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly items?: JsonSchema
  readonly allOf?: readonly JsonSchema[]
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
}

/** Finds what a `$ref` names; undefined where the document does not define it (links.json has two such). */
export type Resolve = (ref: string) => JsonSchema | undefined

const any: Shape = { kind: 'any' }

const fieldsOf = (schema: JsonSchema, resolve: Resolve, within: readonly string[]) => {
  const required = new Set(schema.required)
  return new Map(
    Object.entries(schema.properties ?? {}).map(([name, field]) => [
      name,
      { shape: read(field, resolve, within), required: required.has(name) } satisfies Field,
    ]),
  )
}

const union = (shapes: readonly Shape[]): Shape => {
  const flat = shapes.flatMap((each) => (each.kind === 'union' ? each.of : [each]))
  const values = flat.filter((each) => each.kind !== 'null')
  // Whether null may stand for an empty cell is what live replies decide, not the documents.
  if (values.some(({ kind }) => kind === 'any')) return any
  const strings = values.filter((each) => each.kind === 'string')
  const others = values.filter((each) => each.kind !== 'string')
  const listed = strings.every((each) => each.values !== undefined)
  const text: Shape[] =
    strings.length === 0
      ? []
      : [listed ? { kind: 'string', values: strings.flatMap((each) => each.values ?? []) } : { kind: 'string' }]
  const all = [...text, ...others]
  return all.length === 1 ? (all[0] as Shape) : { kind: 'union', of: all }
}

const merged = (shapes: readonly Shape[]): Shape => {
  const objects = shapes.filter((each) => each.kind === 'object')
  if (objects.length === 0) return shapes[0] ?? any
  return { kind: 'object', fields: new Map(objects.flatMap((each) => [...each.fields])) }
}

const named = (ref: string, resolve: Resolve, within: readonly string[]): Shape => {
  const target = within.includes(ref) ? undefined : resolve(ref)
  return target ? read(target, resolve, [...within, ref]) : any
}

/** A schema as a shape. What refers to itself, or to nothing, is `any`. */
export const read = (schema: JsonSchema, resolve: Resolve, within: readonly string[] = []): Shape => {
  const inner = (each: JsonSchema) => read(each, resolve, within)
  if (schema.$ref) return named(schema.$ref, resolve, within)
  if (schema.allOf) return merged(schema.allOf.map(inner))
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return union(choices.map(inner))
  if (schema.const !== undefined) {
    return typeof schema.const === 'string'
      ? { kind: 'string', values: [schema.const] }
      : read({ type: typeof schema.const }, resolve)
  }
  if (schema.type === 'array') return { kind: 'array', items: schema.items ? inner(schema.items) : any }
  if (schema.type === 'integer' || schema.type === 'number') return { kind: 'number' }
  if (schema.type === 'boolean' || schema.type === 'null') return { kind: schema.type }
  if (schema.type === 'string' || (!schema.type && schema.enum)) {
    const values = schema.enum?.filter((each) => typeof each === 'string')
    return values && values.length > 0 ? { kind: 'string', values } : { kind: 'string' }
  }
  // The documents write `type: object` without fields for whatever their generator could not see, dates and strings included.
  if (schema.properties && Object.keys(schema.properties).length > 0)
    return { kind: 'object', fields: fieldsOf(schema, resolve, within) }
  return any
}
