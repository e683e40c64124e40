import { createHash } from 'node:crypto'
import type pg from 'pg'
import { exitCodes, StartError } from './start-error.js'

/** One step of the schema. Once released, neither its id nor its text changes. */
export interface Migration {
  /** `0001-name`: the order is the order of the ids. */
  readonly id: string
  /** One or more statements; they run in one transaction. */
  readonly sql: string
  /**
   * Runs before them, in the same transaction: makes rows fit that an older program let in. It is no part of what must not
   * change, since a database that the migration ran on had nothing to clean.
   */
  readonly clean?: string
}

interface Applied {
  id: string
  checksum: string
}

/** One number of our own, so that no other program on the server waits for our lock. */
const lockKey = 4_739_120_026
const ledger = `create table if not exists "schemaMigrations" ("id" text primary key, "checksum" text not null)`

/**
 * Brings the schema up to date, forward only: each missing migration in a transaction of its own, one process at a time.
 * Returns the ids that this call applied.
 *
 * @throws StartError when the database is newer than this program, a released migration was changed, or one fails
 */
export async function migrate(pool: pg.Pool, migrations: readonly Migration[]): Promise<string[]> {
  assertOrdered(migrations)
  const client = await pool.connect()
  let isClean = false
  try {
    await client.query(`select pg_advisory_lock(${lockKey})`)
    await client.query(ledger)
    const { rows } = await client.query<Applied>(`select "id", "checksum" from "schemaMigrations" order by "id" collate "C"`)
    const missing = missingFrom(rows, migrations)
    if (missing.length === 0) {
      await client.query(`select pg_advisory_unlock(${lockKey})`)
      isClean = true
    } else {
      // The disk is waited for by the first commit after them, which brings all of theirs along; a crash before that loses the last.
      await client.query('set synchronous_commit = off')
      for (const migration of missing) await apply(client, migration)
    }
    return missing.map(({ id }) => id)
  } finally {
    // Closing the connection frees the lock too, also after an error that broke it.
    client.release(!isClean)
  }
}

function assertOrdered(migrations: readonly Migration[]): void {
  const ids = migrations.map(({ id }) => id)
  const sorted = [...new Set(ids)].sort()
  if (ids.length !== sorted.length || ids.some((id, index) => id !== sorted[index]))
    throw new Error('Migration ids must be unique and ascending: give the newest the highest number.')
}

function missingFrom(applied: readonly Applied[], migrations: readonly Migration[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.id, migration]))
  for (const { id, checksum } of applied) {
    const migration = known.get(id)
    if (!migration) throw newerDatabase(id)
    if (checksumOf(migration) !== checksum) throw changed(id)
  }
  const last = applied.at(-1)?.id ?? ''
  const done = new Set(applied.map(({ id }) => id))
  const missing = migrations.filter(({ id }) => !done.has(id))
  const late = missing.find(({ id }) => id < last)
  if (late) throw refused(`Migration ${late.id} comes before ${last}, which the database already has. Give it a higher number.`)
  return missing
}

async function apply(client: pg.PoolClient, migration: Migration): Promise<void> {
  try {
    await client.query('begin')
    if (migration.clean) await client.query(migration.clean)
    await client.query(migration.sql)
    await client.query('insert into "schemaMigrations" ("id", "checksum") values ($1, $2)', [migration.id, checksumOf(migration)])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback').catch(() => {})
    const message = `Migration ${migration.id} failed and changed nothing: ${(cause as Error).message}.`
    throw new StartError(message, exitCodes.unavailable, { cause })
  }
}

/** Line ends and blanks at the end depend on the checkout, not on the migration. */
function checksumOf({ sql }: Migration): string {
  return createHash('sha256').update(sql.replaceAll('\r\n', '\n').trimEnd()).digest('hex')
}

function newerDatabase(id: string): StartError {
  return refused(
    `The database was made by a newer Groundlevel: it has migration ${id}, which this one does not know. Start the newer one.`,
  )
}

function changed(id: string): StartError {
  return refused(
    `Migration ${id} was changed after it ran on this database. Restore its text and put the change into a new migration.`,
  )
}

function refused(message: string): StartError {
  return new StartError(message, exitCodes.setting)
}
