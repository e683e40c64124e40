const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** Preset `documented-2026`: pauses after each failed try. Twelve tries in all, over 2.95 days. */
export const pausesMs: readonly number[] = [
  5 * second,
  30 * second,
  2 * minute,
  10 * minute,
  30 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  24 * hour,
  24 * hour,
]

/** What a receiver asked for, in milliseconds from now; undefined where it asked for nothing that can be understood. */
export const retryAfterMs = (header: string | undefined, now: Date): number | undefined => {
  if (header === undefined) return undefined
  const text = header.trim()
  if (/^\d{1,12}$/.test(text)) return Number(text) * second
  if (!/^[A-Z][a-z]{2}, \d/.test(text)) return undefined
  const at = Date.parse(text)
  return Number.isNaN(at) || at <= now.getTime() ? undefined : at - now.getTime()
}

/**
 * The pause after the `tries`-th try failed, ±20 %; undefined after the last one. A pause that the receiver asked for is
 * kept where it is longer, up to twice the step or an hour.
 *
 * @param random 0 ≤ random < 1
 */
export const pauseAfterMs = (tries: number, random: number, askedMs?: number): number | undefined => {
  const step = pausesMs[tries - 1]
  if (step === undefined) return undefined
  const spread = step * (0.8 + 0.4 * random)
  if (askedMs === undefined || askedMs <= spread) return Math.round(spread)
  return Math.min(askedMs, Math.max(2 * step, hour))
}
