import { apiModule, DELETE, GET, POST, PUT, t } from '@groundlevel/contract-kit'
import { dataTypes, fieldName, fileLimit, LocationCustomField, mostOptions, placeholder } from '../custom-fields/field.shapes.js'

const locations = apiModule({
  name: 'locations',
  version: '2021-07-28',
  actors: ['location'],
  scope: 'locations/customFields',
  tenant: 'path',
  reaches: 'none',
})

const One = t.Object({ customField: LocationCustomField })
const label = t.String({ minLength: 1, maxLength: 500 })

/** Objects with a label, or bare labels: clients write both. */
const Labelled = t.Union([
  t.Object({ label, prefillValue: t.Optional(t.Nullable(t.String({ maxLength: 2000 }))) }, { additionalProperties: true }),
  label,
])

const writable = {
  /** Undocumented here as the folder and `fieldKey` are; all three are known to work on the live service. */
  description: t.Optional(t.Nullable(t.String({ maxLength: 2000 }))),
  placeholder,
  acceptedFormat: t.Optional(t.Nullable(t.Array(t.String({ maxLength: 20 }), { maxItems: 50 }))),
  isMultipleFile: t.Optional(t.Boolean()),
  maxNumberOfFiles: fileLimit,
  textBoxListOptions: t.Optional(t.Array(Labelled, { maxItems: mostOptions })),
  options: t.Optional(t.Array(label, { maxItems: mostOptions })),
  picklistOptions: t.Optional(t.Array(label, { maxItems: mostOptions })),
  isAllowedCustomOption: t.Optional(t.Boolean()),
  showInForms: t.Optional(t.Boolean()),
  parentId: t.Optional(t.String({ maxLength: 100 })),
  position: t.Optional(t.Number({ minimum: -1e9, maximum: 1e9 })),
  model: t.Optional(t.Enum(['contact', 'opportunity'])),
}

/** The store of `/custom-fields/`, in the names of its older operations. */
export const customFields = locations.resource('customFields', '/locations/:locationId/customFields', {
  list: GET('', {
    id: 'get-custom-fields',
    summary: 'Custom fields of a sub-account, by position',
    query: t.Object({ model: t.Default(t.Enum(['contact', 'opportunity', 'all']), 'contact') }),
    reply: t.Object({ customFields: t.Array(LocationCustomField) }),
  }),
  create: POST('', {
    id: 'create-custom-field',
    summary: 'Create a custom field of contacts or opportunities',
    body: t.Object({
      name: fieldName,
      dataType: t.Enum(dataTypes),
      fieldKey: t.Optional(t.String({ maxLength: 200 })),
      ...writable,
    }),
    status: 201,
    reply: One,
  }),
  get: GET('/:id', { id: 'get-custom-field', summary: 'One field by its id or its key; a standard one by its key', reply: One }),
  update: PUT('/:id', {
    id: 'update-custom-field',
    summary: 'Change a custom field; its key stays',
    body: t.Object({ name: fieldName, ...writable }),
    reply: One,
  }),
  remove: DELETE('/:id', {
    id: 'delete-custom-field',
    summary: 'Delete a custom field and its values',
    reply: t.Object({ succeded: t.Boolean(), succeeded: t.Boolean() }),
  }),
})
