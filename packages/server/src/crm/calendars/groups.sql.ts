import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one, sparseRows } from '../../database/wire.js'

const { CalendarGroup } = shapes

const mostGroups = 500

interface GroupFields {
  readonly name: string
  readonly description: string
  readonly slug: string
}

/** Groups of calendars of one location. */
export const groupsOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('calendarGroups').where('locationId', '=', locationId)
  return {
    list: () => sparseRows(db, CalendarGroup, mine.selectAll().orderBy('dateAdded').orderBy('id').limit(sql.lit(mostGroups))),
    find: (id: string) => mine.select(['id', 'isActive']).where('id', '=', id).executeTakeFirst(),
    /** The group that has a slug, whatever its case. */
    withSlug: async (slug: string) =>
      (await mine.select('id').where(sql<boolean>`lower(slug) = lower(${slug})`).executeTakeFirst())?.id,
    holdSlugs: async () => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`calendar slugs of ${locationId}`}, 24))`.execute(db)
    },
    add: (row: GroupFields & { readonly id: string; readonly isActive: boolean }, now: Date) =>
      one(
        db,
        CalendarGroup,
        db
          .insertInto('calendarGroups')
          .values({ ...row, locationId, dateAdded: now, dateUpdated: now })
          .returningAll(),
      ),
    change: (id: string, change: Partial<GroupFields> & { readonly isActive?: boolean }, now: Date) =>
      one(
        db,
        CalendarGroup,
        db
          .updateTable('calendarGroups')
          .set({ ...change, dateUpdated: now })
          .where('locationId', '=', locationId)
          .where('id', '=', id)
          .returningAll(),
      ),
    /** Its calendars stay, and belong to none. */
    remove: async (id: string): Promise<boolean> => {
      await db
        .updateTable('calendars')
        .set({ groupId: null })
        .where('locationId', '=', locationId)
        .where('groupId', '=', id)
        .execute()
      const gone = await db
        .deleteFrom('calendarGroups')
        .where('locationId', '=', locationId)
        .where('id', '=', id)
        .executeTakeFirst()
      return gone.numDeletedRows > 0n
    },
  }
}
