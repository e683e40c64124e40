import { unprocessable } from '@groundlevel/contract-kit'
import rrule from 'rrule'
import { fromWall, toWall } from '../zones/index.js'

const { RRule } = rrule

const most = 100
/** Some forty years of days. */
const mostLooks = 15_000
const horizonMs = 50 * 366 * 86_400_000

/** The library looks for the next day to the year 9999, minutes long where there is none: a rule looks at each day by this. */
const lookLimited = (rule: InstanceType<typeof RRule>) => {
  let left = mostLooks
  const { bymonth } = rule.options
  Object.defineProperty(rule.options, 'bymonth', {
    get: () => {
      left -= 1
      if (left < 0) throw new RangeError('looked far enough')
      return bymonth
    },
  })
  return rule
}

const timesOf = (rule: InstanceType<typeof RRule>, until: number): Date[] => {
  const times: Date[] = []
  try {
    lookLimited(rule).all((wall, index) => {
      const goesOn = index < most && wall.getTime() < until
      if (goesOn) times.push(wall)
      return goesOn
    })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  return times
}

/**
 * When a series comes round: its beginning first, then by the clocks of the zone, so that ten o'clock stays ten o'clock. At
 * most a hundred times, and for some forty years.
 *
 * @throws WireError 422 where it is no rule of days, weeks, months or years
 */
export const instancesOf = (text: string, startMs: number, zone: string): number[] => {
  const bare = text.trim().replace(/^RRULE:/i, '')
  if (bare.match(/FREQ=/gi)?.length !== 1 || !/FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)\b/i.test(bare) || /DTSTART|[\r\n]/i.test(bare))
    throw unprocessable(['rrule must be an RFC 5545 rule of days, weeks, months or years'])
  const invalid = () => unprocessable(['rrule must be a valid RFC 5545 rule'])
  // Of another interval the library never comes to an end.
  if (!/^\d{1,4}$/.test(/INTERVAL=([^;]*)/i.exec(bare)?.[1]?.trim() ?? '1')) throw invalid()
  try {
    const options = RRule.parseString(bare)
    const wallStart = toWall(new Date(startMs), zone)
    const rule = new RRule({ ...options, dtstart: wallStart, byhour: null, byminute: null, bysecond: null })
    const times = timesOf(rule, wallStart.getTime() + horizonMs).map((wall) => fromWall(wall, zone).getTime())
    return [startMs, ...times.filter((ms) => ms > startMs)].slice(0, most)
  } catch {
    throw invalid()
  }
}
