import type { CompiledQuery } from 'kysely'
import type { Db } from './wire.js'

/** Stands in the place of a value while a statement is compiled. */
class Gap {
  constructor(readonly at: number) {}
}

interface Compilable<R> {
  compile(): CompiledQuery<R>
}

/**
 * A statement that is compiled once and then only gets its values: building and compiling a query costs more than a point read's
 * way through the rest of the server.
 *
 * `build` is called once, with a stand-in for each value: it may only put them into the statement, not look at them. What
 * changes the text (a limit) is a parameter of whoever makes the statement, see `preparedFor`. Values come in the order of
 * `build`'s parameters, the tenant first. `parameters`: `build.length`, its `db` included.
 */
export const prepared = <const V extends readonly unknown[], R>(
  parameters: number,
  build: (db: Db, ...values: V) => Compilable<R>,
) => {
  let known: { readonly statement: CompiledQuery<R>; readonly gaps: readonly unknown[] } | undefined

  const compile = (db: Db) => {
    const stand = Array.from({ length: parameters - 1 }, (_, at) => new Gap(at))
    const statement = build(db, ...(stand as unknown as V)).compile()
    const missing = stand.filter((gap) => !statement.parameters.includes(gap))
    if (missing.length > 0)
      throw new Error(`a prepared statement does not use its values ${missing.map(({ at }) => at).join(', ')}`)
    return { statement, gaps: statement.parameters }
  }

  return async (db: Db, ...values: V): Promise<readonly R[]> => {
    known ??= compile(db)
    const { statement, gaps } = known
    const filled = gaps.map((each) => (each instanceof Gap ? values[each.at] : each))
    return (await db.executeQuery<R>({ ...statement, parameters: filled } as CompiledQuery<R>)).rows
  }
}

/** One statement for each of a few keys, made at its first use: a limit of 1 to 100, never what a caller may choose freely. */
export const preparedFor = <K, S>(make: (key: K) => S): ((key: K) => S) => {
  const made = new Map<K, S>()
  return (key) => {
    const known = made.get(key)
    if (known) return known
    const fresh = make(key)
    made.set(key, fresh)
    return fresh
  }
}
