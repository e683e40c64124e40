const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (zone: string, style: string, fields: Intl.DateTimeFormatOptions) => {
  const key = `${style} ${zone}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...fields })
  if (formats.size > 2000) formats.clear()
  formats.set(key, made)
  return made
}

/** `Eastern Time`: the zone as people call it, whatever its clocks are set to; `UTC` where it is that. */
export const zoneName = (ms: number, zone: string): string => {
  const parts = formatOf(zone, 'zone', { timeZoneName: 'longGeneric' }).formatToParts(ms)
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone
  return name === 'GMT+00:00' || name === 'GMT' ? 'UTC' : name
}

const day = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const
const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

/** A moment as a person in a time zone reads it, on a page and in a message; `whole`: `Monday, 10 March 2031, 15:00 (Eastern Time)`. */
export const shown = (ms: number, zone: string, style: 'day' | 'time' | 'zoned' | 'whole'): string => {
  if (style === 'day') return formatOf(zone, style, day).format(ms)
  if (style === 'time') return formatOf(zone, style, time).format(ms)
  const zoned = `${shown(ms, zone, 'time')} (${zoneName(ms, zone)})`
  return style === 'zoned' ? zoned : `${shown(ms, zone, 'day')}, ${zoned}`
}
