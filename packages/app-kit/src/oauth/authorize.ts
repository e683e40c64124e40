/** What to remember between sending a person to the consent page and their coming back. */
export interface Begun {
  /** Send the browser here. */
  readonly url: string
  /** Keep it with the browser (a cookie) and give it to `handleCallback`. */
  readonly state: string
  /** Only with `pkce: true`: keep it with the state. */
  readonly codeVerifier?: string
}

export interface AuthorizeOptions {
  /** Default: 256 random bits. */
  readonly state?: string
  /** Binds the code to this flow (RFC 7636, S256). HighLevel ignores it; Groundlevel enforces it. */
  readonly pkce?: boolean
  /** A draft or an older version of the app. */
  readonly versionId?: string
}

const base64url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)))

const challengeOf = async (verifier: string) =>
  base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))))

/** The address of the consent page (RFC 6749 §4.1.1; wire-contract §1.2) and what to remember of it. */
export const authorizeUrl = async (
  app: {
    readonly consentUrl: string
    readonly clientId: string
    readonly redirectUri: string
    readonly scopes: readonly string[]
  },
  { state = random(), pkce = false, versionId }: AuthorizeOptions,
): Promise<Begun> => {
  const codeVerifier = pkce ? random() : undefined
  const query = new URLSearchParams({ response_type: 'code', client_id: app.clientId, redirect_uri: app.redirectUri, state })
  if (app.scopes.length > 0) query.set('scope', app.scopes.join(' '))
  if (versionId !== undefined) query.set('version_id', versionId)
  if (codeVerifier !== undefined) {
    query.set('code_challenge', await challengeOf(codeVerifier))
    query.set('code_challenge_method', 'S256')
  }
  const url = `${app.consentUrl}/oauth/chooselocation?${query}`
  return { url, state, ...(codeVerifier === undefined ? {} : { codeVerifier }) }
}
