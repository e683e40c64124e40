import { apiModule, DELETE, GET, POST, PUT, t } from '@groundlevel/contract-kit'

const locations = apiModule({
  name: 'locations',
  version: '2021-07-28',
  actors: ['location'],
  scope: 'locations/customValues',
  tenant: 'path',
  reaches: 'none',
})

/** A text of the sub-account that templates name by its key. */
export const CustomValue = t.Object({
  id: t.String(),
  name: t.String(),
  /** `{{ custom_values.<key> }}`; the key follows from the name and is kept on rename. */
  fieldKey: t.String(),
  value: t.String(),
  locationId: t.String(),
  /** Undocumented, as recorded. */
  documentType: t.String(),
})

const Body = t.Object({ name: t.String({ minLength: 1, maxLength: 200 }), value: t.String({ maxLength: 65_536 }) })
const One = t.Object({ customValue: CustomValue })

export const customValues = locations.resource('customValues', '/locations/:locationId/customValues', {
  list: GET('', {
    id: 'get-custom-values',
    summary: 'Custom values of a sub-account, by name',
    reply: t.Object({ customValues: t.Array(CustomValue) }),
  }),
  create: POST('', { id: 'create-custom-value', summary: 'Create a custom value', body: Body, status: 201, reply: One }),
  get: GET('/:id', { id: 'get-custom-value', summary: 'One custom value', reply: One }),
  update: PUT('/:id', { id: 'update-custom-value', summary: 'Change a custom value; its key stays', body: Body, reply: One }),
  remove: DELETE('/:id', {
    id: 'delete-custom-value',
    summary: 'Delete a custom value',
    reply: t.Object({ succeded: t.Boolean(), succeeded: t.Boolean() }),
  }),
})
