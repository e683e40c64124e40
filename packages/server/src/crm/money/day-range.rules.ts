import { unprocessable } from '@groundlevel/contract-kit'

const dayMs = 86_400_000
const day = /^\d{4}-\d\d-\d\d$/

/** A day or a moment as a date. @throws WireError 422 that names the field */
export const momentOf = (text: string, field: string): Date => {
  const date = /^\d{4}-\d\d-\d\d([T ][\d:.]+(Z|[+-]\d\d:?\d\d)?)?$/.test(text) ? new Date(text) : new Date(Number.NaN)
  if (Number.isNaN(date.getTime())) throw unprocessable([`${field} must be a valid ISO 8601 date string`])
  return date
}

/** From a moment on, and until one. */
export interface DayRange {
  readonly from?: Date | undefined
  readonly until?: Date | undefined
}

type Field = readonly [name: string, text: string | undefined]

/**
 * A range of two fields, each a day (`2026-11-22`) or a moment: the last day is in it as a whole.
 *
 * @throws WireError 422 that names the field
 */
export const dayRange = ([fromName, from]: Field, [untilName, until]: Field): DayRange => {
  const end = until ? momentOf(until, untilName) : undefined
  return {
    ...(from ? { from: momentOf(from, fromName) } : {}),
    ...(end ? { until: new Date(end.getTime() + (day.test(until ?? '') ? dayMs : 1)) } : {}),
  }
}
