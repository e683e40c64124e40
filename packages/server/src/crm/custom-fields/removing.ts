import type { Db } from '../../database/wire.js'
import type { Fields } from './adding.js'
import { type ClearValues, clearBatch } from './removals.jobs.js'
import { addRemoval } from './removals.sql.js'

interface Removing {
  readonly db: Db
  readonly locationId: string
  readonly now: Date
}

/** Deletes a field with its values: the first batch at once, what is left by the job. Undefined where there is no such field. */
export const removeField = async (
  { db, locationId, now }: Removing,
  fields: Fields,
  id: string,
  clearValues: ClearValues,
): Promise<{ id: string; key: string } | undefined> => {
  const field = await fields.lock(id)
  if (field?.documentType !== 'field') return undefined
  const removal = { locationId, fieldId: id, objectKey: field.objectKey }
  await fields.remove(id)
  await addRemoval(db, removal, now)
  await clearBatch(db, removal, clearValues)
  return { id, key: field.fieldKey }
}
