import { type RawBuilder, type Selectable, sql } from 'kysely'
import { isDeadPredecessor } from '../background/owner.js'
import type { Tables } from './tables.js'
import type { Db } from './wire.js'

/** Tables whose rows a process has for itself while it does something that no transaction can take part in. */
type Leased = 'deliveries' | 'messageSends' | 'staffMessages'

/** Whom a row belongs to, and for how long at most. */
export interface Lease {
  readonly owner: string
  /** Longer than the work takes: what holds a row longer is dead, or as good as dead. */
  readonly seconds: number
}

/**
 * Takes the oldest rows that are due and nobody's, in one statement. Leases run by the database's own clock: a jump of the lab
 * clock ends none, and nodes need not agree on the time.
 */
export const claimRows = async <T extends Exclude<Leased, 'deliveries'>>(
  db: Db,
  table: T,
  { owner, seconds }: Lease,
  {
    key,
    due,
    limit,
  }: { readonly key: readonly (keyof Tables[T] & string)[]; readonly due: RawBuilder<unknown>; readonly limit: number },
): Promise<Selectable<Tables[T]>[]> => {
  const columns = sql.join(key.map((name) => sql.ref(name)))
  const { rows } = await sql<Selectable<Tables[T]>>`
    with due as materialized (
      select ${columns} from ${sql.table(table)}
      where ${due} and ("leaseUntil" is null or "leaseUntil" < clock_timestamp())
      order by "dueAt" limit ${sql.lit(limit)} for update skip locked
    )
    update ${sql.table(table)} set "leaseUntil" = clock_timestamp() + make_interval(secs => ${sql.lit(seconds)}), "leaseOwner" = ${owner}
    where (${columns}) in (select ${columns} from due) returning *`.execute(db)
  return rows
}

/** Makes what these owners held due again at once. */
export const releaseLeases = async (db: Db, table: Leased, owners: readonly string[]): Promise<void> => {
  await sql`update ${sql.table(table)} set "leaseUntil" = null, "leaseOwner" = null
    where "leaseOwner" = any(${owners}::text[])`.execute(db)
}

/** Makes due again what processes of this installation held that are no more: a restart does not wait for leases. */
export const freePredecessors = async (db: Db, table: Leased, dataDir: string): Promise<void> => {
  const { rows } = await sql<{
    owner: string
  }>`select distinct "leaseOwner" as owner from ${sql.table(table)} where "leaseOwner" is not null`.execute(db)
  const dead = rows.map(({ owner }) => owner).filter((owner) => isDeadPredecessor(owner, dataDir))
  if (dead.length > 0) await releaseLeases(db, table, dead)
}
