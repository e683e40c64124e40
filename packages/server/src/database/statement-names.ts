const namedFromUse = 3
/**
 * At these uses a text is planned anew. PostgreSQL keeps the plan of its first uses until it next analyzes the table, a minute
 * later at best: where that was almost empty then, a plan may read all of it, and goes on to while it grows.
 */
const plannedAnewAt: ReadonlySet<number> = new Set([100, 1_000])
const mostNames = 500
const heldCharactersLimit = 4_000_000

/** Texts that filters compose are endless: each named one would be held by every connection for ever. */
const searchMark = '/* search */'

/**
 * Decides which statements PostgreSQL keeps a plan for. A text gets a name from its third use; at most 500 texts do,
 * those marked as searches never. One instance per pool: a name means the same text on every connection.
 */
export class StatementNames {
  readonly #uses = new Map<string, number>()
  readonly #names = new Map<string, { readonly name: string; uses: number }>()
  #heldCharacters = 0
  #given = 0

  /** The name to send this use with; undefined for "unnamed". */
  next(text: string): string | undefined {
    const named = this.#names.get(text)
    if (named) {
      named.uses++
      return plannedAnewAt.has(named.uses) ? this.#give(text, named.uses) : named.name
    }
    if (this.#names.size >= mostNames || !isPlannable(text)) return undefined
    const uses = (this.#uses.get(text) ?? 0) + 1
    if (uses >= namedFromUse) return this.#give(text)
    this.#count(text, uses)
    return undefined
  }

  /** The plan behind the name is of no more use: the next use gets a fresh name. */
  renew(text: string): void {
    const named = this.#names.get(text)
    if (named) this.#give(text, named.uses)
  }

  #give(text: string, uses = namedFromUse): string {
    const name = `s${++this.#given}`
    this.#names.set(text, { name, uses })
    this.#uses.delete(text)
    return name
  }

  #count(text: string, uses: number): void {
    if (uses === 1) this.#heldCharacters += text.length
    if (this.#heldCharacters > heldCharactersLimit) {
      this.#uses.clear()
      this.#heldCharacters = text.length
    }
    this.#uses.set(text, uses)
  }
}

/** A prepared text holds one statement; begin, commit and settings have no plan. */
function isPlannable(text: string): boolean {
  return !text.startsWith(searchMark) && !text.includes(';') && /^\s*(select|insert|update|delete|with|merge)\b/i.test(text)
}
