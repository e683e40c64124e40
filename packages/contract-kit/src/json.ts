/**
 * JSON text that already has the shape `T`: made by the database, sent as it is.
 *
 * `.text` goes to the wire unchanged; `.value` parses on first use, for rules and events that need a field.
 */
export class Json<T> {
  #parsed: { value: T } | undefined

  constructor(readonly text: string) {}

  get value(): T {
    this.#parsed ??= { value: JSON.parse(this.text) as T }
    return this.#parsed.value
  }
}

/** What a handler may return for a reply of shape `T`: a plain value, JSON text, or an envelope that mixes both. */
export type Replied<T> = T | Json<T> | (T extends readonly unknown[] ? never : { [K in keyof T]: T[K] | Json<NonNullable<T[K]>> })

/** The JSON text of a record, whether the database made it or a program did. */
export const jsonText = (record: Json<unknown> | object): string =>
  record instanceof Json ? record.text : JSON.stringify(record)
