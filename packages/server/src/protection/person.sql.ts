import { sql } from 'kysely'
import type { Db } from '../database/wire.js'

interface Owner {
  readonly locationId: string
  readonly contactId: string
}

/** More rows of one kind than anybody reads. */
const most = 10_000

/** Rows of any table that belong to one contact, as the database has them. */
export const rowsOfPerson = async (db: Db, table: string, { locationId, contactId }: Owner): Promise<readonly object[]> => {
  const { rows } = await sql<{ row: object }>`select row_to_json(t) as row from ${sql.table(table)} t
    where "locationId" = ${locationId} and "contactId" = ${contactId} limit ${sql.lit(most)}`.execute(db)
  return rows.map(({ row }) => row)
}

/** False where other rows still refer to these; the transaction goes on as if nothing had been tried. */
export const deleteRowsOfPerson = async (db: Db, table: string, { locationId, contactId }: Owner): Promise<boolean> => {
  await sql`savepoint rows_of_person`.execute(db)
  try {
    await sql`delete from ${sql.table(table)} where "locationId" = ${locationId} and "contactId" = ${contactId}`.execute(db)
    return true
  } catch (error) {
    if ((error as { code?: unknown }).code !== '23503') throw error
    await sql`rollback to savepoint rows_of_person`.execute(db)
    return false
  }
}

export interface Erasure {
  readonly id: string
  readonly locationId: string
  readonly contactId: string
  readonly terms: string[]
  readonly dateAdded: Date
}

export const erasuresOf = (db: Db) => ({
  add: async (row: Erasure & { readonly companyId: string }) => {
    await db.insertInto('erasures').values(row).execute()
  },
  waiting: (): Promise<Erasure[]> =>
    db
      .selectFrom('erasures')
      .select(['id', 'locationId', 'contactId', 'terms', 'dateAdded'])
      .where('finishedAt', 'is', null)
      .orderBy('dateAdded')
      .limit(sql.lit(100))
      .execute(),
  /** What was looked for is forgotten as well: the act stays, the person does not. */
  finish: async (id: string, now: Date) => {
    await db.updateTable('erasures').set({ terms: [], finishedAt: now }).where('id', '=', id).execute()
  },
})
