/** Answers of the last moment, so that what every call asks for is not asked of the database every time. */
export interface Recent<V> {
  get(key: string): Promise<V | undefined>
  /** Call it once the change has committed: a load that began before is then not kept either. */
  forget(key: string): void
  clear(): void
}

interface Entry<V> {
  readonly until: number
  readonly value: Promise<V | undefined>
}

/**
 * Remembers what `load` found for `keepMs`; callers that ask at once share one load. Failures and absences are not kept.
 * Other processes hear nothing of `forget`: keep no longer than they may be wrong.
 */
export const createRecent = <V>(
  load: (key: string) => Promise<V | undefined>,
  { keepMs, max = 10_000 }: { readonly keepMs: number; readonly max?: number },
): Recent<V> => {
  const entries = new Map<string, Entry<V>>()
  const drop = (key: string, entry: Entry<V>) => {
    if (entries.get(key) === entry) entries.delete(key)
  }
  const begin = (key: string, at: number) => {
    const entry = { until: at + keepMs, value: load(key) }
    entries.delete(key)
    entries.set(key, entry)
    const [oldest] = entries.keys()
    if (entries.size > max && oldest !== undefined) entries.delete(oldest)
    entry.value.then(
      (value) => value === undefined && drop(key, entry),
      () => drop(key, entry),
    )
    return entry.value
  }
  return {
    get: (key) => {
      const at = performance.now()
      const known = entries.get(key)
      return known && known.until > at ? known.value : begin(key, at)
    },
    forget: (key) => void entries.delete(key),
    clear: () => entries.clear(),
  }
}
