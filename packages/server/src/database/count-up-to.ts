import { type Expression, type RawBuilder, sql } from 'kysely'
import type { Db } from './wire.js'

const exactUpTo = 10_000

export interface Hits {
  /** Exact to 10 000; above that the planner's guess, never less than 10 001. */
  readonly total: number
  /** The ids, in no order; absent where there are more than were asked for. */
  readonly ids?: readonly string[]
}

type Query = Expression<unknown> | RawBuilder<unknown>

const estimateOf = async (db: Db, query: Query): Promise<number> => {
  const explained = sql<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>`/* search */ explain (format json) ${query}`
  return (await explained.execute(db)).rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0
}

/** So many at most, of one query after the other. */
const capped = (queries: readonly Query[]) => {
  const most = sql.lit(exactUpTo + 1)
  const each = queries.map((query) => sql`(select id from (${query}) q limit ${most})`)
  return sql`select id from (${sql.join(each, sql` union all `)}) q limit ${most}`
}

/**
 * How many rows a query has, and their ids where they are few: nobody has to look for them a second time.
 *
 * @param ids a `select id`
 * @param few so many are told
 * @param apart the same rows by several queries, each row by one of them
 */
export const hitsUpTo = async (db: Db, ids: Query, few: number, apart?: readonly Query[]): Promise<Hits> => {
  const expected = apart && (await estimateOf(db, ids))
  // Cut apart where many are expected: whoever counts few reads all of them anyhow, and each part reads once more what they share.
  const queries = apart && (expected ?? 0) > exactUpTo ? apart : [ids]
  const told = few > 0 ? sql`case when count(*) <= ${sql.lit(few)} then array_agg(id) end` : sql`null::text[]`
  const counting = sql<{
    n: number
    ids: string[] | null
  }>`/* search */ select count(*)::int as n, ${told} as ids from (${capped(queries)}) c`
  const { n = 0, ids: found } = (await counting.execute(db)).rows[0] ?? {}
  if (n > exactUpTo) return { total: Math.max(exactUpTo + 1, expected ?? (await estimateOf(db, ids))) }
  return { total: n, ...(n <= few ? { ids: found ?? [] } : {}) }
}

/** How many rows a query of ids has: exact to 10 000; above that the planner's guess, never less than 10 001. */
export const countRowsUpTo = async (db: Db, ids: Query): Promise<number> => (await hitsUpTo(db, ids, 0)).total
