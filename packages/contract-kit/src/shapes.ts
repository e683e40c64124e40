import Type, { type Static, type TObject, type TOptional, type TProperties, type TSchema, type TUnsafe } from 'typebox'

export type { Static, TObject, TSchema } from 'typebox'

/** A row as lists send it: every field there, empty ones null. */
export type RowOf<T> = { [K in keyof T]-?: NonNullable<T[K]> | null }

type Options = Record<string, unknown>

/** A query or body field with a default: clients may leave it out, handlers always find it. */
export type Defaulted<S extends TSchema = TSchema> = TOptional<S> & { default: unknown }

/**
 * The vocabulary of shapes. Objects are closed: a field that is not declared is refused on the way in (422,
 * `property x should not exist`) and caught by the reply check on the way out.
 */
export const t = {
  /** A closed object. */
  Object: <const P extends TProperties>(properties: P, options: Options = {}) =>
    Type.Object(properties, { additionalProperties: false, ...options }),
  /** An object whose fields are not ours to name. */
  Open: (options: Options = {}) => Type.Record(Type.String(), Type.Unknown(), options),
  /** The same shape with every field optional: the body of an update. */
  Partial: <P extends TProperties>(shape: TObject<P>) => Type.Partial(shape, { additionalProperties: false }),
  // typebox's own types of these two lose the fields as soon as the shape is generic.
  /** A closed object of some fields of another, in the order in which they are picked. */
  Pick: <P extends TProperties, const K extends readonly (keyof P & string)[]>(shape: TObject<P>, keys: K) => {
    const picked = Type.Pick(shape, [...keys], { additionalProperties: false })
    const fields = picked.properties as TProperties
    return Object.assign(picked, { properties: Object.fromEntries(keys.map((key) => [key, fields[key]])) }) as unknown as TObject<
      Pick<P, K[number]>
    >
  },
  /** A closed object without some fields of another. */
  Omit: <P extends TProperties, const K extends readonly (keyof P & string)[]>(shape: TObject<P>, keys: K) =>
    Type.Omit(shape, [...keys], { additionalProperties: false }) as unknown as TObject<Omit<P, K[number]>>,
  String: (options: Options = {}) => Type.String(options),
  /** Whole or broken number, as JSON has it; a numeric string too in a query. */
  Number: (options: Options = {}) => Type.Number(options),
  Integer: (options: Options = {}) => Type.Integer(options),
  Boolean: (options: Options = {}) => Type.Boolean(options),
  Array: <S extends TSchema>(items: S, options: Options = {}) => Type.Array(items, options),
  /** One of the listed strings. */
  Enum: <const V extends readonly string[]>(values: V, options: Options = {}) =>
    Type.Unsafe<V[number]>({ type: 'string', enum: [...values], ...options }),
  /** `local@domain`, any case. */
  Email: (options: Options = {}) => Type.String({ format: 'email', ...options }),
  /** ISO 8601 in UTC with milliseconds, the wire's default for dates (wire-contract §3.2). */
  DateTime: (options: Options = {}) => Type.String({ format: 'date-time', ...options }),
  /** `http:` or `https:` address. */
  Url: (options: Options = {}) => Type.String({ format: 'url', ...options }),
  Null: () => Type.Null(),
  /** The shape, or null: what the wire sends for an empty cell of a list. */
  Nullable: <S extends TSchema>(shape: S, options: Options = {}) => Type.Union([shape, Type.Null()], options),
  /** A row of a list: every empty cell is null instead of left out (live facts, search rows). */
  Row: <P extends TProperties>(shape: TObject<P>) =>
    Type.Object(
      Object.fromEntries(
        Object.entries(shape.properties).map(([name, field]) => [name, Type.Union([field as TSchema, Type.Null()])]),
      ),
      { additionalProperties: false },
    ) as unknown as TUnsafe<RowOf<Static<TObject<P>>>>,
  Union: <const S extends TSchema[]>(shapes: [...S], options: Options = {}) => Type.Union(shapes, options),
  Literal: <const V extends string | number | boolean>(value: V) => Type.Literal(value),
  Unknown: (options: Options = {}) => Type.Unknown(options),
  Optional: <S extends TSchema>(shape: S) => Type.Optional(shape),
  /** Optional for the caller, always there for the handler. */
  Default: <S extends TSchema>(shape: S, value: Static<S>): Defaulted<S> =>
    Object.assign(Type.Optional(shape), { default: value }) as unknown as Defaulted<S>,
}

type DefaultedKeys<P> = { [K in keyof P]: P[K] extends { default: unknown } ? K : never }[keyof P]

/** What a handler finds of a shape: fields with a default are always there. */
export type Received<S> =
  S extends TObject<infer P>
    ? Static<S> & { [K in DefaultedKeys<P>]-?: P[K] extends TSchema ? NonNullable<Static<P[K]>> : never }
    : S extends TSchema
      ? Static<S>
      : never
