import { DELETE, GET, POST, PUT, t } from '@groundlevel/contract-kit'
import { CustomField, dataTypes, fieldName, fileFormats, fileLimit, mostOptions, placeholder } from './field.shapes.js'
import { customFields } from './module.js'

const One = t.Object({ field: CustomField })

/** `key` is the caller's to choose when an option is made, and may be left out afterwards. */
const OptionIn = t.Object({
  key: t.Optional(t.String({ maxLength: 200 })),
  label: t.String({ minLength: 1, maxLength: 500 }),
  url: t.Optional(t.Nullable(t.String({ maxLength: 2000 }))),
  prefillValue: t.Optional(t.Nullable(t.String({ maxLength: 2000 }))),
})

/** The document has one string under a plural name; lists are taken too. */
const Formats = t.Union([t.Enum(fileFormats), t.Array(t.Enum(fileFormats), { maxItems: fileFormats.length }), t.Null()])

const writable = {
  description: t.Optional(t.Nullable(t.String({ maxLength: 2000 }))),
  placeholder,
  options: t.Optional(t.Array(OptionIn, { maxItems: mostOptions })),
  acceptedFormats: t.Optional(Formats),
  maxFileLimit: fileLimit,
  allowCustomOption: t.Optional(t.Boolean()),
}

export const fields = customFields.resource('fields', '/custom-fields', {
  create: POST('/', {
    id: 'create-custom-field',
    summary: 'Create a custom field of an object',
    tenant: 'body',
    body: t.Object({
      locationId: t.String(),
      name: t.Optional(fieldName),
      ...writable,
      showInForms: t.Boolean(),
      dataType: t.Enum(dataTypes),
      fieldKey: t.String({ minLength: 1, maxLength: 200 }),
      objectKey: t.String({ minLength: 1, maxLength: 100 }),
      parentId: t.String({ maxLength: 100 }),
    }),
    status: 201,
    reply: One,
  }),
  list: GET('/object-key/:objectKey', {
    id: 'get-custom-fields-by-object-key',
    summary: 'Custom fields and folders of an object',
    tenant: 'query',
    query: t.Object({ locationId: t.String() }),
    reply: t.Object({ fields: t.Array(CustomField), folders: t.Array(CustomField) }),
  }),
  get: GET('/:id', { id: 'get-custom-field-by-id', summary: 'One custom field or folder', reply: One }),
  update: PUT('/:id', {
    id: 'update-custom-field',
    summary: 'Change a custom field; options are replaced as a whole, and none may be missing',
    tenant: 'body',
    body: t.Object({
      locationId: t.String(),
      name: t.Optional(fieldName),
      ...writable,
      showInForms: t.Boolean(),
    }),
    reply: One,
  }),
  remove: DELETE('/:id', {
    id: 'delete-custom-field',
    summary: 'Delete a custom field and its values',
    reply: t.Object({ succeded: t.Boolean(), succeeded: t.Boolean(), id: t.String(), key: t.String() }),
  }),
})
