import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'
import type { Calendar, CalendarSettings } from './settings.rules.js'

const mostCalendars = 1000

const columns = ['locationId', 'id', 'groupId', 'name', 'calendarType', 'isActive', 'slug', 'settings'] as const

interface StoredCalendar {
  readonly locationId: string
  readonly id: string
  readonly groupId: string | null
  readonly name: string
  readonly calendarType: string
  readonly isActive: boolean
  readonly slug: string | null
  readonly settings: unknown
}

/** A calendar as the wire has it: what it is named and its settings in one. */
const whole = ({ settings, groupId, slug, calendarType, ...row }: StoredCalendar): Calendar => ({
  ...(settings as CalendarSettings),
  ...row,
  calendarType: calendarType as Calendar['calendarType'],
  ...(groupId === null ? {} : { groupId }),
  ...(slug === null ? {} : { slug }),
})

export interface CalendarFields {
  readonly name: string
  readonly groupId: string | null
  readonly isActive: boolean
  readonly slug: string | null
  readonly settings: CalendarSettings
}

const stored = ({ settings, ...fields }: Partial<CalendarFields>) => ({
  ...fields,
  ...(settings ? { settings: JSON.stringify(settings) } : {}),
})

/** Calendars of one location. */
export const calendarsOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('calendars').where('locationId', '=', locationId)

  return {
    list: async ({ groupId, drafts }: { groupId?: string | undefined; drafts: boolean }): Promise<Calendar[]> => {
      let rows = mine
      if (groupId) rows = rows.where('groupId', '=', groupId)
      if (!drafts) rows = rows.where('isActive', '=', true)
      const found = await rows.select(columns).orderBy('dateAdded').orderBy('id').limit(sql.lit(mostCalendars)).execute()
      return found.map(whole)
    },
    find: async (id: string): Promise<Calendar | undefined> => {
      const row = await mine.select(columns).where('id', '=', id).executeTakeFirst()
      return row && whole(row)
    },
    /** The same; it stays while the transaction runs, so that something can be booked in it. */
    hold: async (id: string): Promise<Calendar | undefined> => {
      const row = await mine.select(columns).where('id', '=', id).forKeyShare().executeTakeFirst()
      return row && whole(row)
    },
    lock: async (id: string): Promise<Calendar | undefined> => {
      const row = await mine.select(columns).where('id', '=', id).forUpdate().executeTakeFirst()
      return row && whole(row)
    },
    /** Those of the ids that are calendars of the location. */
    among: async (ids: readonly string[]): Promise<ReadonlySet<string>> => {
      if (ids.length === 0) return new Set()
      const rows = await mine
        .select('id')
        .where(sql<boolean>`id = any(${sql.val(ids)}::text[])`)
        .execute()
      return new Set(rows.map(({ id }) => id))
    },
    withSlug: async (slug: string) =>
      (await mine.select('id').where(sql<boolean>`lower(slug) = lower(${slug})`).executeTakeFirst())?.id,
    holdSlugs: async () => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`calendar slugs of ${locationId}`}, 24))`.execute(db)
    },
    add: async (id: string, calendarType: string, fields: CalendarFields, now: Date): Promise<Calendar> => {
      const row = await db
        .insertInto('calendars')
        .values({
          ...fields,
          id,
          locationId,
          calendarType,
          settings: JSON.stringify(fields.settings),
          dateAdded: now,
          dateUpdated: now,
        })
        .returning(columns)
        .executeTakeFirstOrThrow()
      return whole(row)
    },
    change: async (id: string, fields: Partial<CalendarFields>, now: Date): Promise<Calendar> => {
      const row = await db
        .updateTable('calendars')
        .set({ ...stored(fields), dateUpdated: now })
        .where('locationId', '=', locationId)
        .where('id', '=', id)
        .returning(columns)
        .executeTakeFirstOrThrow()
      return whole(row)
    },
    remove: async (id: string) => {
      await db.deleteFrom('calendars').where('locationId', '=', locationId).where('id', '=', id).execute()
      const without = sql<string[]>`array_remove("calendarIds", ${id})`
      for (const table of ['calendarSchedules', 'calendarResources'] as const)
        await db
          .updateTable(table)
          .set({ calendarIds: without })
          .where('locationId', '=', locationId)
          .where(sql<boolean>`${id} = any("calendarIds")`)
          .execute()
    },
  }
}

/** Where a booking page's calendar lives: its address names no sub-account. */
export const locationOfCalendar = async (db: Db, id: string): Promise<string | undefined> =>
  (await db.selectFrom('calendars').select('locationId').where('id', '=', id).executeTakeFirst())?.locationId
