import { rowAssets } from '../../database/assets.sql.js'
import { newId } from '../../ids.js'

/** Tags as snapshots carry them. */
export const tagAssets = rowAssets({
  kind: 'tags',
  table: 'locationTags',
  key: 't.name',
  columns: ['name'],
  created: ['dateAdded'],
  changed: 'dateAdded',
  newId,
})
