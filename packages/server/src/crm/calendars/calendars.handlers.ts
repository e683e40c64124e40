import { badRequest, found, missing, unprocessable } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import type { Db } from '../../database/wire.js'
import { implement } from '../../http/implement.js'
import { demandUsers } from '../contacts/index.js'
import { dayAt, isoInZone, isZone } from '../zones/index.js'
import { type Booking, worldOf } from './booking.js'
import { type CalendarFields, calendarsOf } from './calendars.sql.js'
import { toldOf } from './events.rules.js'
import { eventsOf } from './events.sql.js'
import { groupsOf } from './groups.sql.js'
import { zoneOfLocation } from './listing.js'
import type { CalendarPorts } from './ports.js'
import { type Calendar, type CalendarSettings, defaultSettings, demandTeam, mergeAvailabilities } from './settings.rules.js'
import { freeSlots } from './slots.rules.js'

const longestRangeMs = 31 * 86_400_000 + 3_600_000

type Calendars = ReturnType<typeof calendarsOf>
type Sent = Partial<CalendarSettings> & {
  readonly name?: string
  readonly groupId?: string | null
  readonly isActive?: boolean
  readonly slug?: string
}

const demandFreeSlug = async (calendars: Calendars, slug: string | undefined, own?: string) => {
  if (!slug) return
  await calendars.holdSlugs()
  const id = await calendars.withSlug(slug)
  if (id !== undefined && id !== own) throw badRequest(`The slug ${JSON.stringify(slug)} is already used by another calendar.`)
}

const demandGroup = async (db: Db, locationId: string, groupId: string | null | undefined) => {
  if (groupId && !(await groupsOf(db, locationId).find(groupId))) throw missing('Group')
}

const settingsOf = (before: CalendarSettings, sent: Partial<CalendarSettings>, newId: () => string): CalendarSettings => ({
  ...before,
  ...sent,
  ...(sent.availabilities
    ? { availabilities: mergeAvailabilities(before.availabilities ?? [], sent.availabilities, newId) }
    : {}),
})

/** What a calendar is known by, apart from its settings. */
const apart = ({ name: _n, groupId: _g, isActive: _a, slug: _s, ...settings }: Sent): Partial<CalendarSettings> => settings

const settingsIn = ({
  id: _i,
  locationId: _l,
  name: _n,
  calendarType: _t,
  groupId: _g,
  isActive: _a,
  slug: _s,
  ...settings
}: Calendar) => settings

/** By day in the zone, each time with its offset. */
const byDay = (starts: readonly number[], zone: string) => {
  const days: Record<string, { slots: string[] }> = {}
  for (const ms of starts) {
    const day = dayAt(ms, zone)
    days[day] ??= { slots: [] }
    days[day].slots.push(isoInZone(ms, zone))
  }
  return days
}

const demandRange = (startDate: number, endDate: number) => {
  if (endDate < startDate) throw unprocessable(['endDate must not be less than startDate'])
  if (endDate - startDate > longestRangeMs) throw badRequest('Date range cannot be more than 31 days.')
  if (endDate > 32_503_679_999_999) throw unprocessable(['endDate must be milliseconds before the year 3000'])
}

interface SlotQuery {
  readonly startDate: number
  readonly endDate: number
  readonly timezone?: string
  readonly userId?: string
  readonly userIds?: readonly string[]
}

const slotsByDay = async (place: Booking, calendarId: string, query: SlotQuery) => {
  const { startDate, endDate, timezone, userId, userIds = [] } = query
  demandRange(startDate, endDate)
  if (timezone && !isZone(timezone)) throw unprocessable(['timezone must be a valid IANA time zone'])
  const { db, locationId, zone } = place
  const calendar = found(await calendarsOf(db, locationId).find(calendarId), 'Calendar')
  const wanted = [...(userId ? [userId] : []), ...userIds]
  const span = { from: startDate, to: endDate + 1 }
  const group = calendar.groupId ? await groupsOf(db, locationId).find(calendar.groupId) : undefined
  if (calendar.isActive === false || group?.isActive === false) return {}
  const world = await worldOf(place, calendar, { span, userIds: wanted.length > 0 ? wanted : undefined })
  const starts = freeSlots(world, span).map(({ startMs }) => startMs)
  return byDay(starts, timezone || zone)
}

export const calendarHandlers = ({ users, locations }: CalendarPorts) => {
  const zoneIn = zoneOfLocation({ locations })

  return implement(api.calendars.calendar, ({ db, locationId }) => ({ calendars: calendarsOf(db, locationId) }), {
    list: async ({ query }, { calendars }) => ({
      calendars: await calendars.list({ groupId: query.groupId, drafts: query.showDrafted }),
    }),

    create: async ({ body: { locationId: _, calendarType = 'event', ...sent } }, { calendars, db, locationId, newId, now }) => {
      demandTeam({ calendarType, ...sent })
      await demandUsers(
        users,
        db,
        locationId,
        (sent.teamMembers ?? []).map(({ userId }) => userId),
      )
      await demandGroup(db, locationId, sent.groupId)
      await demandFreeSlug(calendars, sent.slug)
      const fields: CalendarFields = {
        name: sent.name,
        groupId: sent.groupId || null,
        isActive: sent.isActive ?? true,
        slug: sent.slug || null,
        settings: settingsOf(defaultSettings, apart(sent), newId),
      }
      return { calendar: await calendars.add(newId(), calendarType, fields, now) }
    },

    get: async ({ calendarId }, { calendars }) => ({ calendar: found(await calendars.find(calendarId), 'Calendar') }),

    update: async ({ calendarId, body }, { calendars, db, locationId, newId, now }) => {
      const before = found(await calendars.lock(calendarId), 'Calendar')
      const { name, groupId, isActive, slug } = body
      const settings = settingsOf(settingsIn(before), apart(body), newId)
      if (body.teamMembers || body.enableRecurring) demandTeam({ calendarType: before.calendarType, ...settings })
      await demandUsers(
        users,
        db,
        locationId,
        (body.teamMembers ?? []).map(({ userId }) => userId),
      )
      await demandGroup(db, locationId, groupId)
      await demandFreeSlug(calendars, slug, calendarId)
      const fields: Partial<CalendarFields> = {
        settings,
        ...(name === undefined ? {} : { name }),
        ...(groupId === undefined ? {} : { groupId: groupId || null }),
        ...(isActive === undefined ? {} : { isActive }),
        ...(slug === undefined ? {} : { slug: slug || null }),
      }
      return { calendar: await calendars.change(calendarId, fields, now) }
    },

    remove: async ({ calendarId }, { calendars, db, locationId, emitAll }) => {
      const calendar = found(await calendars.lock(calendarId), 'Calendar')
      const zone = await zoneIn(locationId)
      const booked = await eventsOf(db, locationId).ofCalendar(calendarId)
      await emitAll(
        'AppointmentDelete',
        booked.map((event) => toldOf(event, zone)),
      )
      await calendars.remove(calendarId)
      return { success: true, succeded: true, succeeded: true, message: 'calendar deleted', calendar }
    },

    freeSlots: async ({ calendarId, query }, { db, locationId, now }) =>
      slotsByDay({ db, locationId, zone: await zoneIn(locationId), now }, calendarId, query),
  })
}
