import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'
import { removeFieldValues } from './field-values.sql.js'

interface Cleared {
  readonly locationId: string
  readonly fieldId: string
  readonly objectKey: string
}

/** Takes the values of a custom field that is gone off at most `most` contacts; says how many those were. */
export const clearContactField = async (db: Db, { locationId, fieldId, objectKey }: Cleared, most: number): Promise<number> => {
  if (objectKey !== 'contact') return 0
  const having = db
    .selectFrom('contacts')
    .select('id')
    .where('locationId', '=', locationId)
    .where(sql<boolean>`"customFields" @> ${JSON.stringify([{ id: fieldId }])}::jsonb`)
    .orderBy('id')
    .limit(sql.lit(most))
    .forUpdate()
  const rest = sql`(select coalesce(jsonb_agg(each), '[]') from jsonb_array_elements("customFields") each where each ->> 'id' <> ${fieldId})`
  const cleared = await db
    .updateTable('contacts')
    .set({ customFields: rest })
    .where('locationId', '=', locationId)
    .where('id', 'in', having)
    .executeTakeFirst()
  const count = Number(cleared.numUpdatedRows)
  if (count < most) await removeFieldValues(db, locationId, fieldId)
  return count
}
