import { setTimer } from '../time.js'

/** How often a call that was refused with 429 is tried, and how long it may wait between two tries. */
export interface Retry {
  /** Tries in all. Default 3; 1 never repeats. */
  readonly tries?: number
  /** The longest wait, in milliseconds. Default 30 000. A reply that asks for more is waited for that long. */
  readonly maxWaitMs?: number
}

const numberOf = (text: string | null): number | undefined => {
  const value = text === null || text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(value) && value >= 0 ? value : undefined
}

const retryAfterMs = (text: string | null, nowMs: number): number | undefined => {
  const seconds = numberOf(text)
  if (seconds !== undefined) return seconds * 1000
  // Only the date form of RFC 9110: Date.parse alone also takes "-5" for a year.
  const at = text !== null && /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs)
}

/**
 * How long to wait before a 429 is worth repeating: `Retry-After` (RFC 9110 §10.2.3), else the burst window that the reply names.
 *
 * @returns milliseconds, or undefined when waiting is in vain: the day's requests are used up.
 */
export const waitAfter = (headers: Headers, maxWaitMs: number, nowMs: number): number | undefined => {
  if (numberOf(headers.get('x-ratelimit-daily-remaining')) === 0) return undefined
  const asked =
    retryAfterMs(headers.get('retry-after'), nowMs) ?? numberOf(headers.get('x-ratelimit-interval-milliseconds')) ?? 1000
  return Math.min(asked, maxWaitMs)
}

/** Resolves after that time, or rejects with the signal's reason as soon as it aborts. */
export const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const stop = setTimer(ms, () => {
      signal?.removeEventListener('abort', cancel)
      resolve()
    })
    const cancel = () => {
      stop()
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', cancel, { once: true })
  })
