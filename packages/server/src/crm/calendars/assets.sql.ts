import { type Asset, type AssetKind, rowAssets } from '../../database/assets.sql.js'
import { newHexId, newId } from '../../ids.js'
import type { CalendarPorts } from './ports.js'
import { everyAdmin } from './reminders.rules.js'
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

const idsIn = (list: string) => list.split(',').map((id) => id.trim())

/** Of those who are chosen to be told, the ones who may be there; nobody of another sub-account hears what is booked in this one. */
const toldHere = ({ notifications }: CalendarSettings, here: ReadonlySet<string>): Partial<CalendarSettings> => {
  if (!notifications) return {}
  const kept = (list: string) =>
    idsIn(list)
      .filter((id) => here.has(id) || id === everyAdmin)
      .join(',')
  return { notifications: notifications.map((each) => ({ ...each, selectedUsers: kept(each.selectedUsers) })) }
}

/** Calendars arrive with those of their team who may be there: the API, too, refuses all others. */
export const calendarAssets = ({ users }: Pick<CalendarPorts, 'users'>): AssetKind => ({
  ...calendarRows,
  put: async (db, locationId, assets, options) => {
    const own = new Map((await calendarRows.list(db, locationId)).map((asset) => [asset.key, teamIn(asset)]))
    const teams = [...assets.map(teamIn), ...own.values()].flat().map(({ userId }) => userId)
    const told = assets.flatMap((asset) =>
      (settingsIn(asset).notifications ?? []).flatMap(({ selectedUsers }) => idsIn(selectedUsers)),
    )
    const here = await users.among(db, locationId, [...new Set([...teams, ...told])])
    const fitting = assets.map((asset) => {
      const calendarType = String(asset.data.calendarType)
      const { teamMembers, teamless } = teamHere({ calendarType, brought: teamIn(asset), own: own.get(asset.key) ?? [] }, here)
      const team = teamIn(asset).length > 0 || teamMembers.length > 0 ? { teamMembers } : {}
      const settings = { ...settingsIn(asset), ...team, ...toldHere(settingsIn(asset), here) }
      return { ...asset, data: { ...asset.data, settings, isActive: asset.data.isActive === true && !teamless } }
    })
    return calendarRows.put(db, locationId, fitting, options)
  },
})

const notificationRows = rowAssets({
  kind: 'calendar_notifications',
  table: 'calendarNotifications',
  key: `(select coalesce(lower(c.slug), c.name) from calendars c where c."locationId" = t."locationId" and c.id = t."calendarId")
    || ' ' || concat_ws(' ', t.settings ->> 'notificationType', t.settings ->> 'channel', t.settings ->> 'receiverType')`,
  name: `concat_ws(' ', t.settings ->> 'notificationType', t.settings ->> 'channel', t.settings ->> 'receiverType')`,
  where: 'not t.deleted',
  columns: ['calendarId', 'settings', 'isActive'],
  created: ['dateAdded'],
  fixed: { deleted: false },
  newId: () => newHexId(),
})

type Told = { readonly selectedUsers?: readonly string[] }

/** What calendars say of appointments; to people only who may be there. */
export const calendarNotificationAssets = ({ users }: Pick<CalendarPorts, 'users'>): AssetKind => ({
  ...notificationRows,
  put: async (db, locationId, assets, options) => {
    const toldBy = ({ data }: Asset) => (data.settings as Told).selectedUsers ?? []
    const here = await users.among(db, locationId, [...new Set(assets.flatMap(toldBy))])
    const fitting = assets.map((asset) => {
      const told = toldBy(asset)
      const selectedUsers = told.filter((id) => here.has(id) || id === everyAdmin)
      // Nobody chosen means all who run the place, which is more than was meant.
      const isActive = asset.data.isActive === true && (selectedUsers.length > 0 || told.length === 0)
      const settings = { ...(asset.data.settings as Told), ...(told.length > 0 ? { selectedUsers } : {}) }
      return { ...asset, data: { ...asset.data, settings, isActive } }
    })
    return notificationRows.put(db, locationId, fitting, options)
  },
})
