import { t } from '@groundlevel/contract-kit'

/** Data types of the wire, `MONETORY` (sic) included. */
export const dataTypes = [
  'TEXT',
  'LARGE_TEXT',
  'NUMERICAL',
  'PHONE',
  'MONETORY',
  'CHECKBOX',
  'SINGLE_OPTIONS',
  'MULTIPLE_OPTIONS',
  'DATE',
  'TEXTBOX_LIST',
  'FILE_UPLOAD',
  'RADIO',
  'EMAIL',
] as const
export type DataType = (typeof dataTypes)[number]

/** What a file field can be limited to. */
export const fileFormats = ['.pdf', '.docx', '.doc', '.jpg', '.jpeg', '.png', '.gif', '.csv', '.xlsx', '.xls', 'all'] as const

export const mostOptions = 500
export const fieldName = t.String({ minLength: 1, maxLength: 200 })
export const placeholder = t.Optional(t.Nullable(t.String({ maxLength: 500 })))
export const fileLimit = t.Optional(t.Nullable(t.Integer({ minimum: 1, maximum: 100 })))

const FieldOption = t.Object({
  key: t.String(),
  label: t.String(),
  url: t.Optional(t.String()),
  prefillValue: t.Optional(t.String()),
})

/** A custom field as `/custom-fields/` shows it; a folder has neither data type nor key of its own choosing. */
export const CustomField = t.Object({
  id: t.String(),
  locationId: t.String(),
  objectKey: t.String(),
  documentType: t.Enum(['field', 'folder']),
  name: t.String(),
  description: t.Optional(t.String()),
  placeholder: t.Optional(t.String()),
  showInForms: t.Boolean(),
  options: t.Optional(t.Array(FieldOption)),
  acceptedFormats: t.Optional(t.String()),
  dataType: t.Optional(t.Enum(dataTypes)),
  parentId: t.String(),
  fieldKey: t.String(),
  allowCustomOption: t.Optional(t.Boolean()),
  maxFileLimit: t.Optional(t.Integer()),
  position: t.Number(),
  standard: t.Boolean(),
  dateAdded: t.DateTime(),
  dateUpdated: t.DateTime(),
})

/** A folder as its own operations answer it: bare. */
export const CustomFieldFolder = t.Object({
  id: t.String(),
  objectKey: t.String(),
  locationId: t.String(),
  name: t.String(),
})

const TextBox = t.Object({ id: t.String(), label: t.String(), prefillValue: t.Optional(t.String()) })

/** The same field as `/locations/{locationId}/customFields` shows it, in the older names. */
export const LocationCustomField = t.Object({
  id: t.String(),
  name: t.String(),
  fieldKey: t.String(),
  placeholder: t.String(),
  dataType: t.Enum(dataTypes),
  position: t.Number(),
  picklistOptions: t.Optional(t.Array(t.String())),
  picklistImageOptions: t.Optional(t.Array(t.String())),
  textBoxListOptions: t.Optional(t.Array(TextBox)),
  isAllowedCustomOption: t.Boolean(),
  isMultiFileAllowed: t.Boolean(),
  maxFileLimit: t.Optional(t.Integer()),
  acceptedFormat: t.Optional(t.Array(t.String())),
  locationId: t.String(),
  model: t.String(),
  documentType: t.String(),
  parentId: t.Optional(t.String()),
  standard: t.Boolean(),
  scopes: t.Array(t.String()),
  dateAdded: t.Optional(t.DateTime()),
})
