/** Where this package reads the time: epoch milliseconds. Every function that depends on it takes another one. */
export type Clock = () => number

/** The machine's own clock, as the default of `now` options. */
export const systemClock: Clock = () => Date.now()

/** Calls once after that time; the answer cancels. */
export const setTimer = (ms: number, callback: () => void): (() => void) => {
  const timer = setTimeout(callback, ms)
  return () => clearTimeout(timer)
}
