const formats = new Map<string, Intl.DateTimeFormat>()
/** A moment as a person in a time zone reads it. */
export const shown = (ms: number, zone: string, style: 'day' | 'time' | 'whole') => {
  const known = formats.get(`${style} ${zone}`)
  if (known) return known.format(ms)
  const day = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const fields = style === 'day' ? day : style === 'time' ? time : { ...day, ...time, timeZoneName: 'short' as const }
  const made = new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...fields })
  if (formats.size > 2000) formats.clear()
  formats.set(`${style} ${zone}`, made)
  return made.format(ms)
}
