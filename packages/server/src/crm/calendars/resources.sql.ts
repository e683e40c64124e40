import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one, sparseRows } from '../../database/wire.js'

const { CalendarResource } = shapes

export interface ResourceFields {
  readonly name?: string
  readonly description?: string | null
  readonly quantity?: number | null
  readonly outOfService?: number | null
  readonly capacity?: number | null
  readonly isActive?: boolean
  readonly calendarIds?: string[]
}

/** Rooms, or equipment, of one location. */
export const resourcesOf = (db: Db, locationId: string, resourceType: string) => {
  const own = { locationId, resourceType }
  const mine = db.selectFrom('calendarResources').where((eb) => eb.and(own))
  return {
    list: (limit: number, skip: number) =>
      sparseRows(
        db,
        CalendarResource,
        mine.selectAll().orderBy('dateAdded').orderBy('id').limit(sql.lit(limit)).offset(sql.lit(skip)),
      ),
    find: (id: string) => one(db, CalendarResource, mine.selectAll().where('id', '=', id)),
    add: (row: ResourceFields & { readonly id: string; readonly name: string }, now: Date) =>
      one(
        db,
        CalendarResource,
        db
          .insertInto('calendarResources')
          .values({ isActive: true, calendarIds: [], ...row, ...own, dateAdded: now })
          .returningAll(),
      ),
    change: (id: string, fields: ResourceFields) =>
      one(
        db,
        CalendarResource,
        db
          .updateTable('calendarResources')
          // Something has to be set: a change of nothing is one that is answered like any other.
          .set({ ...fields, resourceType })
          .where((eb) => eb.and({ ...own, id }))
          .returningAll(),
      ),
    remove: (id: string) =>
      one(
        db,
        CalendarResource,
        db
          .deleteFrom('calendarResources')
          .where((eb) => eb.and({ ...own, id }))
          .returningAll(),
      ),
  }
}

/** What a booking in a calendar needs besides people. */
export const resourcesOfCalendar = (db: Db, locationId: string, calendarId: string) =>
  db
    .selectFrom('calendarResources')
    .select(['id', 'resourceType', 'quantity', 'outOfService', 'capacity'])
    .where('locationId', '=', locationId)
    .where('isActive', '=', true)
    .where(sql<boolean>`${calendarId} = any("calendarIds")`)
    .orderBy('dateAdded')
    .orderBy('id')
    .limit(sql.lit(500))
    .execute()
