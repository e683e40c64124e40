import type { TObject, TSchema } from '@groundlevel/contract-kit'

/** The parts of JSON Schema that our shapes use. */
export interface Schema {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly const?: unknown
  readonly format?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: unknown
  readonly default?: unknown
}

export const schemaOf = (shape: TSchema | TObject) => shape as unknown as Schema

/** The shape behind `Nullable`, and whether null is allowed. */
export const unwrap = (schema: Schema): { schema: Schema; nullable: boolean } => {
  const others = schema.anyOf?.filter((each) => each.type !== 'null')
  if (!schema.anyOf || !others) return { schema, nullable: schema.type === 'null' }
  const nullable = others.length < schema.anyOf.length
  const [only] = others
  return only && others.length === 1 ? { schema: only, nullable } : { schema: { ...schema, anyOf: others }, nullable }
}
