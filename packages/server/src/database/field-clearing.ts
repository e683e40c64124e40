import { sql } from 'kysely'
import type { Db } from './wire.js'

/** A custom field that is gone. */
export interface ClearedField {
  readonly locationId: string
  readonly fieldId: string
}

/** Takes the values of a field off at most `most` records. @returns off how many: fewer are the last ones */
export type ClearField = (db: Db, cleared: ClearedField, most: number) => Promise<number>

/** The same for each room that keeps values of custom fields in its records, and beside them in a table for filters. */
export const fieldClearing =
  (records: 'contacts' | 'opportunities', values: 'contactFieldValues' | 'opportunityFieldValues'): ClearField =>
  async (db, { locationId, fieldId }, most) => {
    const rest = sql`(select coalesce(jsonb_agg(each), '[]') from jsonb_array_elements("customFields") each where each ->> 'id' <> ${fieldId})`
    const having = sql`select id from ${sql.table(records)}
      where "locationId" = ${locationId} and "customFields" @> ${JSON.stringify([{ id: fieldId }])}::jsonb
      order by id limit ${sql.lit(most)} for update`
    const cleared = await sql`update ${sql.table(records)} set "customFields" = ${rest}
      where "locationId" = ${locationId} and id in (${having})`.execute(db)
    const count = Number(cleared.numAffectedRows ?? 0)
    if (count < most) await db.deleteFrom(values).where('locationId', '=', locationId).where('fieldId', '=', fieldId).execute()
    return count
  }
