import { rowAssets } from '../../database/assets.sql.js'
import { newId } from '../../ids.js'

/** Trigger links as snapshots carry them. */
export const linkAssets = rowAssets({
  kind: 'trigger_links',
  table: 'links',
  key: 't.name',
  columns: ['name', 'redirectTo'],
  created: ['dateAdded', 'dateUpdated'],
  changed: 'dateUpdated',
  newId,
})
