import { randomBytes } from 'node:crypto'
import { ApiError, CallbackError, type TokenRecord } from '@groundlevel/app-kit'
import type { Clients, KnownClient } from './clients.js'

/** How a visit to the callback ended, for its page. */
export type Outcome =
  | { readonly kind: 'connected'; readonly client: KnownClient; readonly record: TokenRecord }
  /** A good code, as far as we can tell, of an app whose key is not known here. */
  | { readonly kind: 'unknown-client'; readonly code: string; readonly said: string }
  | { readonly kind: 'no-code' }
  | { readonly kind: 'failed'; readonly said: string }

interface Flow {
  readonly browser: string
  readonly client: KnownClient
  readonly codeVerifier: string | undefined
}

const keptFlows = 1000
const keptResults = 100

const remember = <T>(map: Map<string, T>, key: string, value: T, limit: number) => {
  map.set(key, value)
  for (const oldest of map.keys()) if (map.size > limit) map.delete(oldest)
}

/** Sends people to the consent page and takes them back. */
export class Connecting {
  readonly #flows = new Map<string, Flow>()
  /** A reloaded page must not spend its code twice: the platform would take that for theft and revoke the tokens. */
  readonly #results = new Map<string, Promise<Outcome>>()

  constructor(private readonly clients: Clients) {}

  /** A name for a browser that has none yet. */
  newBrowser(): string {
    return randomBytes(24).toString('base64url')
  }

  /** The address of the consent page, for this browser. */
  async begin(client: KnownClient, browser: string): Promise<string> {
    const { url, state, codeVerifier } = await client.oauth.authorizeUrl({ pkce: true })
    remember(this.#flows, state, { browser, client, codeVerifier }, keptFlows)
    return url
  }

  /** Takes the redirect of the consent page, or a code that was pasted into the address by hand. */
  async arrive(request: Request, browser: string | undefined): Promise<Outcome> {
    const query = new URL(request.url).searchParams
    const code = query.get('code')
    if (!code && !query.has('error')) return { kind: 'no-code' }
    const known = code ? this.#results.get(code) : undefined
    if (known) return known
    const outcome = this.#take(request, code ?? '', query.get('state'), browser)
    if (code) remember(this.#results, code, outcome, keptResults)
    const { kind } = await outcome
    if (code && kind !== 'connected') this.#results.delete(code)
    return outcome
  }

  async #take(request: Request, code: string, state: string | null, browser: string | undefined): Promise<Outcome> {
    try {
      return state === null ? await this.#byHand(request, code) : await this.#ofFlow(request, state, browser)
    } catch (error) {
      if (error instanceof CallbackError) return { kind: 'failed', said: error.message }
      return { kind: 'failed', said: error instanceof ApiError ? error.messages.join('; ') : (error as Error).message }
    }
  }

  async #ofFlow(request: Request, state: string, browser: string | undefined): Promise<Outcome> {
    const flow = this.#flows.get(state)
    const [any] = await this.clients.all()
    const client = flow?.client ?? any
    if (client === undefined) return { kind: 'failed', said: 'No client key is known here yet.' }
    const isOurs = flow !== undefined && flow.browser === browser
    const expected = isOurs ? { state, ...(flow.codeVerifier ? { codeVerifier: flow.codeVerifier } : {}) } : {}
    const record = await client.oauth.handleCallback(request, expected)
    this.#flows.delete(state)
    return { kind: 'connected', client, record }
  }

  /** Whose code it is, nobody says: each known client asks, and only the right one can spend it. */
  async #byHand(request: Request, code: string): Promise<Outcome> {
    let said = 'No client key is known here yet.'
    for (const client of (await this.clients.all()).toReversed()) {
      try {
        return { kind: 'connected', client, record: await client.oauth.handleCallback(request, { allowManualCode: true }) }
      } catch (error) {
        if (!(error instanceof ApiError) || error.status >= 429) throw error
        said = error.messages.join('; ')
      }
    }
    return { kind: 'unknown-client', code, said }
  }
}
