import { sql } from 'kysely'
import type { Db } from '../../../database/wire.js'
import type { CustomFieldValue } from '../custom-fields.rules.js'

const columns = [
  'id',
  'firstName',
  'lastName',
  'email',
  'phone',
  'companyName',
  'address1',
  'city',
  'state',
  'country',
  'postalCode',
  'website',
  'timezone',
  'dateOfBirth',
  'gender',
  'source',
  'type',
  'assignedTo',
  'dnd',
  'tags',
] as const

export const exportColumns: readonly string[] = [...columns, 'dateAdded', 'dateUpdated']

/** Contacts of a location as an export has them, a page at a time: the newest first, none twice. */
export const exportPage = async (
  db: Db,
  locationId: string,
  after: { dateAdded: Date; id: string } | undefined,
  size: number,
) => {
  let rows = db.selectFrom('contacts').where('locationId', '=', locationId)
  if (after) rows = rows.where(sql<boolean>`("dateAdded", id) < (${after.dateAdded}, ${after.id})`)
  const page = await rows
    .select([...columns, 'dateAdded', 'dateUpdated', 'customFields'])
    .orderBy('dateAdded', 'desc')
    .orderBy('id', 'desc')
    .limit(sql.lit(size))
    .execute()
  return page.map((row) => ({ ...row, customFields: row.customFields as CustomFieldValue[] }))
}

export type ExportRow = Awaited<ReturnType<typeof exportPage>>[number]
