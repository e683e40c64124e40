import { DELETE, POST, PUT, t } from '@groundlevel/contract-kit'
import { CustomFieldFolder, fieldName } from './field.shapes.js'
import { customFields } from './module.js'

export const folders = customFields.resource('folders', '/custom-fields/folder', {
  create: POST('', {
    id: 'create-custom-field-folder',
    summary: 'Create a folder of custom fields',
    tenant: 'body',
    body: t.Object({ objectKey: t.String({ minLength: 1, maxLength: 100 }), name: fieldName, locationId: t.String() }),
    status: 201,
    reply: CustomFieldFolder,
  }),
  update: PUT('/:id', {
    id: 'update-custom-field-folder',
    summary: 'Rename a folder',
    tenant: 'body',
    body: t.Object({ name: fieldName, locationId: t.String() }),
    reply: CustomFieldFolder,
  }),
  remove: DELETE('/:id', {
    id: 'delete-custom-field-folder',
    summary: 'Delete a folder; its fields move to the first folder of their object',
    tenant: 'query',
    query: t.Object({ locationId: t.String() }),
    reply: t.Object({ succeded: t.Boolean(), succeeded: t.Boolean(), id: t.String(), key: t.String() }),
  }),
})
