import { sql } from 'kysely'
import { columnsOf, rowsOf } from '../../database/rows.js'
import type { Db } from '../../database/wire.js'
import { type FieldKind, typedValues } from '../contacts/index.js'

const columns = columnsOf<'opportunityFieldValues'>(
  'locationId',
  'opportunityId',
  'fieldId',
  'position',
  'optionId',
  'num',
  'text',
  'at',
)

/** Files the custom field values of one opportunity for filters: those of the named fields are replaced. */
export const fileValues = async (
  db: Db,
  locationId: string,
  opportunityId: string,
  values: readonly { readonly id: string; readonly value: unknown }[],
  definitions: readonly FieldKind[],
): Promise<void> => {
  if (values.length === 0) return
  const types = new Map(definitions.map(({ id, dataType }) => [id, dataType]))
  const ids = values.map(({ id }) => id)
  await db
    .deleteFrom('opportunityFieldValues')
    .where('locationId', '=', locationId)
    .where('opportunityId', '=', opportunityId)
    .where(sql<boolean>`"fieldId" = any(${sql.val(ids)}::text[])`)
    .execute()
  const rows = values.flatMap(({ id, value }) =>
    typedValues(types.get(id) ?? 'TEXT', value).map((typed, position) => ({
      locationId,
      opportunityId,
      fieldId: id,
      position,
      ...typed,
    })),
  )
  if (rows.length === 0) return
  await sql`
    insert into "opportunityFieldValues" (${columns}) select ${columns} from ${rowsOf('opportunityFieldValues', rows)}
    on conflict do nothing
  `.execute(db)
}

interface Cleared {
  readonly locationId: string
  readonly fieldId: string
  readonly objectKey: string
}

/** Takes the values of a custom field that is gone off at most `most` opportunities; says how many those were. */
export const clearOpportunityField = async (db: Db, { locationId, fieldId }: Cleared, most: number): Promise<number> => {
  const having = db
    .selectFrom('opportunities')
    .select('id')
    .where('locationId', '=', locationId)
    .where(sql<boolean>`"customFields" @> ${JSON.stringify([{ id: fieldId }])}::jsonb`)
    .orderBy('id')
    .limit(sql.lit(most))
    .forUpdate()
  const rest = sql`(select coalesce(jsonb_agg(each), '[]') from jsonb_array_elements("customFields") each where each ->> 'id' <> ${fieldId})`
  const cleared = await db
    .updateTable('opportunities')
    .set({ customFields: rest })
    .where('locationId', '=', locationId)
    .where('id', 'in', having)
    .executeTakeFirst()
  const count = Number(cleared.numUpdatedRows)
  if (count < most)
    await db.deleteFrom('opportunityFieldValues').where('locationId', '=', locationId).where('fieldId', '=', fieldId).execute()
  return count
}
