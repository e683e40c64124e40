import type { Static } from '@groundlevel/contract-kit'
import type { api } from '@groundlevel/contracts'
import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'

export type Notification = Static<typeof api.calendars.notifications.get.reply>
export type NotificationFields = Partial<Omit<Notification, '_id'>>

const columns = ['id', 'settings', 'isActive', 'deleted'] as const

interface StoredNotification {
  readonly id: string
  readonly settings: unknown
  readonly isActive: boolean
  readonly deleted: boolean
}

const whole = ({ id, settings, isActive, deleted }: StoredNotification): Notification => ({
  _id: id,
  ...(settings as Omit<Notification, '_id' | 'isActive' | 'deleted'>),
  isActive,
  deleted,
})

/** What is sent about appointments of one calendar. */
export const notificationsOf = (db: Db, locationId: string, calendarId: string) => {
  const own = { locationId, calendarId }
  const mine = db.selectFrom('calendarNotifications').where((eb) => eb.and(own))
  return {
    list: async ({
      isActive,
      deleted = false,
      limit,
      skip,
    }: {
      isActive?: boolean | undefined
      deleted?: boolean | undefined
      limit: number
      skip: number
    }) => {
      let rows = mine.where('deleted', '=', deleted)
      if (isActive !== undefined) rows = rows.where('isActive', '=', isActive)
      const found = await rows
        .select(columns)
        .orderBy('dateAdded')
        .orderBy('id')
        .limit(sql.lit(limit))
        .offset(sql.lit(skip))
        .execute()
      return found.map(whole)
    },
    find: async (id: string) => {
      const row = await mine.select(columns).where('id', '=', id).executeTakeFirst()
      return row && whole(row)
    },
    add: async (rows: readonly { readonly id: string; readonly fields: NotificationFields }[], now: Date) => {
      const values = rows.map(({ id, fields: { isActive = true, deleted: _, ...settings } }) => ({
        ...own,
        ...{ id, isActive, deleted: false, dateAdded: now },
        settings: JSON.stringify(settings),
      }))
      const added = await db.insertInto('calendarNotifications').values(values).returning(columns).execute()
      return added.map(whole)
    },
    change: async (id: string, { isActive, deleted, ...settings }: NotificationFields): Promise<boolean> => {
      const changed = await db
        .updateTable('calendarNotifications')
        .set({
          settings: sql`settings || ${JSON.stringify(settings)}::jsonb`,
          ...(isActive === undefined ? {} : { isActive }),
          ...(deleted === undefined ? {} : { deleted }),
        })
        .where((eb) => eb.and({ ...own, id }))
        .executeTakeFirst()
      return changed.numUpdatedRows > 0n
    },
  }
}
