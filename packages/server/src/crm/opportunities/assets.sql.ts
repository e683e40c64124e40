import { rowAssets } from '../../database/assets.sql.js'
import { newId } from '../../ids.js'

/** Pipelines, their stages and reasons of loss as snapshots carry them. */
export const pipelineAssets = rowAssets({
  kind: 'pipelines',
  table: 'pipelines',
  key: 'lower(t.name)',
  columns: ['name', 'showInFunnel', 'showInPieChart', 'useOpportunityProbability', 'colorRenderMode', 'position'],
  created: ['dateAdded', 'dateUpdated'],
  changed: 'dateUpdated',
  newId,
})

export const stageAssets = rowAssets({
  kind: 'pipeline_stages',
  table: 'pipelineStages',
  key: `(select lower(p.name) from pipelines p where p."locationId" = t."locationId" and p.id = t."pipelineId") || ' ' || t.name`,
  numberedBy: 'position',
  columns: ['pipelineId', 'name', 'position', 'showInFunnel', 'showInPieChart', 'stageWinProbability'],
  newId,
})

export const lostReasonAssets = rowAssets({
  kind: 'lost_reasons',
  table: 'lostReasons',
  key: 'lower(t.name)',
  columns: ['name', 'deleted'],
  created: ['createdAt', 'updatedAt'],
  changed: 'updatedAt',
  where: 'not t.deleted',
  newId,
})
