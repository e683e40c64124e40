import { legalDescription } from '../oauth-error.js'

/** Where the answer goes, and what it must echo. */
export interface ReturnAddress {
  readonly redirectUri: string
  /** As the client wrote it, still percent-encoded, so that every byte comes back. */
  readonly state: string | null
  /** Null for who has come HighLevel's way and knows of no issuer. */
  readonly issuer: string | null
}

const joined = (uri: string, query: string) => {
  if (!uri.includes('?')) return `${uri}?${query}`
  return uri.endsWith('?') || uri.endsWith('&') ? uri + query : `${uri}&${query}`
}

const withEcho = ({ redirectUri, state, issuer }: ReturnAddress, parameters: Readonly<Record<string, string>>) => {
  const own = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  const echo = [...(state === null ? [] : [`state=${state}`]), ...(issuer === null ? [] : [`iss=${encodeURIComponent(issuer)}`])]
  return joined(redirectUri, [...own, ...echo].join('&'))
}

/** RFC 6749 §4.1.2, for who knows the issuer with `iss` (RFC 9207). */
export const codeRedirect = (address: ReturnAddress, code: string) => withEcho(address, { code })

/** RFC 6749 §4.1.2.1, with `iss` likewise. */
export const errorRedirect = (address: ReturnAddress, error: string, description: string) =>
  withEcho(address, { error, error_description: legalDescription(description) })
