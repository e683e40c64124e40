const formatters = new Map<string, Intl.DateTimeFormat>()

const formatterOf = (zone: string) => {
  const known = formatters.get(zone)
  if (known) return known
  const numeric = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  } as const
  const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', era: 'short', ...numeric })
  formatters.set(zone, made)
  return made
}

/** Whether this machine knows the zone by that name. */
export const isZone = (zone: string): boolean => {
  try {
    return formatterOf(zone) !== undefined
  } catch {
    return false
  }
}

/** The zone where it is one that this machine knows, else UTC. */
export const zoneOf = (zone: string | null | undefined): string => (zone && isZone(zone) ? zone : 'UTC')

const quarterMs = 900_000
const mostOffsets = 50_000
const offsets = new Map<string, Map<number, number>>()

const shownAt = (ms: number, zone: string): number => {
  const shown: Record<string, string> = {}
  for (const { type, value } of formatterOf(zone).formatToParts(ms)) shown[type] = value
  const { year = '', month = '', day = '', hour = '', minute = '', second = '' } = shown
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second))
}

/**
 * How far the zone is ahead of UTC at that moment, in milliseconds. Formatting a date is dear and clocks are only ever put
 * forward or back at a full quarter of an hour, so one answer serves each quarter.
 */
export const offsetMs = (ms: number, zone: string): number => {
  const known = offsets.get(zone) ?? new Map<number, number>()
  offsets.set(zone, known)
  const quarter = Math.floor(ms / quarterMs)
  const kept = known.get(quarter)
  if (kept !== undefined) return kept
  if (known.size >= mostOffsets) known.clear()
  const from = quarter * quarterMs
  const offset = shownAt(from, zone) - from
  known.set(quarter, offset)
  return offset
}

/** What a clock on the wall of that zone shows, written as if it were UTC. Seconds are the finest it knows. */
export const toWall = (at: Date, zone: string): Date => {
  const ms = Math.floor(at.getTime() / 1000) * 1000
  return new Date(ms + offsetMs(ms, zone))
}

const dayMs = 86_400_000

/**
 * The moment at which the clock on the wall shows this. An hour that comes twice is the first of the two; one that is
 * left out comes as much later as the clock was put forward.
 */
export const fromWall = (wall: Date, zone: string): Date => {
  const ms = wall.getTime()
  const before = ms - offsetMs(ms - dayMs, zone)
  if (before + offsetMs(before, zone) === ms) return new Date(before)
  const after = ms - offsetMs(ms + dayMs, zone)
  return new Date(after + offsetMs(after, zone) === ms ? after : before)
}

/** The day after, both as `yyyy-mm-dd`. */
export const nextDay = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 10)

/** The moment at which a day (`yyyy-mm-dd`) begins in the zone. */
export const dayStart = (day: string, zone: string): Date => fromWall(new Date(`${day}T00:00:00Z`), zone)

/** The day (`yyyy-mm-dd`) that it is in the zone at that moment. */
export const dayAt = (ms: number, zone: string): string => new Date(ms + offsetMs(ms, zone)).toISOString().slice(0, 10)

const two = (value: number) => String(value).padStart(2, '0')

/** `2027-03-04T10:00:00-07:00`: the time that the zone's clocks show, and how far they are from UTC. */
export const isoInZone = (ms: number, zone: string): string => {
  const offset = Math.round(offsetMs(ms, zone) / 60_000)
  const wall = new Date(ms + offset * 60_000).toISOString().slice(0, 19)
  const away = Math.abs(offset)
  return `${wall}${offset < 0 ? '-' : '+'}${two(Math.floor(away / 60))}:${two(away % 60)}`
}
