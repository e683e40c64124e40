import { rowAssets } from '../../database/assets.sql.js'
import { newId } from '../../ids.js'

/** Message templates as snapshots carry them. */
export const templateAssets = rowAssets({
  kind: 'templates',
  table: 'messageTemplates',
  key: `t.type || ' ' || t.name`,
  columns: ['name', 'type', 'body', 'subject', 'html', 'urlAttachments', 'deleted'],
  created: ['dateAdded', 'dateUpdated'],
  changed: 'dateUpdated',
  where: 'not t.deleted',
  newId,
})
