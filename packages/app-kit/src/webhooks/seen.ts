import type { Clock } from '../time.js'

/** Remembers which webhooks were taken. A store that several processes share makes that true for all of them. */
export interface DedupeStore {
  /** True for the first caller with this id, until `forMs` milliseconds have passed or it is released. Must be atomic. */
  claim(id: string, forMs: number): Promise<boolean>
  /** Forgets the id: its handler failed, the next delivery is to be taken. */
  release(id: string): Promise<void>
}

/** In the memory of this process; at most `limit` ids, oldest forgotten first. */
export const memorySeen = (now: Clock, limit = 100_000): DedupeStore => {
  const until = new Map<string, number>()
  const prune = () => {
    for (const [id, end] of until) {
      if (end > now() && until.size <= limit) return
      until.delete(id)
    }
  }
  return {
    async claim(id, forMs) {
      if ((until.get(id) ?? 0) > now()) return false
      until.delete(id)
      until.set(id, now() + forMs)
      prune()
      return true
    },
    release: async (id) => void until.delete(id),
  }
}
