import { sql } from 'kysely'
import { fieldClearing } from '../../database/field-clearing.js'
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

/** Takes the values of a field that is gone off opportunities. */
export const clearOpportunityField = fieldClearing('opportunities', 'opportunityFieldValues')
