/**
 * An error with the status and the body that programs written for HighLevel parse (wire-contract §1.9).
 * `body` is sent as it is, plus `traceId`; `cause` is for the log only and never leaves the server.
 */
export class WireError extends Error {
  constructor(
    readonly status: number,
    readonly body: Readonly<Record<string, unknown>>,
    readonly options: { readonly headers?: Readonly<Record<string, string>>; readonly why?: string } = {},
  ) {
    super(String(body.message ?? body.error ?? status))
    this.name = 'WireError'
  }

  /** The true cause in a developer's words, for the timeline ("why was this 401"). */
  get why(): string | undefined {
    return this.options.why
  }
}

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Entity',
  503: 'Service Unavailable',
}

/** 400 with a sentence: every domain problem, a missing thing included (live facts: a 401 would make clients refresh in vain). */
export const badRequest = (message: string, more: Record<string, unknown> = {}) =>
  new WireError(400, { statusCode: 400, message, error: reasons[400], ...more })

/** `<Thing> not found`, 400. */
export const missing = (thing: string) => badRequest(`${thing} not found`)

/** The row, or the 400 that names what is missing. */
export const found = <T>(row: T | undefined, thing: string): T => {
  if (row === undefined) throw missing(thing)
  return row
}

/** 401 in the two-field form of the authentication layer; `more` stands beside the two. */
export const unauthorized = (message: string, why?: string, more: Record<string, unknown> = {}) =>
  new WireError(
    401,
    { statusCode: 401, message, ...more },
    { headers: { 'www-authenticate': 'Bearer' }, ...(why ? { why } : {}) },
  )

/** 403 in the same form; `more` stands beside the two. */
export const forbidden = (message: string, why?: string, more: Record<string, unknown> = {}) =>
  new WireError(403, { statusCode: 403, message, ...more }, why ? { why } : {})

/** 403 for a private integration token of a sub-account where only an agency is admitted. */
export const forbiddenResource = (why: string, more: Record<string, unknown> = {}) =>
  new WireError(403, { statusCode: 403, message: 'Forbidden resource', error: reasons[403], ...more }, { why })

/** 404 for a path that no operation has. */
export const noSuchPath = (method: string, path: string) =>
  new WireError(404, { statusCode: 404, message: `Cannot ${method} ${path}`, error: reasons[404] })

/** 422 with every violation at once. */
export const unprocessable = (violations: readonly string[]) =>
  new WireError(422, { message: violations, error: reasons[422], statusCode: 422 })

/** 422 of a family that names the field in which its sub-account is missing, with a code that programs look for (recorded). */
export const undefinedLocation = (name: string) =>
  new WireError(422, {
    message: `${name} can't be undefined`,
    code: 'COMMON_LOCATION_ID_UNDEFINED',
    error: reasons[422],
    statusCode: 422,
  })

/** Any other status in the common three-field form. */
export const problem = (status: number, message: string, headers?: Record<string, string>) =>
  new WireError(status, { statusCode: status, message, error: reasons[status] ?? 'Error' }, headers ? { headers } : {})
