import { limitSkipQuery, t } from '@groundlevel/contract-kit'

/** What the public page draws for a question. */
export const fieldTypes = [
  'text',
  'long_text',
  'email',
  'phone',
  'number',
  'date',
  'url',
  'select',
  'radio',
  'checkbox',
  'consent',
  /** Files for a custom field of type FILE_UPLOAD, which its key must name. */
  'file',
  'hidden',
] as const

const choice = t.String({ minLength: 1, maxLength: 500 })

/**
 * A question. `key` says where the answer goes: a field of the contact (`email`, `first_name`, …), a custom field (its id or
 * key), anything else stays with the submission.
 */
export const FormField = t.Object({
  key: t.String({ minLength: 1, maxLength: 100 }),
  label: t.String({ minLength: 1, maxLength: 1000 }),
  /** Default: follows from what the key names, else `text`. */
  type: t.Optional(t.Enum(fieldTypes)),
  required: t.Optional(t.Boolean()),
  placeholder: t.Optional(t.String({ maxLength: 500 })),
  help: t.Optional(t.String({ maxLength: 2000 })),
  /** Of `select`, `radio` and `checkbox`; default: those of the custom field. */
  options: t.Optional(t.Array(choice, { maxItems: 200 })),
  /** What the field begins with; what a `hidden` one holds. A query parameter of the key's name goes before it. */
  value: t.Optional(t.String({ maxLength: 2000 })),
  /** Asked only where an earlier question has this answer. */
  showIf: t.Optional(t.Object({ key: t.String({ minLength: 1, maxLength: 100 }), equals: t.String({ maxLength: 500 }) })),
})

export const FormSettings = t.Object({
  submitLabel: t.Optional(t.String({ minLength: 1, maxLength: 200 })),
  /** Shown once the answers are in. */
  message: t.Optional(t.String({ minLength: 1, maxLength: 4000 })),
  /** Where the browser goes instead of the message. */
  redirectTo: t.Optional(t.Url({ maxLength: 2000 })),
  /** Tags that a contact gets. */
  tags: t.Optional(t.Array(t.String({ minLength: 1, maxLength: 200 }), { maxItems: 50 })),
})

const name = t.String({ minLength: 1, maxLength: 400 })
const fields = t.Array(FormField, { maxItems: 200 })

export const FormWritten = t.Object({ locationId: t.String(), name, fields, settings: t.Optional(FormSettings) })

export const FormChanged = t.Object({
  locationId: t.Optional(t.String()),
  name: t.Optional(name),
  fields: t.Optional(fields),
  settings: t.Optional(FormSettings),
})

/** A row of the official list. */
export const FormRow = t.Object({ id: t.String(), name: t.String(), locationId: t.String() })

/** A form or a survey whole. */
export const Form = t.Object({
  ...FormRow.properties,
  fields: t.Array(FormField),
  settings: FormSettings,
  dateAdded: t.DateTime(),
  dateUpdated: t.DateTime(),
})

/** The same with the address of its public page. */
export const FormReply = t.Object({ ...Form.properties, url: t.String() })

const submitted = { id: t.String(), contactId: t.Optional(t.String()), createdAt: t.DateTime() }
const answered = { name: t.Optional(t.String()), email: t.Optional(t.String()), others: t.Open() }

/** Answers; `others` has them by key or custom field id, with `eventData` (where they came from) and `fieldsOriSequance` (sic). */
export const FormSubmission = t.Object({ ...submitted, formId: t.String(), ...answered })
export const SurveySubmission = t.Object({ ...submitted, surveyId: t.String(), ...answered })

export const submissionMeta = t.Object({
  total: t.Integer(),
  currentPage: t.Integer(),
  nextPage: t.Nullable(t.Integer()),
  prevPage: t.Nullable(t.Integer()),
})

export const listQuery = t.Object({
  locationId: t.String(),
  type: t.Optional(t.String({ maxLength: 100 })),
  ...limitSkipQuery(10, 50),
})

/** Days are of UTC, both ends included; default: from the same day of the last month to today. */
export const submissionsQuery = {
  locationId: t.String(),
  page: t.Default(t.Integer({ minimum: 1, maximum: 100_000 }), 1),
  limit: t.Default(t.Integer({ minimum: 1, maximum: 100 }), 20),
  q: t.Optional(t.String({ maxLength: 200 })),
  startAt: t.Optional(t.String({ maxLength: 40 })),
  endAt: t.Optional(t.String({ maxLength: 40 })),
}
