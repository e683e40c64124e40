import { sql } from 'kysely'
import type { Db } from '../database/wire.js'

const tables = ['requestLog', 'tokenLog'] as const
type Partitioned = (typeof tables)[number]

const dayMs = 24 * 60 * 60 * 1000
const daysAhead = 2

export const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

const nameOf = (table: Partitioned, day: string) => `${table}_${day.replaceAll('-', '')}`

const exists = async (db: Db, name: string) => {
  const { rows } = await sql<{ found: boolean }>`select to_regclass(${`"${name}"`}) is not null as found`.execute(db)
  return rows[0]?.found === true
}

const isTaken = (error: unknown) => ['42P07', '23514'].includes(String((error as { code?: unknown }).code))

/**
 * Makes the partition of one day. Attached rather than created in place, which would stop every reader of the log; where
 * rows of that day lie in the default partition already, they and the day stay there.
 */
const addDay = async (db: Db, table: Partitioned, day: string) => {
  const name = nameOf(table, day)
  if (await exists(db, name)) return
  const from = new Date(`${day}T00:00:00.000Z`)
  const to = new Date(from.getTime() + dayMs)
  try {
    await db.transaction().execute(async (transaction) => {
      await sql`set local lock_timeout = '2s'`.execute(transaction)
      await sql`create table ${sql.table(name)} (like ${sql.table(table)} including all)`.execute(transaction)
      await sql`alter table ${sql.table(table)} attach partition ${sql.table(name)}
        for values from (${sql.lit(from.toISOString())}) to (${sql.lit(to.toISOString())})`.execute(transaction)
    })
  } catch (error) {
    if (!isTaken(error)) throw error
  }
}

/** Today's partitions and those of the next days. */
export const addDays = async (db: Db, now: Date): Promise<void> => {
  for (const table of tables) {
    for (let ahead = 0; ahead <= daysAhead; ahead++) await addDay(db, table, dayOf(new Date(now.getTime() + ahead * dayMs)))
  }
}

const daysKept = async (db: Db, table: Partitioned): Promise<readonly string[]> => {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = to_regclass(${`"${table}"`}) and c.relname ~ '_[0-9]{8}$'`.execute(db)
  return rows.map(({ name }) => name)
}

/** Drops whole days that ended before the cutoff, and what the default partition holds of them. */
export const dropDaysBefore = async (db: Db, cutoff: Date): Promise<void> => {
  for (const table of tables) {
    const oldest = nameOf(table, dayOf(cutoff))
    for (const name of await daysKept(db, table)) {
      if (name < oldest) await sql`drop table ${sql.table(name)}`.execute(db)
    }
    await sql`delete from ${sql.table(`${table}_default`)} where at < ${cutoff}`.execute(db)
  }
}
