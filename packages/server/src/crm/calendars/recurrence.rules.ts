import { unprocessable } from '@groundlevel/contract-kit'
import rrule from 'rrule'
import { fromWall, toWall } from '../zones/index.js'

const { RRule } = rrule

const most = 100
const frequencies = /FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)\b/i

/**
 * When a series comes round: its beginning first, then by the clocks of the zone, so that ten o'clock stays ten o'clock. At
 * most a hundred times.
 *
 * @throws WireError 422 where it is no rule of days, weeks, months or years
 */
export const instancesOf = (text: string, startMs: number, zone: string): number[] => {
  const bare = text.trim().replace(/^RRULE:/i, '')
  if (!frequencies.test(bare) || /DTSTART|[\r\n]/i.test(bare))
    throw unprocessable(['rrule must be an RFC 5545 rule of days, weeks, months or years'])
  try {
    const options = RRule.parseString(bare)
    const rule = new RRule({ ...options, dtstart: toWall(new Date(startMs), zone), byhour: null, byminute: null, bysecond: null })
    const times = rule.all((_, index) => index < most).map((wall) => fromWall(wall, zone).getTime())
    return [startMs, ...times.filter((ms) => ms > startMs)].slice(0, most)
  } catch {
    throw unprocessable(['rrule must be a valid RFC 5545 rule'])
  }
}
