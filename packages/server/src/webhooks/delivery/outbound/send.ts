import { Agent, type Dispatcher, request } from 'undici'
import { type TargetPolicy, targetRefusal } from './address.rules.js'
import { BlockedError, guardedConnector, type Resolve } from './connect.js'
import { type ErrorClass, failureOf, statusFailure } from './failure.rules.js'

/** What came of one request. */
export interface Answer {
  readonly status: number | null
  readonly headers: Readonly<Record<string, string>>
  /** The first 16 KB of a text answer; null where there was none. */
  readonly body: string | null
  readonly durationMs: number
  /** '' for any 2xx. */
  readonly errorClass: ErrorClass | ''
  readonly error: string
}

export interface Outbound {
  /** POSTs once, follows nothing, and never throws: undefined only where `abort` cut it short. */
  post(url: string, headers: Readonly<Record<string, string>>, body: Buffer): Promise<Answer | undefined>
  /** Asks an address, with the same guards. */
  get(url: string, headers: Readonly<Record<string, string>>): Promise<Answer | undefined>
  /** Cuts short whatever is in flight. */
  abort(): void
  close(): Promise<void>
}

export interface OutboundOptions extends TargetPolicy {
  /** From the first byte sent to the last one read. Default 15 s. */
  readonly deadlineMs?: number
  readonly resolve?: Resolve
}

const readLimit = 64 * 1024
const keepLimit = 16 * 1024
const textual = /^(text\/|application\/(.*\+)?(json|xml|javascript|x-www-form-urlencoded))/

const flat = (headers: Dispatcher.ResponseData['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      name === 'set-cookie' ? '***' : Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )

/** Reads up to the limit and hangs up on the rest: a long answer is no reason to call a success a failure. */
const readBody = async (body: AsyncIterable<Buffer>, contentType: string): Promise<string | null> => {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    length += chunk.length
    if (length > readLimit) break
  }
  if (length === 0) return null
  if (contentType !== '' && !textual.test(contentType))
    return `(${length > readLimit ? 'more than 64 KB' : `${length} bytes`} of ${contentType})`
  const text = Buffer.concat(chunks).subarray(0, keepLimit).toString('utf8')
  return length > keepLimit ? `${text}…` : text
}

/** Sends webhooks: guarded sockets, one total deadline, capped answers, verified TLS, no redirects. */
export const createOutbound = ({ deadlineMs = 15_000, resolve, ...policy }: OutboundOptions): Outbound => {
  const agent = new Agent({
    connect: guardedConnector(policy, resolve),
    connections: 64,
    pipelining: 1,
    keepAliveTimeout: 4_000,
    // A pooled socket stays on the address it was vetted for; half a minute later the name is asked again.
    keepAliveMaxTimeout: 30_000,
    maxHeaderSize: 16 * 1024,
  })
  const inFlight = new Set<AbortController>()
  const aborted = new Error('aborted')

  const exchange = async (url: string, headers: Readonly<Record<string, string>>, body: Buffer | null, signal: AbortSignal) => {
    const refusal = targetRefusal(url, policy)
    if (refusal) throw new BlockedError(refusal)
    const answer = await request(url, {
      method: body ? 'POST' : 'GET',
      headers,
      body,
      signal,
      dispatcher: agent,
      headersTimeout: deadlineMs,
      bodyTimeout: deadlineMs,
    })
    const answered = flat(answer.headers)
    const text = await readBody(answer.body, answered['content-type'] ?? '')
    const failure = statusFailure(answer.statusCode, answered.location)
    return {
      status: answer.statusCode,
      headers: answered,
      body: text,
      errorClass: failure?.errorClass ?? ('' as const),
      error: failure?.error ?? '',
    }
  }

  const send = async (
    url: string,
    headers: Readonly<Record<string, string>>,
    body: Buffer | null,
  ): Promise<Answer | undefined> => {
    const controller = new AbortController()
    const timer = setTimeout(
      () => controller.abort(Object.assign(new Error(`after ${deadlineMs} ms`), { code: 'DEADLINE' })),
      deadlineMs,
    )
    const startedAt = performance.now()
    inFlight.add(controller)
    try {
      const answer = await exchange(url, headers, body, controller.signal)
      return { ...answer, durationMs: performance.now() - startedAt }
    } catch (error) {
      if (controller.signal.reason === aborted) return undefined
      return { status: null, headers: {}, body: null, durationMs: performance.now() - startedAt, ...failureOf(error) }
    } finally {
      clearTimeout(timer)
      inFlight.delete(controller)
    }
  }

  return {
    post: send,
    get: (url, headers) => send(url, headers, null),
    abort: () => {
      for (const controller of inFlight) controller.abort(aborted)
    },
    close: () => agent.destroy(),
  }
}
