/** Domain time: what decides codes, tokens, retries and `dateAdded`. Leases, sockets and latency use real time instead. */
export interface Clock {
  now(): Date
  /** The machine's time, for what strangers hold against their own clocks. */
  real(): Date
  /** How far domain time is ahead of the machine's. */
  aheadMs(): number
  /** Moves domain time by this much from now on. */
  advance(offsetMs: number): void
}

/** Real time plus an offset that the lab may move; nothing else in the server reads the time. */
export const createClock = (offsetMs = 0): Clock => {
  let offset = offsetMs
  return {
    now: () => new Date(Date.now() + offset),
    real: () => new Date(),
    aheadMs: () => offset,
    advance: (by) => {
      offset += by
    },
  }
}

/** Lets domain time be so far ahead; it never goes back. @returns whether it went on */
export const goOn = (clock: Clock, aheadMs: number): boolean => {
  const byMs = aheadMs - clock.aheadMs()
  if (byMs > 0) clock.advance(byMs)
  return byMs > 0
}
