import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Connection } from './connection.js'
import { checkServer } from './server-check.js'
import { StatementNames } from './statement-names.js'
import type { Tables } from './tables.js'

export interface PoolOptions {
  /** The most connections. Default 16. */
  max?: number
  /** Statements that take longer are ended, which a caller is told as a 400. Default: they may take as long as they need. */
  statementTimeoutMs?: number
  /** Another pool was opened on this server a moment ago: it is not asked again whether it answers and is new enough. */
  known?: boolean
  /** No table is read from end to end where an index can serve, however cheap the planner thinks the first rows of it. */
  indexesOnly?: boolean
  /** Hears of idle connections that broke, e.g. because the database was restarted. The pool replaces them itself. */
  onError: (error: Error) => void
}

const defaultMax = 16
const connectTimeoutMs = 10_000

/**
 * Opens a pool on a server that answers, is new enough and lets us in. Its connections run in UTC, end a transaction that
 * idles for 15 s, and keep the plans of repeated statements (see StatementNames).
 *
 * Values: timestamptz → Date; int8 → number (RangeError beyond 2^53); numeric, date and timestamp → text.
 *
 * @throws StartError in one sentence without the password when the server cannot be used
 */
export async function openPool(
  where: Connection | string,
  { max = defaultMax, statementTimeoutMs = 0, indexesOnly = false, known = false, onError }: PoolOptions,
): Promise<pg.Pool> {
  const server = typeof where === 'string' ? { connectionString: where } : where
  const settings = {
    ...server,
    application_name: 'groundlevel',
    connectionTimeoutMillis: connectTimeoutMs,
    // A compiler of queries costs more than any of ours takes.
    options: `-c TimeZone=UTC -c idle_in_transaction_session_timeout=15s -c jit=off -c statement_timeout=${statementTimeoutMs}${indexesOnly ? ' -c enable_seqscan=off' : ''}`,
    types: { getTypeParser },
  }
  if (!known) await checkServer(settings, where)
  const pool = new pg.Pool({ ...settings, max, Client: namingClient(new StatementNames()) })
  pool.on('error', onError)
  // A connection that breaks in the hands of a transaction, between two of its statements, tells nobody but its own listeners;
  // without one the process ends. The transaction hears of it by its next statement.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** The query builder over the pool. Ending it ends the pool. */
export function openDatabase(pool: pg.Pool): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}

/** A client that sends repeated statements by name. Only calls of the form `query(text, values)` are looked at. */
function namingClient(names: StatementNames): typeof pg.Client {
  const plain = pg.Client.prototype.query as (this: pg.Client, ...args: unknown[]) => unknown
  return class extends pg.Client {
    /** The name by which this connection keeps a text. */
    readonly #kept = new Map<string, string>()

    #named(text: string, name: string, values: unknown): Promise<pg.QueryResult> {
      const sent = () => plain.call(this, { name, text, values }) as Promise<pg.QueryResult>
      const earlier = this.#kept.get(text)
      if (earlier === name) return sent()
      // In a transaction that has failed the plan stays: no harm but its memory.
      if (earlier !== undefined) void (plain.call(this, `deallocate ${earlier}`) as Promise<unknown>).catch(() => {})
      this.#kept.delete(text)
      return sent().then((result) => {
        this.#kept.set(text, name)
        return result
      })
    }

    // One signature for the eight overloads: what is not ours is handed on untouched.
    override query(...args: unknown[]): never {
      const [text, values, callback] = args
      const name = typeof text === 'string' && Array.isArray(values) ? names.next(text) : undefined
      if (name === undefined) return plain.apply(this, args) as never
      const result = this.#named(text as string, name, values).catch((error: Error) => {
        if (!isStalePlan(error)) throw error
        names.renew(text as string)
        const unnamed = plain.call(this, { text, values }) as Promise<pg.QueryResult>
        // In a transaction the failure has already ended it: its second word would hide the first.
        return unnamed.catch((again: Error) => Promise.reject(isAborted(again) ? error : again))
      })
      return answered(result, callback) as never
    }
  } as typeof pg.Client
}

/** The pool's own `query` asks its client with a callback. */
function answered(result: Promise<pg.QueryResult>, callback: unknown): Promise<pg.QueryResult> | undefined {
  if (typeof callback !== 'function') return result
  result.then(
    (found) => process.nextTick(() => callback(undefined, found)),
    (error) => process.nextTick(() => callback(error)),
  )
  return undefined
}

/** A migration on another node changed what a kept `select *` returns. PostgreSQL has no code of its own for that. */
function isStalePlan(error: Error): boolean {
  return error.message === 'cached plan must not change result type'
}

function isAborted(error: Error): boolean {
  return (error as pg.DatabaseError).code === '25P02'
}

const { INT8, DATE, TIMESTAMP } = pg.types.builtins
const chosenParsers = new Map<number, (text: string) => unknown>([
  [INT8, safeInteger],
  // pg would read both in the zone of the process: a day of the calendar would become an instant.
  [DATE, String],
  [TIMESTAMP, String],
])

function getTypeParser(oid: number, format?: 'text' | 'binary') {
  return (format !== 'binary' && chosenParsers.get(oid)) || pg.types.getTypeParser(oid, format as 'text')
}

function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`The int8 value ${text} does not fit a number: select it as text.`)
  return value
}
