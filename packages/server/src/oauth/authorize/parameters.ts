/** A query as the authorization endpoint reads it: the raw text of each parameter, and which were sent twice. */
export interface Parameters {
  /** Decoded; undefined where absent or empty (RFC 6749 §3.1). */
  get(name: string): string | undefined
  /** As it was sent, still encoded. */
  raw(name: string): string | undefined
  isRepeated(name: string): boolean
  /** The first parameter of ours that was sent more than once. */
  readonly repeated: string | undefined
  /** The first parameter of ours whose encoding is broken. */
  readonly broken: string | undefined
}

/** Everything else is ignored (RFC 6749 §3.1). */
const known = [
  'client_id',
  'redirect_uri',
  'response_type',
  'response_mode',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
  'version_id',
] as const

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}

const pairsOf = (query: string): [string, string][] =>
  query
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const at = pair.indexOf('=')
      return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
    })

export const parseParameters = (url: string): Parameters => {
  const at = url.indexOf('?')
  const sent = new Map<string, string[]>()
  for (const [name, value] of pairsOf(at < 0 ? '' : url.slice(at + 1))) {
    const key = decoded(name) ?? name
    sent.set(key, [...(sent.get(key) ?? []), value])
  }
  const raw = (name: string) => sent.get(name)?.[0] || undefined
  const isRepeated = (name: string) => (sent.get(name)?.length ?? 0) > 1
  return {
    raw,
    isRepeated,
    get: (name) => decoded(raw(name) ?? '') || undefined,
    repeated: known.find(isRepeated),
    // A state is never read, only echoed.
    broken: known.find((name) => name !== 'state' && decoded(raw(name) ?? '') === undefined),
  }
}

/** Separated by blanks (`+`, `%20`, raw) or commas; each named once. */
export const scopesIn = (text: string | undefined): string[] => [...new Set((text ?? '').split(/[ ,]+/).filter(Boolean))]
