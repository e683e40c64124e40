import type { Operation } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { type Clock, systemClock } from '../time.js'
import { type Calling, call } from './call.js'
import { pages } from './pages.js'
import { datedVersion, type RawInput } from './request.js'
import type { Retry } from './retry.js'
import { sourceOf, type TokenLike } from './token-source.js'
import type { CallOptions, Client } from './types.js'

/** HighLevel's own API host. */
export const highLevelUrl = 'https://services.leadconnectorhq.com'

export interface ClientOptions {
  /** Where the API is, without a slash at the end. Default HighLevel itself; '' for the page's own origin in a browser. */
  readonly baseUrl?: string
  /** Left out where no call needs one (a browser session). */
  readonly token?: TokenLike
  /** The `Version` header. Default `2021-07-28`. */
  readonly version?: string
  /** Sent with every call. */
  readonly headers?: Readonly<Record<string, string>>
  /** As in `fetch`; a browser session needs `same-origin`. */
  readonly credentials?: 'omit' | 'same-origin' | 'include'
  /** Instead of the global `fetch`. */
  readonly fetch?: typeof fetch
  /** Time for one try, reading the reply included, in milliseconds. Default 30 000. */
  readonly timeoutMs?: number
  /** What to do about 429; `false` never repeats. Default 3 tries, 30 s at most between two. */
  readonly retry?: Retry | false
  /** Epoch milliseconds. Default the machine's clock. */
  readonly now?: Clock
}

const calling = (options: ClientOptions): Calling => {
  const retry = options.retry === false ? { tries: 1 } : (options.retry ?? {})
  const send = options.fetch
  return {
    baseUrl: (options.baseUrl ?? highLevelUrl).replace(/\/+$/, ''),
    token: sourceOf(options.token),
    version: options.version ?? datedVersion,
    headers: options.headers ?? {},
    ...(options.credentials ? { credentials: options.credentials } : {}),
    // Called as a plain function: browsers refuse a `fetch` whose `this` is not the window.
    fetch: (url, init) => (send ? send(url, init) : fetch(url, init)),
    timeoutMs: options.timeoutMs ?? 30_000,
    tries: Math.max(1, retry.tries ?? 3),
    maxWaitMs: retry.maxWaitMs ?? 30_000,
    now: options.now ?? systemClock,
  }
}

const methodOf = (operation: Operation, how: Calling) => {
  const method = (input: RawInput = {}, options: CallOptions = {}) => call(operation, input, options, how)
  const { page } = operation
  if (page === undefined) return method
  return Object.assign(method, {
    each: (input: RawInput = {}, options: CallOptions = {}) => pages(page, (asked) => method(asked, options), input),
  })
}

const mapValues = <T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))

type Modules = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Operation>>>>>>

/**
 * A typed client of every operation, derived from the contracts: `client.contacts.notes.list({ contactId })`.
 *
 * Arguments: the names of the path at the top, then `query` and `body`. Replies come as the wire has them.
 * A 429 is repeated after the time that the reply names, never when the day's requests are used up. A 401 about the token
 * refreshes once through the token source and repeats. Nothing else is repeated.
 *
 * @throws ApiError (`Unauthorized`, `Forbidden`, `NotFound`, `Invalid`, `RateLimited`, `ServerError`) for error replies.
 * @throws ConnectionError when there was no reply, or none in time.
 */
export const createClient = (options: ClientOptions = {}): Client<typeof api> => {
  const how = calling(options)
  const modules = api as unknown as Modules
  return mapValues(modules, (module) =>
    mapValues(module, (resource) => mapValues(resource, (operation) => methodOf(operation, how))),
  ) as unknown as Client<typeof api>
}
