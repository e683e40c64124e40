import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../database/tables.js'

/** Logs and counters of the server itself: they grow with every call, whoever calls. */
const notTenants = ['requestLog', 'tokenLog', 'migrations', 'idempotencyKeys', 'signingKeys']

export type Rows = ReadonlySet<string>

/** Every row of every table as text, with the table's name in front. */
export const allRows = async (db: Kysely<Tables>): Promise<Rows> => {
  const tables = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = current_schema() and c.relkind in ('r', 'p') and not c.relispartition`.execute(db)
  const names = tables.rows.map(({ name }) => name).filter((name) => !notTenants.some((each) => name.startsWith(each)))
  const selects = names.map(
    (name) => sql`select ${sql.lit(name)} || ' ' || row_to_json(t)::text as row from ${sql.table(name)} t`,
  )
  const { rows } = await sql<{ row: string }>`${sql.join(selects, sql` union all `)}`.execute(db)
  return new Set(rows.map(({ row }) => row))
}

/** What happened to the rows of somebody whose own words or ids are in them. */
export const touched = (before: Rows, after: Rows, words: readonly string[], ownerIds: readonly string[]) => {
  const theirs = (row: string) => words.some((word) => row.includes(word))
  // A row of the caller's own may repeat an id that it was given; one that names them as its owner may not appear.
  const owned = (row: string) =>
    ownerIds.some((id) => row.includes(`"locationId":"${id}"`) || row.includes(`"companyId":"${id}"`))
  return {
    gone: [...before].filter((row) => theirs(row) && !after.has(row)),
    come: [...after].filter((row) => owned(row) && !before.has(row)),
  }
}
