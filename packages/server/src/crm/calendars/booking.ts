import { badRequest } from '@groundlevel/contract-kit'
import type { Db } from '../../database/wire.js'
import { dayAt, dayStart, nextDay, zoneOf } from '../zones/index.js'
import { eventsOf, holdsOf } from './events.sql.js'
import { resourcesOfCalendar } from './resources.sql.js'
import { schedulesOf } from './schedules.sql.js'
import type { Calendar } from './settings.rules.js'
import { freeSlots, later, lengthMs, type Person, type Place, placesFor, type SlotRules, type SlotWorld } from './slots.rules.js'
import { openingOf, type Span, scheduleOpening } from './windows.rules.js'

/** Where and when something is looked for. */
export interface Booking {
  readonly db: Db
  readonly locationId: string
  readonly zone: string
  readonly now: Date
}

const needs = { event: 'none', collective: 'all', class_booking: 'all' } as const

const beforeMs = ({ preBuffer, preBufferUnit }: Calendar) => lengthMs(preBuffer, preBufferUnit, 'mins')
const afterMs = ({ slotBuffer, slotBufferUnit }: Calendar) => lengthMs(slotBuffer, slotBufferUnit, 'mins')

/** How long a booking of the calendar lasts. */
export const durationMs = ({ slotDuration, slotDurationUnit }: Calendar) => lengthMs(slotDuration ?? 30, slotDurationUnit, 'mins')

/** What a booking takes up, with what comes before and after it. */
export const withBuffers = (calendar: Calendar, { from, to }: Span): Span => ({
  from: from - beforeMs(calendar),
  to: to + afterMs(calendar),
})

export const rulesOf = (calendar: Calendar, zone: string, now: Date, ignoreRange = false): SlotRules => {
  const { allowBookingAfter, allowBookingAfterUnit = 'hours', allowBookingFor, allowBookingForUnit = 'days' } = calendar
  const nowMs = now.getTime()
  const lastDay = allowBookingFor ? dayAt(later(nowMs, allowBookingFor, allowBookingForUnit, zone), zone) : undefined
  const { lookBusyConfig, slotInterval, slotIntervalUnit, calendarType = 'event' } = calendar
  return {
    calendarId: calendar.id,
    zone,
    needs: calendarType in needs ? needs[calendarType as keyof typeof needs] : 'any',
    opening: openingOf(calendar, zone),
    durationMs: durationMs(calendar),
    intervalMs: lengthMs(slotInterval ?? 30, slotIntervalUnit, 'mins'),
    beforeMs: beforeMs(calendar),
    afterMs: afterMs(calendar),
    perSlot: calendar.appoinmentPerSlot ?? 1,
    perDay: calendar.appoinmentPerDay || undefined,
    notBeforeMs: ignoreRange ? 0 : later(nowMs, allowBookingAfter ?? 0, allowBookingAfterUnit, zone),
    // The last day is a whole one.
    notAfterMs: ignoreRange || !lastDay ? Number.POSITIVE_INFINITY : dayStart(nextDay(lastDay), zone).getTime() - 1,
    hiddenPercent: lookBusyConfig?.enabled ? lookBusyConfig.LookBusyPercentage : 0,
  }
}

interface WorldWish {
  readonly span: Span
  /** Only these of the team; absent: all of it. */
  readonly userIds?: readonly string[] | undefined
  readonly exceptEventId?: string | undefined
  readonly ignoreRange?: boolean | undefined
}

const teamOf = ({ teamMembers = [] }: Calendar, userIds: readonly string[] | undefined) =>
  teamMembers.map(({ userId }) => userId).filter((id) => !userIds || userIds.includes(id))

/** All that free times depend on, in four look-ups however many people there are. */
export const worldOf = async (
  { db, locationId, zone, now }: Booking,
  calendar: Calendar,
  { span, userIds, exceptEventId, ignoreRange }: WorldWish,
): Promise<SlotWorld> => {
  const rules = rulesOf(calendar, zone, now, ignoreRange)
  const team = teamOf(calendar, userIds)
  const resources = await resourcesOfCalendar(db, locationId, calendar.id)
  const ids = [calendar.id, ...team, ...resources.map(({ id }) => id)]
  // Whole days, since a day's bookings are counted, and what reaches into the first and out of the last.
  const around = { from: span.from - 86_400_000 * 2, to: span.to + 86_400_000 * 2 }
  const bookings = rules.needs === 'none' || rules.perDay !== undefined
  const wish = { calendarId: calendar.id, bookings, except: exceptEventId }
  const held = await holdsOf(db, locationId).within(ids, around, wish)
  const schedules = await schedulesOf(db, locationId).forCalendar(calendar.id, team)
  const people = team.map((id): Person => {
    const schedule = schedules.get(id)
    const opening = schedule ? scheduleOpening(schedule.rules, zoneOf(schedule.timezone)) : rules.opening
    return { id, opening, holds: held.get(id) ?? [] }
  })
  const places = resources.map(({ id, resourceType, quantity, outOfService, capacity }): Place => {
    const kind = resourceType === 'rooms' ? 'rooms' : 'equipments'
    const seats = calendar.calendarType === 'class_booking' ? (capacity ?? 1) : 1
    const most = kind === 'rooms' ? seats : Math.max(0, (quantity ?? 1) - (outOfService ?? 0))
    return { id, kind, most, holds: held.get(id) ?? [] }
  })
  return { rules, people, places, holds: held.get(calendar.id) ?? [] }
}

