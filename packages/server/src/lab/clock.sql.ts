import { sql } from 'kysely'
import type { Db } from '../database/wire.js'

const name = 'clockAheadMs'

export const clockChannel = 'groundlevel_clock'

/** Ten years: dates far away are of no use to anybody, and some programs cannot read them. */
export const mostAheadMs = 3_653 * 86_400_000

/** How far the lab has moved the time of this database; what nobody's lab can have written counts as nothing. */
export const clockAheadMs = async (db: Db): Promise<number> => {
  const kept = await db.selectFrom('installation').select('value').where('name', '=', name).executeTakeFirst()
  const aheadMs = Number(kept?.value ?? 0)
  return aheadMs > 0 && aheadMs <= mostAheadMs ? aheadMs : 0
}

/** Moves it by so much more, and tells every process once that is committed; of several who do, each is counted. @returns how far that is in all */
export const keepAdvance = async (db: Db, byMs: number): Promise<number> => {
  const { value } = await db
    .insertInto('installation')
    .values({ name, value: String(byMs) })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({ value: sql<string>`(installation.value::bigint + ${byMs}::bigint)::text` }),
    )
    .returning('value')
    .executeTakeFirstOrThrow()
  await sql`select pg_notify(${clockChannel}, '')`.execute(db)
  return Number(value)
}
