import { sql } from 'kysely'
import { fieldClearing } from '../../database/field-clearing.js'
import { columnsOf, rowsOf } from '../../database/rows.js'
import type { Db } from '../../database/wire.js'
import type { CustomFieldValue } from './custom-fields.rules.js'
import { type FieldKind, typedValues } from './field-values.rules.js'

/** Values of one contact's custom fields. An empty one (null, '', []) takes the field's rows away. */
export interface ContactFieldValues {
  readonly contactId: string
  readonly values: readonly CustomFieldValue[]
}

const columns = columnsOf<'contactFieldValues'>('locationId', 'contactId', 'fieldId', 'position', 'optionId', 'num', 'text', 'at')

const rowsFor = (locationId: string, { contactId, values }: ContactFieldValues, types: ReadonlyMap<string, string>) =>
  values.flatMap(({ id, value }) => {
    const dataType = types.get(id)
    if (dataType === undefined) return []
    return typedValues(dataType, value).map((typed, position) => ({ locationId, contactId, fieldId: id, position, ...typed }))
  })

const removeOld = async (db: Db, locationId: string, contacts: readonly ContactFieldValues[]): Promise<void> => {
  const fields = contacts.flatMap(({ contactId, values }) => values.map(({ id }) => ({ contactId, fieldId: id })))
  if (fields.length === 0) return
  await sql`
    delete from "contactFieldValues" v using ${rowsOf('contactFieldValues', fields)} gone
    where v."locationId" = ${locationId} and v."contactId" = gone."contactId" and v."fieldId" = gone."fieldId"
  `.execute(db)
}

/**
 * Files the custom field values of many contacts, in two statements however many they are. The rows of every field that is
 * named are replaced, those of other fields stay; values of fields without a definition are not filed.
 *
 * @param fresh the contacts are new: nothing has to be taken away first
 */
export const storeManyFieldValues = async (
  db: Db,
  locationId: string,
  contacts: readonly ContactFieldValues[],
  definitions: readonly FieldKind[],
  { fresh = false }: { readonly fresh?: boolean } = {},
): Promise<void> => {
  const types = new Map(definitions.map(({ id, dataType }) => [id, dataType]))
  const rows = contacts.flatMap((contact) => rowsFor(locationId, contact, types))
  if (!fresh) await removeOld(db, locationId, contacts)
  if (rows.length === 0) return
  await sql`
    insert into "contactFieldValues" (${columns}) select ${columns} from ${rowsOf('contactFieldValues', rows)}
    ${fresh ? sql`` : sql`on conflict do nothing`}
  `.execute(db)
}

/** Files the custom field values of one contact: `storeManyFieldValues` for one. */
export const storeFieldValues = (
  db: Db,
  locationId: string,
  contactId: string,
  values: readonly CustomFieldValue[],
  definitions: readonly FieldKind[],
): Promise<void> => storeManyFieldValues(db, locationId, [{ contactId, values }], definitions)

/** Takes the values of a field that is gone off contacts. */
export const clearContactField = fieldClearing('contacts', 'contactFieldValues')