export const taken = () => badRequest('The slot you have selected is no longer available.')

/** Who gets a booking and what it needs. */
export interface Seat {
  readonly assignedUserId: string | null
  readonly users: string[]
  readonly resources: string[]
}

interface SeatWish extends Span {
  readonly userId?: string | null | undefined
  readonly exceptEventId?: string | undefined
  readonly contactId?: string | undefined
  readonly ignoreRange?: boolean | undefined
  /** Books whatever is there already. */
  readonly force?: boolean | undefined
}

/** Whom the contact was with before, where the calendar wants that again; then whoever has priority, or has been given fewest. */
const choose = async (
  { db, locationId, now }: Booking,
  calendar: Calendar,
  free: readonly string[],
  contactId: string | undefined,
): Promise<string | null> => {
  if (free.length < 2) return free[0] ?? null
  if (calendar.stickyContact && contactId) {
    const same = await eventsOf(db, locationId).lastUser(calendar.id, contactId, free)
    if (same) return same
  }
  const loads = await eventsOf(db, locationId).loads(calendar.id, free, now)
  const priority = new Map((calendar.teamMembers ?? []).map(({ userId, priority: value = 0.5 }) => [userId, value]))
  const rank = (id: string) => priority.get(id) ?? 0
  const load = (id: string) => loads.get(id) ?? 0
  const fair = calendar.eventType === 'RoundRobin_OptimizeForEqualDistribution'
  const order = (a: string, b: string) => (fair ? load(a) - load(b) || rank(b) - rank(a) : rank(b) - rank(a) || load(a) - load(b))
  return [...free].sort(order)[0] ?? null
}

const primaryOf = ({ teamMembers = [] }: Calendar) =>
  (teamMembers.find(({ isPrimary }) => isPrimary) ?? teamMembers[0])?.userId ?? null

/**
 * Takes a seat at that time, and keeps everybody else from it until the transaction ends.
 *
 * @throws WireError 400 where nobody is free, or that is no time at which the calendar can be booked
 */
export const takeSeat = async (place: Booking, calendar: Calendar, wish: SeatWish): Promise<Seat> => {
  const { from, to, userId, exceptEventId, contactId, ignoreRange, force } = wish
  const team = teamOf(calendar, undefined)
  const resources = await resourcesOfCalendar(place.db, place.locationId, calendar.id)
  const resourceIds = resources.map(({ id }) => id)
  await holdsOf(place.db, place.locationId).lock([calendar.id, ...team, ...resourceIds, ...(userId ? [userId] : [])])
  const together = calendar.calendarType === 'collective' || calendar.calendarType === 'class_booking'
  if (force) {
    const assignedUserId = userId ?? (together ? primaryOf(calendar) : await choose(place, calendar, team, contactId))
    return { assignedUserId, users: together ? team.filter((id) => id !== assignedUserId) : [], resources: [] }
  }
  const only = userId && !together ? [userId] : undefined
  const world = await worldOf(place, calendar, { span: { from, to }, userIds: only, exceptEventId, ignoreRange })
  const [slot] = freeSlots(world, { from, to: from + 1, lastsMs: to - from, hidden: true })
  const padded = withBuffers(calendar, { from, to })
  const places = placesFor(world.places, padded)
  if (!slot || !places) throw taken()
  // Where the calendar itself is booked, whoever was named comes along.
  const one = world.rules.needs === 'none' ? (userId ?? null) : await choose(place, calendar, slot.userIds, contactId)
  const assignedUserId = together ? (userId ?? primaryOf(calendar)) : one
  return { assignedUserId, users: together ? slot.userIds.filter((id) => id !== assignedUserId) : [], resources: places }
}
