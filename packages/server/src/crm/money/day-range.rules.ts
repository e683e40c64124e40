import { unprocessable } from '@groundlevel/contract-kit'

const dayMs = 86_400_000
const day = /^\d{4}-\d\d-\d\d$/

const at = (text: string, field: string): Date => {
  const date = /^\d{4}-\d\d-\d\d([T ][\d:.]+(Z|[+-]\d\d:?\d\d)?)?$/.test(text) ? new Date(text) : new Date(Number.NaN)
  if (Number.isNaN(date.getTime())) throw unprocessable([`${field} must be a valid ISO 8601 date string`])
  return date
}

type Field = readonly [name: string, text: string | undefined]

/**
 * A range of two fields, each a day (`2026-11-22`) or a moment: the last day is in it as a whole.
 *
 * @throws WireError 422 that names the field
 */
export const dayRange = ([fromName, from]: Field, [untilName, until]: Field): { from?: Date; until?: Date } => {
  const end = until ? at(until, untilName) : undefined
  return {
    ...(from ? { from: at(from, fromName) } : {}),
    ...(end ? { until: new Date(end.getTime() + (day.test(until ?? '') ? dayMs : 1)) } : {}),
  }
}
