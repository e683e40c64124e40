/** Kinds of failure, as the timeline names them. */
export type ErrorClass = 'refused' | 'dns' | 'tls' | 'timeout' | 'reset' | 'redirect' | 'status' | 'blocked' | 'too-large'

export interface Failure {
  readonly errorClass: ErrorClass
  /** One sentence for the app's developer. */
  readonly error: string
}

const classes: readonly (readonly [RegExp, ErrorClass, string])[] = [
  [/^BLOCKED$/, 'blocked', 'This address may not be reached'],
  [/^(ENOTFOUND|EAI_)/, 'dns', 'The host name could not be resolved'],
  [/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/, 'refused', 'Nothing answered at this address'],
  [/^(UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT|ETIMEDOUT|DEADLINE)$/, 'timeout', 'No whole answer came within the time limit'],
  [/^(HPE_HEADER_OVERFLOW|UND_ERR_HEADERS_OVERFLOW)$/, 'too-large', 'The headers of the answer are longer than 16 KB'],
  [/^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO)/, 'tls', 'The TLS certificate or handshake failed'],
]

const codeOf = (error: unknown): string => {
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  if (typeof code === 'string' && code !== '') return code
  return cause === undefined ? '' : codeOf(cause)
}

/** The class of an error that a request ended with, and a sentence for it. */
export const failureOf = (error: unknown): Failure => {
  const code = codeOf(error)
  const [, errorClass, sentence] = classes.find(([pattern]) => pattern.test(code)) ?? [
    /./,
    'reset' as const,
    'The connection broke before the answer was whole',
  ]
  const detail = errorClass === 'blocked' ? (error as Error).message : code
  return { errorClass, error: detail === '' ? `${sentence}.` : `${sentence} (${detail}).` }
}

/** What an answer's status says: undefined for any 2xx. */
export const statusFailure = (status: number, location: string | undefined): Failure | undefined => {
  if (status >= 200 && status < 300) return undefined
  if (status >= 300 && status < 400) {
    const where = location === undefined ? '' : ` to ${location.slice(0, 200)}`
    return {
      errorClass: 'redirect',
      error: `The receiver redirected${where} (${status}). Redirects are not followed: change the webhook URL.`,
    }
  }
  if (status === 410) return { errorClass: 'status', error: 'The receiver answered 410 Gone: it is not tried again.' }
  return { errorClass: 'status', error: `The receiver answered ${status}.` }
}
