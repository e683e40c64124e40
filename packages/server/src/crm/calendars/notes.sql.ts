import { shapes } from '@groundlevel/contracts'
import { type RawBuilder, sql } from 'kysely'
import { type Db, one, sparseRows } from '../../database/wire.js'

const { AppointmentNote } = shapes

/** What a note has beside its columns: the contact of its appointment, and who wrote it. */
const beside = (locationId: string): RawBuilder<unknown>[] => [
  sql`(select e."contactId" from "calendarEvents" e where e."locationId" = ${locationId} and e.id = "appointmentNotes"."appointmentId")`,
  sql`case when "userId" is not null then json_build_object('id', "userId") end`,
]

/** Notes of one appointment. */
export const notesOf = (db: Db, locationId: string, appointmentId: string) => {
  const own = { locationId, appointmentId }
  const mine = db.selectFrom('appointmentNotes').where((eb) => eb.and(own))
  const [contactId, createdBy] = beside(locationId) as [RawBuilder<unknown>, RawBuilder<unknown>]
  const extra = [contactId.as('contactId'), createdBy.as('createdBy')] as const
  return {
    list: (limit: number, offset: number) =>
      sparseRows(
        db,
        AppointmentNote,
        mine
          .selectAll()
          .select(extra)
          .orderBy('dateAdded', 'desc')
          .orderBy('id', 'desc')
          .limit(sql.lit(limit))
          .offset(sql.lit(offset)),
      ),
    count: async () => (await mine.select(sql<number>`count(*)::int`.as('n')).executeTakeFirst())?.n ?? 0,
    add: (row: { readonly id: string; readonly body: string; readonly userId: string | null; readonly dateAdded: Date }) =>
      one(
        db,
        AppointmentNote,
        db
          .insertInto('appointmentNotes')
          .values({ ...row, ...own })
          .returningAll()
          .returning(extra),
      ),
    change: (id: string, fields: { readonly body: string; readonly userId?: string | null }) =>
      one(
        db,
        AppointmentNote,
        db
          .updateTable('appointmentNotes')
          .set(fields)
          .where((eb) => eb.and({ ...own, id }))
          .returningAll()
          .returning(extra),
      ),
    remove: (id: string) =>
      one(
        db,
        AppointmentNote,
        db
          .deleteFrom('appointmentNotes')
          .where((eb) => eb.and({ ...own, id }))
          .returningAll()
          .returning(extra),
      ),
  }
}
