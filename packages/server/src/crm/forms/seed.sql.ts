import type { Db } from '../../database/wire.js'
import type { Field, Settings } from './fields.rules.js'
import type { Kind } from './forms.sql.js'

/** A form or survey of the demo world. */
export interface SeedForm {
  readonly id: string
  readonly kind: Kind
  readonly name: string
  readonly fields: readonly Field[]
  readonly settings: Settings
  readonly dateAdded: Date
}

/** Its answers: made without events, since nobody is to hear of it. */
export interface SeedSubmission {
  readonly id: string
  readonly formId: string
  readonly kind: Kind
  readonly contactId: string
  readonly name: string
  readonly email: string
  readonly phone: string
  readonly others: object
  readonly createdAt: Date
}

export const seedForms = async (
  db: Db,
  locationId: string,
  forms: readonly SeedForm[],
  submissions: readonly SeedSubmission[],
): Promise<void> => {
  const rows = forms.map(({ fields, settings, ...form }) => ({
    ...form,
    locationId,
    fields: JSON.stringify(fields),
    settings: JSON.stringify(settings),
    dateUpdated: form.dateAdded,
  }))
  await db.insertInto('forms').values(rows).execute()
  const sent = submissions.map((row) => ({ ...row, locationId, others: JSON.stringify(row.others) }))
  await db.insertInto('formSubmissions').values(sent).execute()
}
