import { type Asset, type AssetKind, rowAssets } from '../../database/assets.sql.js'
import { newId } from '../../ids.js'
import type { CalendarPorts } from './ports.js'
import { type CalendarSettings, type Team, teamHere } from './settings.rules.js'

const dates = { created: ['dateAdded', 'dateUpdated'], changed: 'dateUpdated', newId }

/** Calendars and their groups as snapshots carry them. */
export const calendarGroupAssets = rowAssets({
  ...dates,
  kind: 'calendar_groups',
  table: 'calendarGroups',
  key: 'lower(t.slug)',
  columns: ['name', 'description', 'slug', 'isActive'],
})

const calendarRows = rowAssets({
  ...dates,
  kind: 'calendars',
  table: 'calendars',
  key: `coalesce(lower(t.slug), t.name)`,
  columns: ['groupId', 'name', 'calendarType', 'isActive', 'slug', 'settings'],
})

const settingsIn = ({ data }: Asset) => data.settings as CalendarSettings

const teamIn = (asset: Asset): Team => settingsIn(asset).teamMembers ?? []

/** Calendars arrive with those of their team who may be there: the API, too, refuses all others. */
export const calendarAssets = ({ users }: Pick<CalendarPorts, 'users'>): AssetKind => ({
  ...calendarRows,
  put: async (db, locationId, assets, options) => {
    const own = new Map((await calendarRows.list(db, locationId)).map((asset) => [asset.key, teamIn(asset)]))
    const named = [...assets.map(teamIn), ...own.values()].flat().map(({ userId }) => userId)
    const here = await users.among(db, locationId, [...new Set(named)])
    const fitting = assets.map((asset) => {
      const calendarType = String(asset.data.calendarType)
      const { teamMembers, teamless } = teamHere({ calendarType, brought: teamIn(asset), own: own.get(asset.key) ?? [] }, here)
      const team = teamIn(asset).length > 0 || teamMembers.length > 0 ? { teamMembers } : {}
      const settings = { ...settingsIn(asset), ...team }
      return { ...asset, data: { ...asset.data, settings, isActive: asset.data.isActive === true && !teamless } }
    })
    return calendarRows.put(db, locationId, fitting, options)
  },
})
