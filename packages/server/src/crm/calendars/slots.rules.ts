import { dayAt, fromWall, toWall } from '../zones/index.js'
import { intersection, type Opening, type Span, windowsIn } from './windows.rules.js'

/** What an event takes up of somebody or something, its buffers included. */
export interface Hold extends Span {
  readonly calendarId: string | null
  readonly blocked: boolean
  readonly startMs: number
}

export interface Person {
  readonly id: string
  readonly opening: Opening
  readonly holds: readonly Hold[]
}

/** A room or equipment: so many bookings at once. */
export interface Place {
  readonly id: string
  readonly kind: 'rooms' | 'equipments'
  readonly most: number
  readonly holds: readonly Hold[]
}

/** A calendar as far as its free times depend on it. */
export interface SlotRules {
  readonly calendarId: string
  readonly zone: string
  /** `any`: one person is enough; `all`: everybody is needed; `none`: nobody. */
  readonly needs: 'any' | 'all' | 'none'
  readonly opening: Opening
  readonly durationMs: number
  readonly intervalMs: number
  readonly beforeMs: number
  readonly afterMs: number
  readonly perSlot: number
  readonly perDay: number | undefined
  readonly notBeforeMs: number
  readonly notAfterMs: number
  readonly hiddenPercent: number
}

export interface SlotWorld {
  readonly rules: SlotRules
  readonly people: readonly Person[]
  readonly places: readonly Place[]
  /** Of the calendar itself: blocked times, and what was booked in it. */
  readonly holds: readonly Hold[]
}

export interface Slot {
  readonly startMs: number
  /** Who is free then. */
  readonly userIds: readonly string[]
}

const overlaps = (hold: Span, slot: Span) => hold.from < slot.to && slot.from < hold.to

/** Whether somebody has time: nothing else is there, and no more of this calendar's than go together. */
const isFree = (holds: readonly Hold[], slot: Span, calendarId: string, most: number): boolean => {
  let own = 0
  for (const hold of holds) {
    if (!overlaps(hold, slot)) continue
    if (hold.blocked || hold.calendarId !== calendarId) return false
    own += 1
    if (own >= most) return false
  }
  return true
}

/** The places that a booking at that time takes: of rooms one that has room left, of equipment all. Undefined: not to be had. */
export const placesFor = (places: readonly Place[], slot: Span): string[] | undefined => {
  const spare = ({ holds, most }: Place) => holds.filter((hold) => overlaps(hold, slot)).length < most
  const rooms = places.filter(({ kind }) => kind === 'rooms')
  const equipments = places.filter(({ kind }) => kind === 'equipments')
  if (!equipments.every(spare)) return undefined
  const room = rooms.find(spare)
  if (rooms.length > 0 && !room) return undefined
  return [...(room ? [room.id] : []), ...equipments.map(({ id }) => id)]
}

/** A number from 0 to 99 that a calendar's time always has. */
const lotOf = (calendarId: string, ms: number): number => {
  let hash = 2_166_136_261
  for (const character of `${calendarId}${ms}`) hash = Math.imul(hash ^ character.charCodeAt(0), 16_777_619)
  return (hash >>> 0) % 100
}

const fullDays = ({ rules, holds }: SlotWorld): ReadonlySet<string> => {
  const { perDay, zone } = rules
  if (perDay === undefined) return new Set()
  const counts = new Map<string, number>()
  for (const { blocked, startMs } of holds) {
    if (blocked) continue
    const day = dayAt(startMs, zone)
    counts.set(day, (counts.get(day) ?? 0) + 1)
  }
  return new Set([...counts].filter(([, count]) => count >= perDay).map(([day]) => day))
}

const near = (holds: readonly Hold[], { from, to }: Span) => holds.filter((hold) => hold.from < to && from < hold.to)

interface Wish extends Span {
  /** How long it takes up, where it is not as long as the calendar's slots. */
  readonly lastsMs?: number | undefined
  /** Those that are hidden in order to look busy can be booked none the less. */
  readonly hidden?: boolean | undefined
}

/** Beginnings in a window, with the holds that lie near it. */
function* beginnings(window: Span, { rules }: SlotWorld, { from, to }: Wish): Generator<number> {
  const { durationMs, intervalMs, notBeforeMs, notAfterMs } = rules
  const first = Math.max(from, notBeforeMs)
  const skipped = Math.max(0, Math.ceil((first - window.from) / intervalMs))
  for (let at = window.from + skipped * intervalMs; at + durationMs <= window.to; at += intervalMs) {
    if (at >= to || at > notAfterMs) return
    yield at
  }
}

