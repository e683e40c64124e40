import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'

/** Folds the counter's rows of each location into one, so that a total stays the sum of a few. */
export const foldContactCounts = async (db: Db): Promise<void> => {
  await sql`
    with busy as (
      select "locationId" from "contactCounts" group by "locationId" having count(*) > 16 limit 500
    ), gone as (
      delete from "contactCounts" c using busy where c."locationId" = busy."locationId" returning c."locationId", c.delta
    )
    insert into "contactCounts" ("locationId", delta) select "locationId", sum(delta)::int from gone group by "locationId"
  `.execute(db)
}
