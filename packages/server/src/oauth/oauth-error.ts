import { WireError } from '@groundlevel/contract-kit'

export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_scope'
  | 'unauthorized_client'
  | 'unsupported_grant_type'

/** RFC 6749 §5.2 has these characters only. */
export const legalDescription = (text: string): string =>
  text.replaceAll('"', "'").replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?')

/**
 * A refusal of the token endpoint (RFC 6749 §5.2). `message` and `statusCode` are there for programs written for HighLevel;
 * `why` tells the developer more than the wire may.
 */
export const oauthError = (
  error: OAuthErrorCode,
  description: string,
  { why, basic = false }: { why?: string; basic?: boolean } = {},
) => {
  const status = error === 'invalid_client' ? 401 : 400
  const text = legalDescription(description)
  const headers: Record<string, string> = basic ? { 'www-authenticate': 'Basic realm="groundlevel", charset="UTF-8"' } : {}
  return new WireError(
    status,
    { statusCode: status, error, error_description: text, message: text },
    { headers, why: why ?? description },
  )
}
