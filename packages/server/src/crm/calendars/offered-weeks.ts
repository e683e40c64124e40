import { dayAt, dayStart, isZone, nextDay } from '../zones/index.js'
import { type Booking, worldOf } from './booking.js'
import type { OfferedDay } from './booking-page.rules.js'
import type { Calendar } from './settings.rules.js'
import { shown } from './shown-times.rules.js'
import { freeSlots } from './slots.rules.js'

const weekMs = 7 * 86_400_000
const zones = Intl.supportedValuesOf('timeZone')

/** A day that there is, up to the year 2999. */
const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && text < '2999'

/** The zone that a visitor named, else that of the sub-account. */
export const zoneIn = (sent: string, { zone }: Pick<Booking, 'zone'>): string => (sent && isZone(sent) ? sent : zone)

/** An appointment that is to have another time: it keeps its person and its length, and is not in its own way. */
export interface Moving {
  readonly eventId: string
  readonly userId: string | undefined
  readonly lastsMs: number
  /** When it is now, which is no other time. */
  readonly startMs: number
}

interface Asked {
  readonly zone: string
  /** A day of the week that is wanted; what is no day, or gone, is today. */
  readonly week: string
  readonly moving?: Moving | undefined
}

const slotsBetween = async (place: Booking, calendar: Calendar, from: number, to: number, moving: Moving | undefined) => {
  const span = { from, to }
  const userIds = moving?.userId ? [moving.userId] : undefined
  const world = await worldOf(place, calendar, { span, userIds, exceptEventId: moving?.eventId })
  return freeSlots(world, { ...span, lastsMs: moving?.lastsMs })
}

/** What a visitor may choose from: the free times of a week as clocks in their zone show them, and the weeks beside it. */
export const offeredWeek = async (place: Booking, calendar: Calendar, { zone, week: sent, moving }: Asked) => {
  const nowMs = place.now.getTime()
  const today = dayAt(nowMs, zone)
  const week = isDay(sent) && sent > today ? sent : today
  const from = dayStart(week, zone).getTime()
  const slots = await slotsBetween(place, calendar, Math.max(from, nowMs), from + weekMs, moving)
  const days = new Map<string, OfferedDay['slots'][number][]>()
  for (let day = week, at = 0; at < 7; at++, day = nextDay(day)) days.set(day, [])
  for (const { startMs } of slots.filter((slot) => slot.startMs !== moving?.startMs))
    days.get(dayAt(startMs, zone))?.push({ iso: new Date(startMs).toISOString(), time: shown(startMs, zone, 'time') })
  const nameOf = (day: string) => shown(dayStart(day, zone).getTime() + 43_200_000, zone, 'day')
  return {
    ...{ zone, week },
    zones: zones.includes(zone) ? zones : [zone, ...zones],
    days: [...days].map(([day, each]) => ({ name: nameOf(day), slots: each })),
    // Two hours more than weeks, for the days on which clocks are changed.
    later: dayAt(from + weekMs + 7_200_000, zone),
    earlier: week > today ? dayAt(Math.max(nowMs, from - weekMs + 7_200_000), zone) : undefined,
  }
}
