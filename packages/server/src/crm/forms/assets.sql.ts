import { rowAssets } from '../../database/assets.sql.js'
import { newId } from '../../ids.js'

const rows = {
  table: 'forms',
  key: 't.name',
  columns: ['kind', 'name', 'fields', 'settings'],
  created: ['dateAdded', 'dateUpdated'],
  changed: 'dateUpdated',
  newId,
}

/** Forms and surveys as snapshots carry them. */
export const formAssets = rowAssets({ ...rows, kind: 'forms', where: `t.kind = 'form'` })
export const surveyAssets = rowAssets({ ...rows, kind: 'surveys', where: `t.kind = 'survey'` })
