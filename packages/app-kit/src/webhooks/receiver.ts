import type { EventName, EventPayload } from '@groundlevel/contracts'
import type { OAuth } from '../oauth/oauth.js'
import { type Clock, systemClock } from '../time.js'
import { type Inspection, inspect, type Rules } from './inspect.js'
import { keepTokens } from './keep-tokens.js'
import { keySource } from './key-source.js'
import type { SignatureHeader, WebhookKey } from './keys.js'
import { type DedupeStore, memorySeen } from './seen.js'

/** What every webhook carries beside its event's own fields (wire-contract §5.1). */
export interface Envelope<N extends string = string> {
  readonly type: N
  /** ISO 8601. */
  readonly timestamp: string
  /** The same on every attempt of one delivery. */
  readonly webhookId: string
  readonly appId?: string
  readonly versionId?: string
  readonly locationId?: string
}

/** One webhook, by its name. */
export type WebhookEvent<N extends EventName = EventName> = N extends EventName ? Envelope<N> & EventPayload<N> : never

/** A webhook whose name this version need not know. */
export type AnyEvent = Envelope & Readonly<Record<string, unknown>>

/** What is known of the delivery beside its body. */
export interface Delivery {
  readonly headers: Headers
  /** The exact text that was signed. */
  readonly rawBody: string
  readonly verifiedBy: readonly SignatureHeader[]
}

/** A request that was not taken. */
export interface Refused {
  readonly status: number
  readonly reason: string
  readonly headers: Headers
  readonly rawBody: string
}

export interface ReceiverOptions {
  /** Public keys, or the address of `/.well-known/webhook-keys` (fetched when first needed, again after 10 minutes). */
  readonly keys: string | readonly WebhookKey[]
  /**
   * How far `timestamp` may lie from now, in milliseconds. Default 300 000, the platform's advice against replay. A retry or resend is
   * stamped anew, under the same `webhookId`.
   */
  readonly toleranceMs?: number
  /** Default: this process's memory. */
  readonly seen?: DedupeStore
  /** Refuses webhooks of other apps. */
  readonly appId?: string
  /** Keeps the stored tokens right: UNINSTALL forgets them, INSTALL gets a sub-account's out of the agency's. */
  readonly oauth?: OAuth
  /** Largest body in bytes. Default 1 048 576. */
  readonly maxBytes?: number
  /** A handler's error; the answer is 500 and the sender tries again. */
  readonly onError?: (error: unknown, event: AnyEvent) => void
  readonly fetch?: typeof fetch
  readonly now?: Clock
}

export type Handler<E> = (event: E, delivery: Delivery) => void | Promise<void>

/** Takes webhooks as web-standard requests; `/express`, `/fastify` and `/node` adapt it. */
export interface WebhookReceiver {
  /**
   * Verifies, checks the time, drops repetitions, calls the handlers, and answers. It fails closed: 401 without a right signature,
   * 400 for a stale or malformed body, 405, 413, 503 when the keys cannot be had, 500 when a handler failed, else 200.
   * Handlers are awaited, so a sender that gives up early sends again, and `webhookId` drops the repetition.
   */
  receive(request: Request): Promise<Response>
  /** Calls the handler for one event. Several handlers of one event run in their order. */
  on<N extends EventName>(type: N, handler: Handler<WebhookEvent<N>>): WebhookReceiver
  /** Calls the handler for every event, whatever its name, after those of `on`. */
  onAny(handler: Handler<AnyEvent>): WebhookReceiver
  /** Calls the handler for everything that was refused: what it says is not to be believed. */
  onRefused(handler: (refused: Refused) => void): WebhookReceiver
}

/** The platform repeats for three days what it could not deliver; longer than that nothing comes again under one `webhookId`. */
const retriedForMs = 4 * 86_400_000

const answer = (status: number, body: object) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

class Receiver implements WebhookReceiver {
  readonly #handlers = new Map<string, Handler<AnyEvent>[]>()
  readonly #refused: ((refused: Refused) => void)[] = []

  constructor(
    private readonly rules: Rules,
    private readonly seen: DedupeStore,
    private readonly onError: ReceiverOptions['onError'],
  ) {}

  on<N extends EventName>(type: N, handler: Handler<WebhookEvent<N>>) {
    return this.#add(type, handler as unknown as Handler<AnyEvent>)
  }

  onAny(handler: Handler<AnyEvent>) {
    return this.#add('*', handler)
  }

  onRefused(handler: (refused: Refused) => void) {
    this.#refused.push(handler)
    return this
  }

  async receive(request: Request): Promise<Response> {
    const found = await inspect(request, this.rules)
    if (!found.accepted) return this.#refuse(request, found)
    const { event, rawBody, verifiedBy } = found
    if (!(await this.seen.claim(event.webhookId, Math.max(this.rules.toleranceMs * 2, retriedForMs))))
      return answer(200, { received: true, duplicate: true })
    return this.#handle(event, { headers: request.headers, rawBody, verifiedBy })
  }

  async #handle(event: AnyEvent, delivery: Delivery): Promise<Response> {
    try {
      const handlers = [...(this.#handlers.get(event.type) ?? []), ...(this.#handlers.get('*') ?? [])]
      for (const handler of handlers) await handler(event, delivery)
      return answer(200, { received: true })
    } catch (error) {
      await this.seen.release(event.webhookId)
      this.onError?.(error, event)
      return answer(500, { error: 'The webhook was verified, and its handler failed.' })
    }
  }

  #refuse(request: Request, { status, reason, rawBody }: Inspection & { accepted: false }): Response {
    for (const handler of this.#refused) handler({ status, reason, rawBody, headers: request.headers })
    return answer(status, { error: reason })
  }

  #add(type: string, handler: Handler<AnyEvent>) {
    this.#handlers.set(type, [...(this.#handlers.get(type) ?? []), handler])
    return this
  }
}

/** A receiver of webhooks for one endpoint (wire-contract §5.1–5.2). */
export const createWebhookReceiver = (options: ReceiverOptions): WebhookReceiver => {
  const { now = systemClock, appId, oauth, onError, toleranceMs = 300_000, maxBytes = 1_048_576 } = options
  const send: typeof fetch = (input, init) => (options.fetch ?? fetch)(input, init)
  const rules: Rules = {
    keys: keySource(options.keys, now, send),
    toleranceMs,
    maxBytes,
    now,
    ...(appId === undefined ? {} : { appId }),
  }
  const receiver = new Receiver(rules, options.seen ?? memorySeen(now), onError)
  if (oauth !== undefined) keepTokens(receiver, oauth, onError)
  return receiver
}
