import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, sparseRows } from '../../database/wire.js'

const { UserNotice } = shapes

export interface NewNotice {
  readonly id: string
  readonly userId: string
  readonly title: string
  readonly body: string
  readonly appointmentId: string | null
  readonly contactId: string | null
  readonly opportunityId: string | null
}

/** What users of one location were told. */
export const noticesOf = (db: Db, locationId: string) => {
  const of = (userId: string) => db.selectFrom('userNotices').where('locationId', '=', locationId).where('userId', '=', userId)
  return {
    add: async (rows: readonly NewNotice[], now: Date): Promise<void> => {
      if (rows.length === 0) return
      await db
        .insertInto('userNotices')
        .values(rows.map((row) => ({ ...row, locationId, dateAdded: now, readAt: null })))
        .execute()
    },
    list: (userId: string, limit: number) =>
      sparseRows(db, UserNotice, of(userId).selectAll().orderBy('dateAdded', 'desc').orderBy('id', 'desc').limit(sql.lit(limit))),
    unread: async (userId: string): Promise<number> => {
      const unread = of(userId).select('id').where('readAt', 'is', null).limit(sql.lit(1000)).as('unread')
      const { count } = await db.selectFrom(unread).select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow()
      return count
    },
    read: async (userId: string, ids: readonly string[] | undefined, now: Date): Promise<void> => {
      let rows = db
        .updateTable('userNotices')
        .set({ readAt: now })
        .where('locationId', '=', locationId)
        .where('userId', '=', userId)
        .where('readAt', 'is', null)
      if (ids) rows = rows.where(sql<boolean>`id = any(${sql.val(ids)}::text[])`)
      await rows.execute()
    },
  }
}
