import { unprocessable } from '@groundlevel/contract-kit'

const dayMs = 86_400_000

const dayOf = (name: string, text: string): Date => {
  const day = text.slice(0, 10)
  const at = /^\d{4}-\d{2}-\d{2}(T|$)/.test(text) ? new Date(`${day}T00:00:00.000Z`) : new Date(Number.NaN)
  if (Number.isNaN(at.getTime()) || !at.toISOString().startsWith(day))
    throw unprocessable([`${name} must be a day such as 2026-11-14`])
  return at
}

/** The same day of the month before, or its last one. */
const monthBefore = (day: Date): Date => {
  const [year, month, date] = [day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate()]
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1, Math.min(date, last)))
}

/** Days as the submissions are asked for, both included. @throws WireError 422 for what is no day */
export const rangeOf = ({ startAt, endAt }: { startAt?: string; endAt?: string }, now: Date) => {
  const today = new Date(Math.floor(now.getTime() / dayMs) * dayMs)
  const last = endAt === undefined ? today : dayOf('endAt', endAt)
  const from = startAt === undefined ? monthBefore(today) : dayOf('startAt', startAt)
  return { from, until: new Date(last.getTime() + dayMs) }
}

/** `meta` of a page. */
export const metaOf = (total: number, page: number, limit: number) => ({
  total,
  currentPage: page,
  nextPage: page * limit < total ? page + 1 : null,
  prevPage: page > 1 ? page - 1 : null,
})
