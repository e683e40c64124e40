import { type RawBuilder, sql } from 'kysely'

const most = 100

/** Tasks of the contact of another room's record, newest first, as a list. */
export const tasksOfContact = (locationId: string, contactId: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(select coalesce(json_agg(k), '[]') from (
    select id, title, body, "contactId", "assignedTo", iso("dueDate") as "dueDate", completed, iso("dateAdded") as "dateAdded"
    from "contactTasks" where "locationId" = ${locationId} and "contactId" = ${contactId}
    order by "contactTasks"."dateAdded" desc limit ${sql.lit(most)}) k)`
