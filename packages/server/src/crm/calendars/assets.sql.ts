import { rowAssets } from '../../database/assets.sql.js'
import { newId } from '../../ids.js'

const dates = { created: ['dateAdded', 'dateUpdated'], changed: 'dateUpdated', newId }

/** Calendars and their groups as snapshots carry them. */
export const calendarGroupAssets = rowAssets({
  ...dates,
  kind: 'calendar_groups',
  table: 'calendarGroups',
  key: 'lower(t.slug)',
  columns: ['name', 'description', 'slug', 'isActive'],
})

export const calendarAssets = rowAssets({
  ...dates,
  kind: 'calendars',
  table: 'calendars',
  key: `coalesce(lower(t.slug), t.name)`,
  columns: ['groupId', 'name', 'calendarType', 'isActive', 'slug', 'settings'],
})
