import { rowAssets } from '../../database/assets.sql.js'
import { newHexId } from '../../ids.js'

/** Templates of the e-mail builder as snapshots carry them: without folders, and without the files that previews are. */
export const emailTemplateAssets = rowAssets({
  kind: 'email_templates',
  table: 'emailTemplates',
  key: 't.name',
  columns: ['name', 'templateType', 'version', 'updatedBy', 'isPlainText', 'archived', 'subject', 'previewText', 'html', 'dnd'],
  created: ['dateAdded', 'lastUpdated'],
  changed: 'lastUpdated',
  where: `t."templateType" <> 'folder'`,
  newId: newHexId,
})
