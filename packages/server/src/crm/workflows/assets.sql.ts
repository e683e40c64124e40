import { rowAssets } from '../../database/assets.sql.js'
import { newUuid } from '../../ids.js'

/** Workflows as snapshots carry them: each arrives as a draft, for somebody to look at before it acts on people. */
export const workflowAssets = rowAssets({
  kind: 'workflows',
  table: 'workflows',
  key: 't.name',
  columns: ['name', 'triggers', 'actions', 'settings'],
  created: ['createdAt', 'updatedAt'],
  changed: 'updatedAt',
  fixed: { status: 'draft', version: 1 },
  newId: () => newUuid(),
})
