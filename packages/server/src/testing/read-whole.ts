import { CompiledQuery, Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import { expect } from 'vitest'
import type { Tables } from '../database/tables.js'

interface Plan {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly Plans?: readonly Plan[]
}

const wholeTables = (plan: Plan, tables: RegExp): string[] => [
  ...(plan['Node Type'] === 'Seq Scan' && tables.test(plan['Relation Name'] ?? '') ? [plan['Relation Name'] ?? ''] : []),
  ...(plan.Plans ?? []).flatMap((each) => wholeTables(each, tables)),
]

/** A database that remembers what it was asked, so that the plans of it can be looked at. */
export const watchedDatabase = (pool: pg.Pool, tables: RegExp) => {
  let asked: CompiledQuery[] = []
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), log: ({ query }) => void asked.push(query) })
  return {
    db,
    /** Those of the tables that the statements of `act` would read from end to end. */
    readWhole: async (act: () => Promise<unknown>): Promise<string[]> => {
      asked = []
      await act()
      const statements = asked.filter((query) => !query.sql.includes('explain') && /\b(select|update|delete)\b/.test(query.sql))
      expect(statements.length).toBeGreaterThan(0)
      const plans = await Promise.all(
        statements.map(async (query) => {
          const explained = CompiledQuery.raw(`explain (format json) ${query.sql}`, [...query.parameters])
          const { rows } = await db.executeQuery<{ 'QUERY PLAN': [{ Plan: Plan }] }>(explained)
          return wholeTables(rows[0]?.['QUERY PLAN'][0].Plan as Plan, tables)
        }),
      )
      return plans.flat()
    },
  }
}
