import rrule from 'rrule'
import { fromWall, toWall } from '../zones/index.js'

const { RRule } = rrule

/** When a series comes round. Dates are whole seconds. */
export interface Recurrence {
  readonly intervalType: 'yearly' | 'monthly' | 'weekly' | 'daily' | 'hourly'
  readonly interval: number
  readonly startDate: Date
  readonly endDate?: Date | undefined
  readonly dayOfMonth?: number | undefined
  readonly dayOfWeek?: 'MO' | 'TU' | 'WE' | 'TH' | 'FR' | 'SA' | 'SU' | undefined
  readonly monthOfYear?: number | undefined
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** Days that stand for one which short months lack: the last of them that there is. */
const upToDay = (day: number) => (day <= 28 ? [day] : Array.from({ length: day - 27 }, (_, at) => 28 + at))

const clipped = (day: number) => ({ bymonthday: upToDay(day), bysetpos: -1 })

/** The greatest multiple of `step` that is not above `value`, and not below zero. */
const steps = (value: number, step: number) => Math.max(0, Math.floor(value / step) * step)

/**
 * The rule on the wall's clock, beginning a little before `near`: a series of thirty years is not gone through from its first
 * day. A beginning moves by whole intervals, so that every second Tuesday stays that Tuesday.
 */
const ruleNear = ({ intervalType, interval, dayOfMonth, dayOfWeek, monthOfYear }: Recurrence, start: Date, near: Date) => {
  const [year, month, day] = [start.getUTCFullYear(), start.getUTCMonth(), start.getUTCDate()]
  const timeOfDay = start.getTime() - Date.UTC(year, month, day)
  const gone = near.getTime() - start.getTime()
  const from = (ms: number) => new Date(ms + timeOfDay)
  switch (intervalType) {
    case 'daily':
      return new RRule({ freq: RRule.DAILY, interval, dtstart: new Date(start.getTime() + steps(gone, interval * dayMs)) })
    case 'weekly': {
      const dtstart = new Date(start.getTime() + steps(gone, interval * 7 * dayMs))
      return new RRule({ freq: RRule.WEEKLY, interval, dtstart, ...(dayOfWeek ? { byweekday: [RRule[dayOfWeek]] } : {}) })
    }
    case 'monthly': {
      const months = (near.getUTCFullYear() - year) * 12 + near.getUTCMonth() - month
      const dtstart = from(Date.UTC(year, month + steps(months, interval), 1))
      return new RRule({ freq: RRule.MONTHLY, interval, dtstart, ...clipped(dayOfMonth ?? day) })
    }
    default: {
      const dtstart = from(Date.UTC(year + steps(near.getUTCFullYear() - year, interval), 0, 1))
      const bymonth = [monthOfYear ?? month + 1]
      return new RRule({ freq: RRule.YEARLY, interval, dtstart, bymonth, ...clipped(dayOfMonth ?? day) })
    }
  }
}

const hourlyFrom = ({ interval, startDate }: Recurrence, from: Date) => {
  const stepMs = interval * hourMs
  return new Date(startDate.getTime() + Math.ceil(Math.max(0, from.getTime() - startDate.getTime()) / stepMs) * stepMs)
}

const onWallFrom = (recurrence: Recurrence, zone: string, from: Date) => {
  const earliest = Math.max(from.getTime(), recurrence.startDate.getTime())
  // Two days cover every offset between a wall's clock and ours.
  const near = new Date(toWall(new Date(earliest), zone).getTime() - 2 * dayMs)
  const rule = ruleNear(recurrence, toWall(recurrence.startDate, zone), near)
  let wall = rule.after(near, true)
  while (wall && fromWall(wall, zone).getTime() < earliest) wall = rule.after(wall)
  return wall ? fromWall(wall, zone) : undefined
}

/**
 * The first time at or after `from` at which a series comes round; undefined once it has ended. Days, weeks, months and years
 * keep the time of day of the zone through its changes of clock; hours are hours.
 */
export const occurrenceFrom = (recurrence: Recurrence, zone: string, from: Date): Date | undefined => {
  const at = recurrence.intervalType === 'hourly' ? hourlyFrom(recurrence, from) : onWallFrom(recurrence, zone, from)
  const end = recurrence.endDate
  return at === undefined || (end && at > end) || at.getUTCFullYear() > 9998 ? undefined : at
}
