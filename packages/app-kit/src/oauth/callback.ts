import { CallbackError } from './errors.js'

/** What the app knows of the flow that should come back. */
export interface Expected {
  /** The state of the flow that this browser began; undefined where it began none. */
  readonly state?: string
  /** Of the same flow, where PKCE was used. */
  readonly codeVerifier?: string
  /**
   * Accepts a callback without a state: a code pasted by hand, or an install that began on the app's store page.
   * Anybody can then bring their own code into this browser's session, so it is off by default.
   */
  readonly allowManualCode?: boolean
}

/** A code that may be exchanged. */
export interface Arrived {
  readonly code: string
  /** Without a state: it came by hand or from the store page. */
  readonly manual: boolean
}

const sameText = (a: string, b: string) => {
  let different = a.length ^ b.length
  for (let at = 0; at < a.length; at += 1) different |= a.charCodeAt(at) ^ b.charCodeAt(at % (b.length || 1))
  return different === 0
}

const checkState = (given: string | null, expected: Expected): boolean => {
  if (given === null && expected.allowManualCode === true) return true
  if (given === null)
    throw new CallbackError(
      'state',
      'The callback carries no state. Begin on the app’s own connect link, or allow codes pasted by hand.',
    )
  if (expected.state === undefined || !sameText(given, expected.state))
    throw new CallbackError(
      'state',
      'The state is not the one that this browser was given. Begin again on the app’s connect link.',
    )
  return false
}

/**
 * Reads the redirect of the consent page (RFC 6749 §4.1.2, RFC 9207).
 *
 * @throws CallbackError for a denial, an error, a missing code, a foreign state or issuer.
 */
export const readCallback = (url: URL, expected: Expected, issuer?: string): Arrived => {
  const query = url.searchParams
  const error = query.get('error')
  if (error !== null) {
    const said = query.get('error_description') ?? error
    throw new CallbackError(error === 'access_denied' ? 'denied' : 'refused', `The consent page answered: ${said}`)
  }
  const from = query.get('iss')
  if (issuer !== undefined && from !== null && from !== issuer)
    throw new CallbackError('issuer', `The answer comes from ${from} and not from ${issuer}.`)
  const code = query.get('code')
  if (code === null || code === '')
    throw new CallbackError('no-code', 'The address carries no code. Begin on the app’s connect link.')
  return { code, manual: checkState(query.get('state'), expected) }
}
