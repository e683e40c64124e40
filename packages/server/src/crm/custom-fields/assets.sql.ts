import { rowAssets } from '../../database/assets.sql.js'
import { newId } from '../../ids.js'

const rows = {
  table: 'customFields',
  key: `t."objectKey" || ' ' || t."fieldKey"`,
  columns: [
    'objectKey',
    'documentType',
    'name',
    'fieldKey',
    'dataType',
    'parentId',
    'position',
    'description',
    'placeholder',
    'options',
    'acceptedFormats',
    'isMultipleFile',
    'maxFileLimit',
    'allowCustomOption',
    'showInForms',
  ],
  created: ['dateAdded', 'dateUpdated'],
  changed: 'dateUpdated',
  newId,
}

/** Custom fields as snapshots carry them; folders come first, since fields are in them. */
export const fieldFolderAssets = rowAssets({ ...rows, kind: 'custom_field_folders', where: `t."documentType" = 'folder'` })
export const fieldAssets = rowAssets({ ...rows, kind: 'custom_fields', where: `t."documentType" = 'field'` })
