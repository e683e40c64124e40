import { unprocessable } from '@groundlevel/contract-kit'
import { fromWall } from '../zones/index.js'

/** The years 1970 to 2999, more than anybody books. */
const lastMs = 32_503_679_999_999

const written = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:?\d\d)?)?$/

/**
 * The moment that a text names: ISO 8601, without an offset by the clocks of the zone, or milliseconds since 1970: programs write
 * 0 for the beginning of time.
 * Undefined where it names none.
 */
export const momentOf = (sent: string, zone: string): number | undefined => {
  const text = sent.trim()
  if (/^(?:0|\d{9,14})$/.test(text)) return Number(text)
  const [, day, time = '00:00', offset] = written.exec(text) ?? []
  if (day === undefined) return undefined
  const wall = Date.parse(`${day}T${time}Z`)
  if (Number.isNaN(wall)) return undefined
  const ms = offset ? Date.parse(`${day}T${time}${offset}`) : fromWall(new Date(wall), zone).getTime()
  return ms >= 0 && ms <= lastMs ? ms : undefined
}

/** @throws WireError 422 naming the field */
export const demandMoment = (name: string, sent: string, zone: string): number => {
  const ms = momentOf(sent, zone)
  if (ms === undefined) throw unprocessable([`${name} must be a valid ISO 8601 date string`])
  return ms
}
