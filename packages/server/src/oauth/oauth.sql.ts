import { sql } from 'kysely'
import type { Db } from '../database/wire.js'

/** Spent codes are kept this long after they expired: a second use within it still ends the grant. */
const codeKeptMs = 30 * 86_400_000
/** A reply is replayed for 30 seconds; what is older is only weight. */
const replayKeptMs = 60_000
const batch = 1_000

const before = (now: Date, ms: number) => new Date(now.getTime() - ms)

/** Deletes what nobody can use any more, a batch at a time, so that no lock lasts. */
export const expiredOf = (db: Db, now: Date) => {
  const run = async (statement: ReturnType<typeof sql>): Promise<number> =>
    Number((await statement.execute(db)).numAffectedRows ?? 0)
  return {
    interactions: () =>
      run(
        sql`delete from interactions where id in (select id from interactions where "expiresAt" < ${now} limit ${sql.lit(batch)})`,
      ),
    codes: () =>
      run(sql`delete from "authorizationCodes" where "codeHash" in
        (select "codeHash" from "authorizationCodes" where "expiresAt" < ${before(now, codeKeptMs)} limit ${sql.lit(batch)})`),
    refreshTokens: () =>
      run(sql`delete from "refreshTokens" where "tokenHash" in
        (select "tokenHash" from "refreshTokens" where "expiresAt" < ${now} limit ${sql.lit(batch)})`),
    replays: () =>
      run(sql`update "refreshTokens" set replay = null where "tokenHash" in
        (select "tokenHash" from "refreshTokens" where replay is not null and "usedAt" < ${before(now, replayKeptMs)} limit ${sql.lit(batch)})`),
  }
}
