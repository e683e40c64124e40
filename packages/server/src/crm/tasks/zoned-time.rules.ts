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

/** The zone where it is one that this machine knows, else UTC. */
export const zoneOf = (zone: string | null | undefined): string => {
  try {
    return zone && formatterOf(zone) ? zone : 'UTC'
  } catch {
    return 'UTC'
  }
}

/** What a clock on the wall of that zone shows, written as if it were UTC. Seconds are the finest it knows. */
export const toWall = (at: Date, zone: string): Date => {
  const shown: Record<string, string> = {}
  for (const { type, value } of formatterOf(zone).formatToParts(at)) shown[type] = value
  const { year = '', month = '', day = '', hour = '', minute = '', second = '' } = shown
  return new Date(Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)))
}

const dayMs = 86_400_000

/**
 * The moment at which the clock on the wall shows this. An hour that comes twice is the first of the two; one that is
 * left out comes as much later as the clock was put forward.
 */
export const fromWall = (wall: Date, zone: string): Date => {
  const offsetAt = (ms: number) => toWall(new Date(ms), zone).getTime() - ms
  const before = new Date(wall.getTime() - offsetAt(wall.getTime() - dayMs))
  if (toWall(before, zone).getTime() === wall.getTime()) return before
  const after = new Date(wall.getTime() - offsetAt(wall.getTime() + dayMs))
  return toWall(after, zone).getTime() === wall.getTime() ? after : before
}
