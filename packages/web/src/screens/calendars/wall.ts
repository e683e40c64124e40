/** Days and minutes of the sub-account's clocks: texts as the wire has them, never moments of another zone. */

const dayMs = 86_400_000

const two = (value: number) => String(value).padStart(2, '0')
const msOf = (day: string) => Date.parse(`${day}T00:00:00Z`)
const dayAt = (ms: number) => new Date(ms).toISOString().slice(0, 10)

export const addDays = (day: string, days: number): string => dayAt(msOf(day) + days * dayMs)

/** Milliseconds at the beginning of the day, were it in UTC: for questions that reach a day further on both sides. */
export const utcOf = (day: string): number => msOf(day)

export const weekOf = (day: string): readonly string[] => {
  // Weeks begin on Monday.
  const first = addDays(day, -((new Date(msOf(day)).getUTCDay() + 6) % 7))
  return Array.from({ length: 7 }, (_, at) => addDays(first, at))
}

/** The six weeks that a month is drawn in. */
export const monthOf = (day: string): readonly string[] => {
  const [first = day] = weekOf(`${day.slice(0, 7)}-01`)
  return Array.from({ length: 42 }, (_, at) => addDays(first, at))
}

export const addMonths = (day: string, months: number): string => {
  const at = new Date(msOf(`${day.slice(0, 7)}-01`))
  at.setUTCMonth(at.getUTCMonth() + months)
  return dayAt(at.getTime())
}

/** `2026-03-09T14:30:00-07:00` is on the day 2026-03-09, 870 minutes after its beginning. */
export const dayOf = (time: string): string => time.slice(0, 10)
export const minutesOf = (time: string): number => Number(time.slice(11, 13)) * 60 + Number(time.slice(14, 16))

/** The text that the wire takes for a time of the sub-account's clocks. */
export const timeAt = (day: string, minutes: number): string => {
  const rest = ((minutes % 1440) + 1440) % 1440
  return `${addDays(day, Math.floor(minutes / 1440))}T${two(Math.floor(rest / 60))}:${two(rest % 60)}:00`
}

/** Day and minutes of a moment in a zone. */
export const wallIn = (zone: string | undefined, atMs: number): { readonly day: string; readonly minutes: number } => {
  const format = (timeZone: string | undefined) =>
    new Intl.DateTimeFormat('sv', {
      ...(timeZone ? { timeZone } : {}),
      dateStyle: 'short',
      timeStyle: 'medium',
    }).format(atMs)
  let text: string
  try {
    text = format(zone)
  } catch {
    text = format(undefined)
  }
  return { day: dayOf(text), minutes: minutesOf(text) }
}

const named = (options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat('en', { ...options, timeZone: 'UTC' })
  return (day: string) => format.format(msOf(day))
}

export const weekday = named({ weekday: 'short' })
export const shortDay = (day: string): string => `${weekday(day)} ${Number(day.slice(8))}`
export const longDay = named({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
export const monthName = named({ month: 'long', year: 'numeric' })

const hour = new Intl.DateTimeFormat('en', { hour: 'numeric', timeZone: 'UTC' })
export const hourOf = (hours: number): string => hour.format(hours * 3_600_000)

const clock = new Intl.DateTimeFormat('en', { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' })
export const clockOf = (minutes: number): string => clock.format(minutes * 60_000)

export interface Timed {
  readonly id: string
  readonly from: number
  readonly to: number
}

export interface Placed<T> {
  readonly of: T
  readonly lane: number
  readonly lanes: number
}

/** Puts what overlaps side by side: a lane each, and how many lanes its neighbours need. */
export const inLanes = <T extends Timed>(events: readonly T[]): readonly Placed<T>[] => {
  const sorted = [...events].sort((a, b) => a.from - b.from || b.to - a.to)
  const placed: Placed<T>[] = []
  let cluster: { of: T; lane: number }[] = []
  let ends: number[] = []
  const close = () => {
    placed.push(...cluster.map((each) => ({ ...each, lanes: ends.length })))
    cluster = []
    ends = []
  }
  for (const event of sorted) {
    if (ends.every((end) => end <= event.from)) close()
    const free = ends.findIndex((end) => end <= event.from)
    const lane = free < 0 ? ends.length : free
    ends[lane] = event.to
    cluster.push({ of: event, lane })
  }
  close()
  return placed
}
