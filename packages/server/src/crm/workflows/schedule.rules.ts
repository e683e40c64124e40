import { fromWall, toWall, zoneOf } from '../zones/index.js'
import type { Trigger } from './triggers.rules.js'
import { weekdays } from './windows.rules.js'

const minuteMs = 60_000
const dayMs = 86_400_000

/** When a schedule comes round next, after `now`. Times are those of a clock on the sub-account's wall. */
export const nextTime = (trigger: Trigger, now: Date, timezone: string | null | undefined): Date => {
  const {
    everyMinutes,
    at = '09:00',
    days = weekdays,
  } = trigger as { everyMinutes?: number; at?: string; days?: readonly string[] }
  if (everyMinutes !== undefined) return new Date(now.getTime() + everyMinutes * minuteMs)
  const zone = zoneOf(timezone)
  const [hours = 0, minutes = 0] = String(at).split(':').map(Number)
  const today = Math.floor(toWall(now, zone).getTime() / dayMs) * dayMs
  for (let ahead = 0; ahead <= 8; ahead++) {
    const wall = new Date(today + ahead * dayMs + (hours * 60 + minutes) * minuteMs)
    const time = fromWall(wall, zone)
    if (time > now && days.includes(weekdays[wall.getUTCDay()] ?? '')) return time
  }
  throw new Error(`A schedule at ${String(at)} in ${zone} never comes round.`)
}

/** Longer breaks are not made up for. */
const mostMissedDays = 31

export const madeUpFrom = (dueAt: Date, now: Date): Date =>
  now.getTime() - dueAt.getTime() > mostMissedDays * dayMs ? now : dueAt

/** The day, `YYYY-MM-DD`, that a trigger of dates means when it comes round: that of the wall, or as many days from it as it says. */
export const dayMeant = (trigger: Trigger, dueAt: Date, zone: string): string => {
  const { daysBefore = 0, daysAfter = 0 } = trigger as { daysBefore?: number; daysAfter?: number }
  return new Date(toWall(dueAt, zone).getTime() + (Number(daysBefore) - Number(daysAfter)) * dayMs).toISOString().slice(0, 10)
}

/** The id of a custom field by its id or key. */
export const fieldIdOf = (
  fields: readonly { readonly id: string; readonly fieldKey: string }[],
  name: string,
): string | undefined => fields.find(({ id, fieldKey }) => id === name || fieldKey === name || fieldKey === `contact.${name}`)?.id
