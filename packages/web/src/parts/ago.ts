const steps = [
  { unit: 'year', seconds: 31_536_000 },
  { unit: 'month', seconds: 2_592_000 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const

const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** `just now`, `3 minutes ago`, `yesterday`, `in 2 hours`. */
export const ago = (atMs: number, nowMs: number): string => {
  const seconds = Math.round((atMs - nowMs) / 1000)
  const step = steps.find((candidate) => Math.abs(seconds) >= candidate.seconds)
  if (!step) return Math.abs(seconds) < 10 ? 'just now' : words.format(seconds, 'second')
  return words.format(Math.trunc(seconds / step.seconds), step.unit)
}
