import { legalDescription } from '../oauth-error.js'
import type { OAuthServices } from '../parts.js'

/** Where the answer goes, and what it must echo. */
export interface ReturnAddress {
  readonly redirectUri: string
  /** As the client wrote it, still percent-encoded, so that every byte comes back. */
  readonly state: string | null
  /** Null where the answer has nothing that HighLevel's has not. */
  readonly issuer: string | null
}

/** HighLevel sends no `iss`, and programs that were never told an issuer may refuse one: without extensions there is none here either. */
export const issuerOf = ({ config, publicUrl }: Pick<OAuthServices, 'config' | 'publicUrl'>): string | null =>
  config.extensions === 'on' ? publicUrl : null

const joined = (uri: string, query: string) => {
  if (!uri.includes('?')) return `${uri}?${query}`
  return uri.endsWith('?') || uri.endsWith('&') ? uri + query : `${uri}&${query}`
}

const withEcho = ({ redirectUri, state, issuer }: ReturnAddress, parameters: Readonly<Record<string, string>>) => {
  const own = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  const echo = [...(state === null ? [] : [`state=${state}`]), ...(issuer === null ? [] : [`iss=${encodeURIComponent(issuer)}`])]
  return joined(redirectUri, [...own, ...echo].join('&'))
}

/** RFC 6749 §4.1.2 with `iss` (RFC 9207). */
export const codeRedirect = (address: ReturnAddress, code: string) => withEcho(address, { code })

/** RFC 6749 §4.1.2.1 with `iss`. */
export const errorRedirect = (address: ReturnAddress, error: string, description: string) =>
  withEcho(address, { error, error_description: legalDescription(description) })
