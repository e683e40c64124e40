import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one, sparseRows } from '../../database/wire.js'

const { LostReason } = shapes

interface ReasonFilter {
  readonly name?: string | undefined
  readonly query?: string | undefined
  readonly deleted: boolean
  readonly limit: number
  readonly skip: number
}

/** Reasons of one location; a deleted one stays for the opportunities that were lost for it. */
export const lostReasonsOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('lostReasons').where('locationId', '=', locationId)
  const living = mine.where('deleted', '=', false)

  return {
    list: async ({ name, query, deleted, limit, skip }: ReasonFilter) => {
      let rows = mine.where('deleted', '=', deleted)
      if (name) rows = rows.where(sql<boolean>`lower(name) = lower(${name})`)
      if (query?.trim()) rows = rows.where(sql<boolean>`position(lower(${query.trim()}) in lower(name)) > 0`)
      const sorted = rows.selectAll().orderBy('createdAt').orderBy('id').limit(sql.lit(limit)).offset(sql.lit(skip))
      const counted = await rows.select(sql<number>`count(*)::int`.as('total')).executeTakeFirst()
      return { lostReasons: await sparseRows(db, LostReason, sorted), total: counted?.total ?? 0 }
    },
    /** Whether opportunities can be lost for it. */
    exists: async (id: string) => (await living.select('id').where('id', '=', id).executeTakeFirst()) !== undefined,
    named: async (name: string) =>
      (await living.select('id').where(sql<boolean>`lower(name) = lower(${name})`).executeTakeFirst())?.id,
    hold: async () => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`lost reasons of ${locationId}`}, 23))`.execute(db)
    },
    add: (id: string, name: string, now: Date) =>
      one(
        db,
        LostReason,
        db
          .insertInto('lostReasons')
          .values({ locationId, id, name, deleted: false, createdAt: now, updatedAt: now })
          .returningAll(),
      ),
    change: (id: string, change: { readonly name?: string; readonly deleted?: true }, now: Date) =>
      one(
        db,
        LostReason,
        db
          .updateTable('lostReasons')
          .set({ ...change, updatedAt: now })
          .where('locationId', '=', locationId)
          .where('id', '=', id)
          .where('deleted', '=', false)
          .returningAll(),
      ),
  }
}
