import { type Expression, sql } from 'kysely'
import type { Db } from './wire.js'

const exactUpTo = 10_000

/** How many rows a query has: exact to 10 000; above that the planner's guess, never less than 10 001. */
export const countRowsUpTo = async (db: Db, query: Expression<unknown>): Promise<number> => {
  const capped = sql`select 1 from (${query}) q limit ${sql.lit(exactUpTo + 1)}`
  const { rows } = await sql<{ n: number }>`/* search */ select count(*)::int as n from (${capped}) c`.execute(db)
  const counted = rows[0]?.n ?? 0
  if (counted <= exactUpTo) return counted
  const explained = sql<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>`/* search */ explain (format json) ${query}`
  const plan = await explained.execute(db)
  return Math.max(exactUpTo + 1, plan.rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0)
}
