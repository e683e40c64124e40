/** What an error reply said, and to which request. */
export interface Refusal {
  readonly status: number
  /** Every sentence of the reply: one, or all violations of a 422. Never empty. */
  readonly messages: readonly string[]
  /** The reply's `traceId`, to find the call in the portal's log; '' where the reply had none. */
  readonly traceId: string
  /** The parsed JSON body, or the text where it was not JSON. */
  readonly body: unknown
  readonly headers: Headers
  /** `POST /contacts/`. */
  readonly operation: string
}

/**
 * An error reply of the API. Catch a subclass for one family of statuses, or this class for all of them.
 * Bodies are read in every form that the API uses (wire-contract §1.9; RFC 6749 §5.2 for tokens).
 */
export class ApiError extends Error implements Refusal {
  readonly status: number
  readonly messages: readonly string[]
  readonly traceId: string
  readonly body: unknown
  readonly headers: Headers
  readonly operation: string

  constructor(refusal: Refusal) {
    const trace = refusal.traceId ? ` (trace ${refusal.traceId})` : ''
    super(`${refusal.operation} answered ${refusal.status}: ${refusal.messages.join('; ')}${trace}`)
    this.name = new.target.name
    this.status = refusal.status
    this.messages = refusal.messages
    this.traceId = refusal.traceId
    this.body = refusal.body
    this.headers = refusal.headers
    this.operation = refusal.operation
  }
}

/** 401: the token is unknown, expired or revoked, or lacks the scope (HighLevel answers 401 for a missing scope). */
export class Unauthorized extends ApiError {}
/** 403: the token is good, but for another sub-account or agency. */
export class Forbidden extends ApiError {}
/** 404: no such path. A missing contact or note is 400, thus `Invalid`. */
export class NotFound extends ApiError {}
/** 400 or 422: the request was understood and refused. */
export class Invalid extends ApiError {
  /** The same as `messages`: each violation of a 422, or the one sentence of a 400. */
  get violations(): readonly string[] {
    return this.messages
  }
}
/** 429, after the tries that `retry` allows. */
export class RateLimited extends ApiError {}
/** 5xx. */
export class ServerError extends ApiError {}

/** No reply at all: refused, reset, or no answer in time. `cause` is the original error. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError'

  constructor(
    readonly operation: string,
    url: string,
    why: string,
    cause: unknown,
  ) {
    super(`${operation}: ${url} ${why}`, { cause })
  }
}

const classOf = (status: number): typeof ApiError => {
  if (status === 401) return Unauthorized
  if (status === 403) return Forbidden
  if (status === 404) return NotFound
  if (status === 400 || status === 422) return Invalid
  if (status === 429) return RateLimited
  return status >= 500 ? ServerError : ApiError
}

const sentences = (body: unknown, status: number): readonly string[] => {
  if (typeof body === 'string') return [body.slice(0, 500) || `status ${status}`]
  const { message, error_description, error } = (body ?? {}) as Record<string, unknown>
  if (Array.isArray(message) && message.length > 0) return message.map(String)
  const said = [message, error_description, error].find((text) => typeof text === 'string' && text !== '')
  return [typeof said === 'string' ? said : `status ${status}`]
}

/** The error of the reply's family. */
export const errorOf = (operation: string, response: Response, body: unknown): ApiError => {
  const traceId = (body as { traceId?: unknown } | null)?.traceId
  const Family = classOf(response.status)
  return new Family({
    status: response.status,
    messages: sentences(body, response.status),
    traceId: typeof traceId === 'string' ? traceId : '',
    body,
    headers: response.headers,
    operation,
  })
}
