/** Quotes a word for a POSIX shell where it needs it. */
export const quoted = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)

const lines = (...parts: string[]) => parts.join(' \\\n  ')

interface ExchangeParts {
  readonly origin: string
  readonly clientId: string
  readonly code: string
  readonly redirectUri: string
}

/** The exchange of a code for tokens; the secret is never ours to fill in. */
export const exchangeCurl = ({ origin, clientId, code, redirectUri }: ExchangeParts): string =>
  lines(
    `curl ${origin}/oauth/token`,
    '-d grant_type=authorization_code',
    `-d client_id=${quoted(clientId)}`,
    '-d client_secret=YOUR_CLIENT_SECRET',
    `-d code=${quoted(code)}`,
    `--data-urlencode redirect_uri=${quoted(redirectUri)}`,
  )

/** A sub-account's token out of an agency's, which a bulk install gives. */
export const locationTokenCurl = (origin: string, locationId: string): string =>
  lines(
    `curl ${origin}/oauth/locationToken`,
    "-H 'Authorization: Bearer YOUR_ACCESS_TOKEN'",
    "-H 'Version: 2021-07-28'",
    '-d companyId=YOUR_COMPANY_ID',
    `-d locationId=${quoted(locationId)}`,
  )

/** The first call worth making: it also causes the first webhook. */
export const contactCurl = (origin: string, locationId: string): string =>
  lines(
    `curl ${origin}/contacts/`,
    "-H 'Authorization: Bearer YOUR_ACCESS_TOKEN'",
    "-H 'Version: 2021-07-28'",
    "-H 'Content-Type: application/json'",
    `-d '{"locationId":"${locationId}","firstName":"Ada","email":"ada@example.com"}'`,
  )

/** The same consent as in the browser, from a shell. */
export const installCommand = (clientId: string, place: string) =>
  `npx groundlevel install --client-id ${clientId} ${place} --json`

interface Sent {
  readonly method?: string
  readonly url?: string
  readonly requestHeaders: Readonly<Record<string, unknown>>
  readonly requestBody: string | null
}

/** A logged request as a command. Headers that curl makes itself are left out. */
export const requestCurl = ({ method = 'GET', url = '', requestHeaders, requestBody }: Sent, origin: string): string => {
  const own = new Set(['host', 'content-length', 'connection', 'user-agent', 'accept-encoding'])
  const headers = Object.entries(requestHeaders).filter(([name]) => !own.has(name.toLowerCase()))
  const address = url.startsWith('/') ? `${origin}${url}` : url
  return lines(
    `curl -X ${method} ${quoted(address)}`,
    ...headers.map(([name, value]) => `-H ${quoted(`${name}: ${String(value)}`)}`),
    ...(requestBody ? [`-d ${quoted(requestBody)}`] : []),
  )
}
