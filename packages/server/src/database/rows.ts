import { type RawBuilder, sql } from 'kysely'
import type { Tables } from './tables.js'

/**
 * Any number of rows as one parameter, so that a batch of 3 and a batch of 300 are one statement with one plan.
 * Use it as `insert into t (columns) select columns from ${rowsOf('t', rows)}`; a column that no row names is null.
 */
export const rowsOf = (table: keyof Tables, rows: readonly object[]): RawBuilder<unknown> =>
  sql`json_populate_recordset(null::${sql.table(table)}, ${storableJson(rows)}::json)`

/** Quoted column names of the rows, for both halves of such an insert. */
export const columnsOf = <T extends keyof Tables>(...names: readonly (keyof Tables[T] & string)[]): RawBuilder<unknown> =>
  sql.join(names.map((name) => sql.ref(name)))

/** NUL and halves of surrogate pairs, which JSON can write and PostgreSQL cannot store; a backslash that is itself escaped is none. */
const unstorable = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g

/** JSON that PostgreSQL can store: what it could not becomes U+FFFD. */
export const storableJson = (value: object): string => {
  const text = JSON.stringify(value)
  return text.includes('\\u') ? text.replace(unstorable, '$1\\ufffd') : text
}
