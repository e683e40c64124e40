import type { Principal } from '../../http/principal.js'

interface Entry {
  readonly principal: Principal
  /** Domain time, in ms, from which on the token is refused. */
  readonly endsAt: number
}

/**
 * Verified tokens by the digest of their text. A change anywhere empties it: revocations are rare, and nobody has to
 * know which tokens a revocation meant.
 */
export class TokenCache {
  readonly #entries = new Map<string, Entry>()
  #generation = 0
  /** False while no news of revocations by other processes can arrive. */
  #listening = false

  /** To be taken before the database is asked: what was read before a revocation must not be kept after it. */
  get generation(): number {
    return this.#generation
  }

  find(digest: string, now: Date): Principal | undefined {
    const entry = this.#listening ? this.#entries.get(digest) : undefined
    return entry && entry.endsAt > now.getTime() ? entry.principal : undefined
  }

  keep(digest: string, entry: Entry, generation: number): void {
    if (!this.#listening || generation !== this.#generation) return
    this.#entries.set(digest, entry)
    const [oldest] = this.#entries.keys()
    if (this.#entries.size > 10_000 && oldest !== undefined) this.#entries.delete(oldest)
  }

  forget(): void {
    this.#generation++
    this.#entries.clear()
  }

  listening(yes: boolean): void {
    this.#listening = yes
    this.forget()
  }
}
