import Type from 'typebox'

/**
 * A shape: JSON Schema at run time, a `T` to the compiler. The field is never there, it only carries the type.
 * These types are our own, since typebox's infer every shape anew wherever it is used: they took most of a build.
 */
export interface TSchema<T = unknown> {
  readonly '~static': T
}

/** A shape that may be left out of its object. */
export type TOptional<S extends TSchema = TSchema> = S & { readonly '~optional': true }

export type TProperties = Readonly<Record<string, TSchema>>

type OptionalKey<P> = { [K in keyof P]: P[K] extends { readonly '~optional': true } ? K : never }[keyof P]
type Flat<T> = { [K in keyof T]: T[K] }
type StaticObject<P extends TProperties> = Flat<
  { -readonly [K in Exclude<keyof P, OptionalKey<P>>]: P[K]['~static'] } & {
    -readonly [K in OptionalKey<P>]?: P[K]['~static']
  }
>

export interface TObject<P extends TProperties = TProperties> extends TSchema<StaticObject<P>> {
  readonly properties: P
}

/** What a value of the shape is to TypeScript. */
export type Static<S extends TSchema> = S['~static']

/** A row as lists send it: every field there, empty ones null. */
export type RowOf<T> = { [K in keyof T]-?: NonNullable<T[K]> | null }

type Options = Record<string, unknown>

/** A query or body field with a default: clients may leave it out, handlers always find it. */
export type Defaulted<S extends TSchema = TSchema> = TOptional<S> & { readonly default: unknown }

const made = <S>(schema: unknown) => schema as S

/**
 * The vocabulary of shapes. Objects are closed: a field that is not declared is refused on the way in (422,
 * `property x should not exist`) and caught by the reply check on the way out.
 */
export const t = {
  /** A closed object. */
  Object: <const P extends TProperties>(properties: P, options: Options = {}) =>
    made<TObject<P>>(Type.Object(properties as never, { additionalProperties: false, ...options })),
  /** An object whose fields are not ours to name. */
  Open: (options: Options = {}) => made<TSchema<Record<string, unknown>>>(Type.Record(Type.String(), Type.Unknown(), options)),
  /** The same shape with every field optional: the body of an update. */
  Partial: <P extends TProperties>(shape: TObject<P>) =>
    made<TObject<{ [K in keyof P]: TOptional<P[K]> }>>(Type.Partial(shape as never, { additionalProperties: false })),
  /** A closed object of some fields of another, in the order in which they are picked. */
  Pick: <P extends TProperties, const K extends readonly (keyof P & string)[]>(shape: TObject<P>, keys: K) => {
    const picked = made<TObject>(Type.Pick(shape as never, [...keys], { additionalProperties: false }))
    const properties = Object.fromEntries(keys.map((key) => [key, picked.properties[key]]))
    return made<TObject<Pick<P, K[number]>>>(Object.assign(picked, { properties }))
  },
  /** A closed object without some fields of another. */
  Omit: <P extends TProperties, const K extends readonly (keyof P & string)[]>(shape: TObject<P>, keys: K) =>
    made<TObject<Omit<P, K[number]>>>(Type.Omit(shape as never, [...keys], { additionalProperties: false })),
  String: (options: Options = {}) => made<TSchema<string>>(Type.String(options)),
  /** Whole or broken number, as JSON has it; a numeric string too in a query. */
  Number: (options: Options = {}) => made<TSchema<number>>(Type.Number(options)),
  Integer: (options: Options = {}) => made<TSchema<number>>(Type.Integer(options)),
  Boolean: (options: Options = {}) => made<TSchema<boolean>>(Type.Boolean(options)),
  Array: <S extends TSchema>(items: S, options: Options = {}) =>
    made<TSchema<S['~static'][]>>(Type.Array(items as never, options)),
  /** One of the listed strings. */
  Enum: <const V extends readonly string[]>(values: V, options: Options = {}) =>
    made<TSchema<V[number]>>({ type: 'string', enum: [...values], ...options }),
  /** `local@domain`, any case. */
  Email: (options: Options = {}) => made<TSchema<string>>(Type.String({ format: 'email', ...options })),
  /** ISO 8601 in UTC with milliseconds, the wire's default for dates (wire-contract §3.2). */
  DateTime: (options: Options = {}) => made<TSchema<string>>(Type.String({ format: 'date-time', ...options })),
  /** `http:` or `https:` address. */
  Url: (options: Options = {}) => made<TSchema<string>>(Type.String({ format: 'url', ...options })),
  Null: () => made<TSchema<null>>(Type.Null()),
  /** The shape, or null: what the wire sends for an empty cell of a list. */
  Nullable: <S extends TSchema>(shape: S, options: Options = {}) =>
    made<TSchema<S['~static'] | null>>(Type.Union([shape as never, Type.Null()], options)),
  /** A row of a list: every empty cell is null instead of left out (live facts, search rows). */
  Row: <P extends TProperties>(shape: TObject<P>) =>
    made<TSchema<RowOf<StaticObject<P>>>>(
      Type.Object(
        Object.fromEntries(
          Object.entries(shape.properties).map(([name, field]) => [name, Type.Union([field as never, Type.Null()])]),
        ),
        { additionalProperties: false },
      ),
    ),
  Union: <const S extends readonly TSchema[]>(shapes: S, options: Options = {}) =>
    made<TSchema<S[number]['~static']>>(Type.Union([...shapes] as never, options)),
  Literal: <const V extends string | number | boolean>(value: V) => made<TSchema<V>>(Type.Literal(value)),
  Unknown: (options: Options = {}) => made<TSchema<unknown>>(Type.Unknown(options)),
  Optional: <S extends TSchema>(shape: S) => made<TOptional<S>>(Type.Optional(shape as never)),
  /** Optional for the caller, always there for the handler. */
  Default: <S extends TSchema>(shape: S, value: Static<S>) =>
    made<Defaulted<S>>(Object.assign(Type.Optional(shape as never), { default: value })),
}

type DefaultedKeys<P> = { [K in keyof P]: P[K] extends { default: unknown } ? K : never }[keyof P]

/** What a handler finds of a shape: fields with a default are always there. */
export type Received<S> =
  S extends TObject<infer P>
    ? Static<S> & { [K in DefaultedKeys<P>]-?: P[K] extends TSchema ? NonNullable<Static<P[K]>> : never }
    : S extends TSchema
      ? Static<S>
      : never
