import { type CompiledQuery, type OperationNodeSource, sql } from 'kysely'
import { prepared } from './prepared.js'
import type { Db } from './wire.js'

/** A statement that can also stand inside another. */
export interface Readable<R> extends OperationNodeSource {
  compile(): CompiledQuery<R>
}

/** One set of values, and whoever asked for them: all hold the same promise. */
interface Asked<V, A> {
  readonly values: V
  readonly answer: Promise<A>
  found(answer: A): void
  failed(error: unknown): void
}

/** Two, so that PostgreSQL has the next while it answers the last; more would only make the batches smaller. */
const mostUnderWay = 2
const mostInBatch = 32

const askedFor = <V, A>(values: V): Asked<V, A> => {
  let settle: Pick<Asked<V, A>, 'found' | 'failed'> | undefined
  const answer = new Promise<A>((found, failed) => {
    settle = { found, failed }
  })
  return { values, answer, ...(settle as unknown as Pick<Asked<V, A>, 'found' | 'failed'>) }
}

type AnswerAll<V, A> = (db: Db, all: readonly V[]) => Promise<readonly A[]>

/** Hands what is asked for in one moment to `answerAll`, the same values once. */
class Gathering<V extends readonly string[], A> {
  #waiting = new Map<string, Asked<V, A>>()
  #underWay = 0
  #due = false

  constructor(
    private readonly db: Db,
    private readonly answerAll: AnswerAll<V, A>,
    private readonly keyOf: (values: V) => string,
  ) {}

  ask(values: V): Promise<A> {
    const key = this.keyOf(values)
    const asked = this.#waiting.get(key) ?? askedFor<V, A>(values)
    this.#waiting.set(key, asked)
    if (!this.#due && this.#underWay < mostUnderWay) {
      this.#due = true
      setImmediate(() => this.#send())
    }
    return asked.answer
  }

  #send(): void {
    this.#due = false
    if (this.#waiting.size === 0 || this.#underWay >= mostUnderWay) return
    const all = [...this.#waiting]
    this.#waiting = new Map(all.slice(mostInBatch))
    this.#underWay++
    void this.#answer(all.slice(0, mostInBatch).map(([, asked]) => asked)).finally(() => {
      this.#underWay--
      this.#send()
    })
  }

  async #answer(all: readonly Asked<V, A>[]): Promise<void> {
    try {
      const answers = await this.answerAll(
        this.db,
        all.map(({ values }) => values),
      )
      for (const [at, { found }] of all.entries()) found(answers[at] as A)
    } catch (error) {
      // Nobody's values may fail another's.
      if (all.length > 1) await Promise.all(all.map((asked) => this.#answer([asked])))
      else all[0]?.failed(error)
    }
  }
}

/**
 * Calls of one moment become one call of `answerAll`, which answers them in their order, all or none. Where it fails for
 * several it is called again for each alone: it must bear that. Inside a transaction nothing waits for others. `keyOf` says which
 * values are the same; default: where every one is.
 */
export const gathered = <V extends readonly string[], A>(
  answerAll: AnswerAll<V, A>,
  keyOf: (values: V) => string = JSON.stringify,
) => {
  const gatherings = new WeakMap<Db, Gathering<V, A>>()
  const gatheringOn = (db: Db) => {
    const known = gatherings.get(db) ?? new Gathering(db, answerAll, keyOf)
    gatherings.set(db, known)
    return known
  }
  return async (db: Db, ...values: V): Promise<A> =>
    db.isTransaction ? ((await answerAll(db, [values]))[0] as A) : gatheringOn(db).ask(values)
}

/** Sets of values as a table: `asked`, with a text column for each name, and their `no` from 1. */
export const askedRows = (names: readonly string[], lists: readonly unknown[]) =>
  sql`unnest(${sql.join(lists.map((list) => sql`${list}::text[]`))}) with ordinality as asked(${sql.join([...names, 'no'].map((name) => sql.ref(name)))})`

/** One list a name, as `askedRows` takes them. */
export const listsOf = (names: readonly string[], all: readonly (readonly string[])[]) =>
  names.map((_, at) => all.map((values) => values[at] as string))

/** The statement of `build` for many sets of values: each found row says whose it is. */
const forMany = <V extends readonly string[], R>(names: readonly string[], build: (db: Db, ...values: V) => Readable<R>) =>
  prepared<readonly string[][], R & { readonly askedNo: number }>(names.length + 1, (db, ...lists) => {
    const inner = build(db, ...(names.map((name) => sql.ref(`asked.${name}`)) as unknown as V))
    const text = sql<R & { readonly askedNo: number }>`select asked.no::int as "askedNo", found.*
      from ${askedRows(names, lists)} cross join lateral (${inner}) found`
    return { compile: () => text.compile(db) }
  })

/**
 * A prepared read that answers all who ask in the same moment by one round trip: waking PostgreSQL costs more than a point read.
 * It goes out when the sockets that are readable have been read, so nobody waits for company; who asks for the same values
 * gets the same answer. Every answer is read after it was asked for. Reads inside a transaction stay there, alone.
 *
 * `parameters` and `build` as for `prepared`; values are texts. `answerOf` makes of the rows what all its callers get: no one
 * may change it.
 */
export const together = <const V extends readonly string[], R extends object, A>(
  parameters: number,
  build: (db: Db, ...values: V) => Readable<R>,
  answerOf: (rows: readonly R[]) => A,
) => {
  const names = Array.from({ length: parameters - 1 }, (_, at) => `v${at}`)
  const alone = prepared<V, R>(parameters, build)
  const many = forMany<V, R>(names, build)
  return gathered<V, A>(async (db, all) => {
    const [first] = all
    if (all.length === 1 && first) return [answerOf(await alone(db, ...first))]
    const byNo = all.map((): R[] => [])
    for (const row of await many(db, ...listsOf(names, all))) byNo[row.askedNo - 1]?.push(row)
    return byNo.map(answerOf)
  })
}
