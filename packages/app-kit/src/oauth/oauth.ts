import { createClient, highLevelUrl } from '../client/client.js'
import type { TokenSource } from '../client/token-source.js'
import { type Clock, systemClock } from '../time.js'
import { type AuthorizeOptions, authorizeUrl, type Begun } from './authorize.js'
import { type Expected, readCallback } from './callback.js'
import { Keeper } from './keeper.js'
import { keyOf, type Owner, ownerOf, recordOf, type TokenRecord, type TokenStore } from './tokens.js'

export interface OAuthOptions {
  /** `<appId>-<suffix>`. */
  readonly clientId: string
  readonly clientSecret: string
  /** Exactly as registered. */
  readonly redirectUri: string
  /** Scopes to ask for. Empty: all that the app has. */
  readonly scopes?: readonly string[]
  /** The API host. Default HighLevel's. */
  readonly baseUrl?: string
  /** The host of the consent page. Default HighLevel's marketplace, or `baseUrl` where that is given. */
  readonly consentUrl?: string
  readonly store: TokenStore
  /** Compared with the callback's `iss` where both are there (RFC 9207). */
  readonly issuer?: string
  readonly fetch?: typeof fetch
  /** Time for one try, in milliseconds. Default 30 000. */
  readonly timeoutMs?: number
  readonly now?: Clock
}

/** One app's side of OAuth 2.0. */
export interface OAuth {
  /** The app's id: the client id before its dash. */
  readonly appId: string
  /** The consent page's address, and the state (and PKCE verifier) to remember. */
  authorizeUrl(options?: AuthorizeOptions): Promise<Begun>
  /**
   * Takes the redirect of the consent page: checks the state, exchanges the code, stores the tokens.
   *
   * @throws CallbackError for a denial, an error, a missing code or a foreign state; ApiError when the code is refused.
   */
  handleCallback(request: Request, expected: Expected): Promise<TokenRecord>
  /** Exchanges a code and stores the tokens. `redirectUri` is sent only where the code was asked for with one. */
  exchange(code: string, more?: { redirectUri?: string; codeVerifier?: string }): Promise<TokenRecord>
  /**
   * The tokens of a sub-account or an agency: refreshed 60 s before they expire and after a 401, once at a time however many ask.
   * A sub-account without tokens of its own gets them out of its agency's.
   *
   * @throws Disconnected (from `get` and `refresh`) when the app has to be installed again.
   */
  tokenFor(owner: Owner): TokenSource
  /** The stored tokens, as they are. */
  stored(owner: Owner): Promise<TokenRecord | undefined>
  /** Every sub-account and agency with stored tokens. Empty where the store cannot list. */
  connected(): Promise<readonly TokenRecord[]>
  /**
   * Forgets the tokens of a sub-account, or of an agency with all its sub-accounts.
   *
   * @param options.uninstall also uninstalls the app at the platform first (`DELETE /marketplace/app/{appId}/installations`).
   * @param options.olderThan forgets only what was obtained before that time (epoch milliseconds).
   */
  disconnect(owner: Owner, options?: { readonly uninstall?: boolean; readonly olderThan?: number }): Promise<void>
}

const marketplaceUrl = 'https://marketplace.gohighlevel.com'

const recordsOf = async (store: TokenStore): Promise<readonly TokenRecord[]> => {
  const keys = (await store.list?.()) ?? []
  const records = await Promise.all(keys.map((key) => store.get(key)))
  return records.filter((record) => record !== undefined)
}

const uninstall = async (options: OAuthOptions, appId: string, owner: Owner, tokens: Keeper) => {
  const client = createClient({ ...connection(options), token: tokens.sourceOf(owner) })
  const { companyId, locationId } = owner
  await client.marketplace.installations.remove({ appId, body: locationId === undefined ? { companyId } : { locationId } })
}

const connection = ({ baseUrl, fetch, timeoutMs, now }: OAuthOptions) => ({ baseUrl, fetch, timeoutMs, now })

const forget = async (store: TokenStore, owner: Owner, olderThan = Number.POSITIVE_INFINITY) => {
  const own = await store.get(keyOf(owner))
  const below =
    owner.locationId === undefined ? (await recordsOf(store)).filter((record) => record.companyId === owner.companyId) : []
  for (const record of [...(own ? [own] : []), ...below])
    if (record.obtainedAt < olderThan) await store.delete(keyOf(ownerOf(record)))
}

/** OAuth 2.0 for a HighLevel app (RFC 6749, RFC 7636; wire-contract §1). */
export const createOAuth = (options: OAuthOptions): OAuth => {
  const { clientId, clientSecret, redirectUri, store, now = systemClock } = options
  const appId = clientId.split('-')[0] ?? clientId
  const baseUrl = (options.baseUrl ?? highLevelUrl).replace(/\/+$/, '')
  const consentUrl = (options.consentUrl ?? (options.baseUrl === undefined ? marketplaceUrl : baseUrl)).replace(/\/+$/, '')
  const client = createClient(connection(options))
  const tokens = new Keeper({ clientId, clientSecret, store, now, client, connection: connection(options) })

  const exchange: OAuth['exchange'] = async (code, more = {}) => {
    const body = {
      client_id: clientId,
      client_secret: clientSecret,
      grant_type: 'authorization_code' as const,
      code,
      ...(more.redirectUri === undefined ? {} : { redirect_uri: more.redirectUri }),
      ...(more.codeVerifier === undefined ? {} : { code_verifier: more.codeVerifier }),
    }
    const record = recordOf(await client.oauth.token.exchange({ body }), now())
    await store.set(keyOf(ownerOf(record)), record)
    return record
  }

  return {
    appId,
    authorizeUrl: (wanted = {}) => authorizeUrl({ consentUrl, clientId, redirectUri, scopes: options.scopes ?? [] }, wanted),
    async handleCallback(request, expected) {
      const { code, manual } = readCallback(new URL(request.url), expected, options.issuer)
      return exchange(
        code,
        manual ? {} : { redirectUri, ...(expected.codeVerifier ? { codeVerifier: expected.codeVerifier } : {}) },
      )
    },
    exchange,
    tokenFor: (owner) => tokens.sourceOf(owner),
    stored: (owner) => store.get(keyOf(owner)),
    connected: () => recordsOf(store),
    async disconnect(owner, { uninstall: alsoThere = false, olderThan } = {}) {
      if (alsoThere) await uninstall(options, appId, owner, tokens)
      await forget(store, owner, olderThan)
    },
  }
}
