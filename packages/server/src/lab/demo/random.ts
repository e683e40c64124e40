/** Numbers that look random and are the same in every installation (mulberry32). */
export const createRandom = (seed: number) => {
  let state = seed >>> 0
  /** At least 0, less than 1. */
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    below,
    chance: (share: number) => next() < share,
    /** One of a list that is not empty. */
    pick: <T>(list: readonly T[]): T => list[below(list.length)] as T,
    /** This many different ones, fewer where there are no more. */
    some: <T>(list: readonly T[], count: number): T[] => {
      const rest = [...list]
      return Array.from({ length: Math.min(count, rest.length) }, () => rest.splice(below(rest.length), 1)[0] as T)
    },
  }
}

export type Random = ReturnType<typeof createRandom>
