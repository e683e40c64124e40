/** What stands where a secret stood. */
export const masked = '***'

const bodyLimit = 4 * 1024
/** Of what a successful read answered: enough to know it again. Sending the log its copies costs more than any other part of it. */
export const readBodyLimit = 1024

const secretNames = [
  'authorization',
  'client[_-]?secret',
  'code',
  'code[_-]?verifier',
  'refresh[_-]?token',
  'access[_-]?token',
  'id[_-]?token',
  'token',
  'password',
  'secret',
  'csrf',
  'cookie',
  'api[_-]?key',
].join('|')

const secretHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'x-csrf-token',
])
/** Works on text that was cut in the middle too: the last value may lack its end. A list (`code[]=`) hides as much as a string. */
const inJson = new RegExp(
  `("(?:${secretNames})"\\s*:\\s*)("(?:[^"\\\\]|\\\\.)*(?:"|$)|-?[\\d.]+|\\[[^\\]]*(?:\\]|$)|\\{[^}]*(?:\\}|$))`,
  'gi',
)
const inForm = new RegExp(`((?:^|[?&;\\s])(?:${secretNames})(?:(?:\\[|%5b)\\w*(?:\\]|%5d))?=)[^&;#\\s"]*`, 'gi')
/** Tokens by their looks, wherever they stand: JWTs, private integration tokens, client secrets, session tokens. */
const byLooks = /\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?|\bpit-[0-9a-f-]{20,}|\bgls_[\w-]{10,}|\b(?:Bearer|Basic)\s+[\w.~+/=-]{8,}/gi

/** Text without the secrets that it holds. */
export const maskText = (text: string): string => {
  const json = text.includes('"') ? text.replace(inJson, `$1"${masked}"`) : text
  const form = json.includes('=') ? json.replace(inForm, `$1${masked}`) : json
  return form.replace(byLooks, masked)
}

/** Three ASCII dots: one character beyond Latin-1 doubles every text of the batch that the log is written in. */
const cut = '...'

/** Headers by name, as requests have them. */
export type SentHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

const isSecret = (name: string) => secretHeaders.has(name.toLowerCase())

/** A body as the log keeps it: 4 kB at most unless told otherwise, without secrets. */
export const maskBody = (body: string | null, limit = bodyLimit, mask = maskText): string | null => {
  if (body === null || body === '') return null
  return body.length > limit ? `${mask(body.slice(0, limit))}${cut}` : mask(body)
}

/** Headers without credentials; several values of one name are joined. */
export const maskHeaders = (headers: SentHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, isSecret(name) ? masked : maskText(Array.isArray(value) ? value.join(', ') : `${value}`)]),
  )

/** Every header but the values of secret ones: the same for the same caller. No name or value has a line end. */
const keyOf = (headers: SentHeaders) => {
  let key = ''
  for (const name in headers) key += isSecret(name) ? `${name}\n` : `${name}\n${headers[name]}\n`
  return key
}

/**
 * Masks the calls of one batch, of which many bring the same headers and hear the same answers: each text is looked through once.
 * To be dropped with the batch, since these are people's texts.
 */
export const createMasking = <H>(written: (headers: Record<string, string>) => H) => {
  const texts = new Map<string, string>()
  const headersSeen = new Map<string, H>()
  const text = (given: string): string => {
    const known = texts.get(given)
    if (known !== undefined) return known
    const safe = maskText(given)
    texts.set(given, safe)
    return safe
  }
  return {
    text,
    body: (given: string | null, limit?: number): string | null => maskBody(given, limit, text),
    /** As `written` has them. */
    headers: (given: SentHeaders): H => {
      const key = keyOf(given)
      const known = headersSeen.get(key)
      if (known !== undefined) return known
      const made = written(maskHeaders(given))
      headersSeen.set(key, made)
      return made
    },
  }
}
