import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one, sparseRows } from '../../database/wire.js'

const { CalendarFeed } = shapes

interface NewFeed {
  readonly id: string
  readonly calendarId: string | null
  readonly userId: string | null
  readonly secretHash: Buffer
  readonly createdBy: string | null
}

export const mostFeeds = 500

/** Feeds of one location. */
export const feedsOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('calendarFeeds').where('locationId', '=', locationId)
  return {
    list: (userId: string | undefined) => {
      const seen = userId === undefined ? mine : mine.where('userId', '=', userId)
      return sparseRows(db, CalendarFeed, seen.selectAll().orderBy('dateAdded').orderBy('id').limit(sql.lit(mostFeeds)))
    },
    count: async () => {
      const { count } = await mine.select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow()
      return count
    },
    add: (row: NewFeed, now: Date) =>
      one(
        db,
        CalendarFeed,
        db
          .insertInto('calendarFeeds')
          .values({ ...row, locationId, dateAdded: now })
          .returningAll(),
      ),
    /** @returns whether there was such a feed, of that user where one is named */
    remove: async (id: string, userId: string | undefined): Promise<boolean> => {
      let rows = db.deleteFrom('calendarFeeds').where('locationId', '=', locationId).where('id', '=', id)
      if (userId !== undefined) rows = rows.where('userId', '=', userId)
      return (await rows.executeTakeFirst()).numDeletedRows > 0n
    },
  }
}

/** The feed that an address opens: it names no sub-account. */
export const feedBySecret = (db: Db, secretHash: Buffer) =>
  db
    .selectFrom('calendarFeeds')
    .select(['locationId', 'calendarId', 'userId'])
    .where('secretHash', '=', secretHash)
    .executeTakeFirst()
