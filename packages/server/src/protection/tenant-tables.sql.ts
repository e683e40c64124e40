import { sql } from 'kysely'
import type { Db } from '../database/wire.js'

/**
 * Tables that a sub-account's or a contact's rows are removed from, read from the database's own catalogue: a table that is
 * added later is covered without anybody remembering to (decision 0030).
 */
export const tablesWith = async (db: Db, ...columns: readonly string[]): Promise<readonly string[]> => {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and (select count(*) from pg_attribute a
           where a.attrelid = c.oid and not a.attisdropped and a.attname = any(${columns}::text[])) = ${columns.length}
    order by c.relname`.execute(db)
  return rows.map(({ name }) => name)
}

/** @returns how many went, at most `limit`: few enough that nobody waits for their locks. */
export const deleteSome = async (db: Db, table: string, locationId: string, limit: number): Promise<number> => {
  const { numAffectedRows } = await sql`delete from ${sql.table(table)} where ctid = any(array(
    select ctid from ${sql.table(table)} where "locationId" = ${locationId} limit ${sql.lit(limit)}))`.execute(db)
  return Number(numAffectedRows ?? 0n)
}
