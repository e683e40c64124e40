import type { Operation } from '@groundlevel/contract-kit'
import type { Clock } from '../time.js'
import { ConnectionError, errorOf, RateLimited, Unauthorized } from './errors.js'
import { type Outgoing, outgoing, type RawInput } from './request.js'
import { pause, waitAfter } from './retry.js'
import { type TokenSource, worthRefreshing } from './token-source.js'
import type { CallOptions } from './types.js'

/** The client's settings with every default filled in. */
export interface Calling {
  readonly baseUrl: string
  readonly token: TokenSource | undefined
  readonly version: string
  readonly headers: Readonly<Record<string, string>>
  readonly credentials?: 'omit' | 'same-origin' | 'include'
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  readonly timeoutMs: number
  readonly tries: number
  readonly maxWaitMs: number
  readonly now: Clock
}

const nameOf = (operation: Operation) => `${operation.method} ${operation.path}`

const bodyOf = async (response: Response): Promise<unknown> => {
  const text = await response.text()
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const initOf = (
  request: Outgoing,
  token: string | undefined,
  options: CallOptions,
  how: Calling,
  timeout: AbortSignal,
): RequestInit => ({
  method: request.method,
  headers: {
    ...how.headers,
    ...request.headers,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...options.headers,
  },
  ...(request.body === undefined ? {} : { body: request.body }),
  ...(how.credentials ? { credentials: how.credentials } : {}),
  // A redirect would carry the token to wherever the answer points.
  redirect: 'error',
  signal: options.signal ? AbortSignal.any([timeout, options.signal]) : timeout,
})

/** One try: the parsed body, or the error of its status. */
const once = async (operation: Operation, request: Outgoing, token: string | undefined, options: CallOptions, how: Calling) => {
  const timeoutMs = options.timeoutMs ?? how.timeoutMs
  const timeout = AbortSignal.timeout(timeoutMs)
  const url = how.baseUrl + request.target
  try {
    const response = await how.fetch(url, initOf(request, token, options, how, timeout))
    const body = await bodyOf(response)
    return response.ok ? { body } : { error: errorOf(nameOf(operation), response, body) }
  } catch (cause) {
    options.signal?.throwIfAborted()
    const place = url.split('?')[0] ?? url
    const why = timeout.aborted ? `did not answer within ${timeoutMs} ms` : 'could not be reached'
    throw new ConnectionError(nameOf(operation), place, why, cause)
  }
}

const refreshed = async (error: unknown, token: string | undefined, source: TokenSource | undefined) =>
  error instanceof Unauthorized && token !== undefined && source?.refresh && worthRefreshing(error.messages)
    ? source.refresh(token)
    : undefined

/** Calls an operation: waits out 429, refreshes once on 401, throws every other error reply. */
export const call = async (operation: Operation, input: RawInput, options: CallOptions, how: Calling): Promise<unknown> => {
  const request = outgoing(operation, input, how.version)
  const source = operation.auth === 'token' ? how.token : undefined
  let token = await source?.get()
  let mayRefresh = true
  for (let tried = 1; ; ) {
    const { body, error } = await once(operation, request, token, options, how)
    if (error === undefined) return body
    const fresh = mayRefresh ? await refreshed(error, token, source) : undefined
    if (fresh !== undefined) {
      token = fresh
      mayRefresh = false
      continue
    }
    const waitMs =
      error instanceof RateLimited && tried < how.tries ? waitAfter(error.headers, how.maxWaitMs, how.now()) : undefined
    if (waitMs === undefined) throw error
    await pause(waitMs, options.signal)
    tried += 1
  }
}
