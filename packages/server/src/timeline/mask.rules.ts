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

const secretHeader = /^(authorization|proxy-authorization|cookie|set-cookie|x-api-key|x-csrf-token)$/i
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

/** Header values that hold no secret: most calls bring the same ones. Those that hold one are not kept. */
const harmless = new Set<string>()
const mostHarmless = 1_000

const maskHeader = (value: string): string => {
  if (harmless.has(value)) return value
  const safe = maskText(value)
  if (safe === value && value.length <= 200) {
    if (harmless.size >= mostHarmless) harmless.clear()
    harmless.add(value)
  }
  return safe
}

/** Three ASCII dots: one character beyond Latin-1 doubles every text of the batch that the log is written in. */
const cut = '...'

/** A body as the log keeps it: 4 kB at most unless told otherwise, without secrets. */
export const maskBody = (body: string | null, limit = bodyLimit): string | null => {
  if (body === null || body === '') return null
  const safe = maskText(body.length > limit ? body.slice(0, limit) : body)
  return body.length > limit ? `${safe}${cut}` : safe
}

/** Headers without credentials; several values of one name are joined. */
export const maskHeaders = (headers: Readonly<Record<string, string | readonly string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [
        name,
        secretHeader.test(name) ? masked : maskHeader(Array.isArray(value) ? value.join(', ') : `${value}`),
      ]),
  )
