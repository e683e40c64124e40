import { rowAssets } from '../../database/assets.sql.js'
import { newId } from '../../ids.js'

/** Custom values as snapshots carry them. */
export const customValueAssets = rowAssets({
  kind: 'custom_values',
  table: 'customValues',
  key: 't.key',
  columns: ['name', 'key', 'value'],
  created: ['dateAdded', 'dateUpdated'],
  changed: 'dateUpdated',
  newId,
})
