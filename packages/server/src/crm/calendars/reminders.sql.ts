import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'
import type { Reminder } from './reminders.rules.js'

/**
 * What is still to be said of one appointment is said anew: what was planned for later is forgotten, what is due already is on
 * its way.
 */
export const planReminders = async (
  db: Db,
  locationId: string,
  eventId: string,
  reminders: readonly Reminder[],
  now: Date,
): Promise<void> => {
  await db
    .deleteFrom('appointmentReminders')
    .where('locationId', '=', locationId)
    .where('eventId', '=', eventId)
    .where('dueAt', '>', now)
    .execute()
  if (reminders.length === 0) return
  await db
    .insertInto('appointmentReminders')
    .values(reminders.map((reminder) => ({ ...reminder, locationId, eventId })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/**
 * Takes reminders that are due, of whatever sub-account: gone once the transaction commits, there again where it does not, and
 * nobody else's meanwhile.
 */
export const takeDue = async (db: Db, now: Date, most: number) => {
  const due = db
    .selectFrom('appointmentReminders')
    .select(['locationId', 'eventId', 'notificationId', 'part'])
    .where('dueAt', '<=', now)
    .orderBy('dueAt')
    .limit(sql.lit(most))
    .forUpdate()
    .skipLocked()
  // What was missed for a while is said in its order: no thanks before the confirmation.
  const { rows } = await sql<{ locationId: string; eventId: string; notificationId: string }>`
    with taken as (
      delete from "appointmentReminders" r using (${due}) d
      where r."locationId" = d."locationId" and r."eventId" = d."eventId" and r."notificationId" = d."notificationId" and r.part = d.part
      returning r."locationId", r."eventId", r."notificationId", r."dueAt")
    select "locationId", "eventId", "notificationId" from taken order by "dueAt"`.execute(db)
  return rows
}