const paddedOf = (at: number, lastsMs: number, { beforeMs, afterMs }: SlotRules): Span => ({
  from: at - beforeMs,
  to: at + lastsMs + afterMs,
})

/** Free times of those who are enough by themselves, and of the calendar where nobody is needed. */
const byPerson = (world: SlotWorld, wish: Wish): Map<number, string[]> => {
  const { rules, people } = world
  const found = new Map<number, string[]>()
  // Most of a team shares its hours.
  const known = new Map<Opening, Span[]>()
  const windowsOf = (opening: Opening) => {
    const windows = known.get(opening) ?? windowsIn(opening, wish)
    known.set(opening, windows)
    return windows
  }
  const one = (opening: Opening, holds: readonly Hold[], id: string | undefined) => {
    for (const window of windowsOf(opening)) {
      const reach = Math.max(wish.lastsMs ?? 0, rules.durationMs) + rules.beforeMs + rules.afterMs
      const close = near(holds, { from: window.from - reach, to: window.to + reach })
      for (const at of beginnings(window, world, wish)) {
        const slot = paddedOf(at, wish.lastsMs ?? rules.durationMs, rules)
        if (!isFree(close, slot, rules.calendarId, rules.perSlot)) continue
        const ids = found.get(at)
        if (!ids) found.set(at, id ? [id] : [])
        else if (id) ids.push(id)
      }
    }
  }
  if (rules.needs === 'none') one(rules.opening, world.holds, undefined)
  else for (const { opening, holds, id } of people) one(opening, holds, id)
  return found
}

const together = (world: SlotWorld, wish: Wish): Map<number, string[]> => {
  const { rules, people } = world
  const found = new Map<number, string[]>()
  const [first, ...others] = people.map(({ opening }) => windowsIn(opening, wish))
  if (!first) return found
  const ids = people.map(({ id }) => id)
  for (const window of others.reduce(intersection, first)) {
    for (const at of beginnings(window, world, wish)) {
      const slot = paddedOf(at, wish.lastsMs ?? rules.durationMs, rules)
      if (people.every(({ holds }) => isFree(holds, slot, rules.calendarId, rules.perSlot))) found.set(at, ids)
    }
  }
  return found
}

/** Times in a range at which something can be booked, with those who are free then, in order. */
export const freeSlots = (world: SlotWorld, wish: Wish): Slot[] => {
  const { rules, places, holds } = world
  const found = rules.needs === 'all' ? together(world, wish) : byPerson(world, wish)
  const full = fullDays(world)
  const blocked = holds.filter((hold) => hold.blocked)
  const slots: Slot[] = []
  for (const [startMs, userIds] of found) {
    const slot = paddedOf(startMs, wish.lastsMs ?? rules.durationMs, rules)
    if (blocked.some((hold) => overlaps(hold, slot))) continue
    if (full.size > 0 && full.has(dayAt(startMs, rules.zone))) continue
    if (places.length > 0 && !placesFor(places, slot)) continue
    if (!wish.hidden && rules.hiddenPercent > 0 && lotOf(rules.calendarId, startMs) < rules.hiddenPercent) continue
    slots.push({ startMs, userIds })
  }
  return slots.sort((a, b) => a.startMs - b.startMs)
}

const unitMs: Readonly<Record<string, number>> = {
  mins: 60_000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
  weeks: 604_800_000,
}

/** A length of time; days and weeks are always 24 hours and seven times that. */
export const lengthMs = (amount: number | null | undefined, unit: string | undefined, fallback: string): number =>
  (amount ?? 0) * (unitMs[unit ?? fallback] ?? unitMs[fallback] ?? 0)

/** So much later on the clocks of the zone: a month ends on its last day, whatever the day was. */
export const later = (ms: number, amount: number, unit: string, zone: string): number => {
  if (unit !== 'months') return ms + lengthMs(amount, unit, 'days')
  const wall = toWall(new Date(ms), zone)
  const day = wall.getUTCDate()
  const moved = new Date(wall)
  moved.setUTCDate(1)
  moved.setUTCMonth(moved.getUTCMonth() + amount)
  const last = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate()
  moved.setUTCDate(Math.min(day, last))
  return fromWall(moved, zone).getTime()
}
