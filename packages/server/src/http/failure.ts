import { problem, WireError } from '@groundlevel/contract-kit'
import { encode } from './encode.js'

/** A refusal as it goes out. */
export interface Refusal {
  readonly status: number
  readonly text: string
  readonly headers: Readonly<Record<string, string>>
  readonly why: string
  /** Not a refusal of ours: somebody must look at it. */
  readonly unexpected: boolean
}

const isDatabaseGone = (code: string) =>
  code.startsWith('08') || code.startsWith('57P') || code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === 'ENOENT'

/** Errors of Fastify and of PostgreSQL that a caller can do something about. */
const translate = (error: { code?: string; statusCode?: number; message?: string }): WireError | undefined => {
  const { code = '' } = error
  if (code === '57014') return problem(400, 'The query takes too long; narrow it with a filter or a smaller page.')
  if (isDatabaseGone(code)) return problem(503, 'The database cannot be reached; try again in a moment.', { 'retry-after': '2' })
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return problem(413, 'The body is too large; 1 MB is the limit.')
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return problem(415, 'Unsupported Media Type: send application/json.')
  if (error.statusCode === 400) return problem(400, error.message ?? 'Bad Request')
  if (error.statusCode && error.statusCode > 400 && error.statusCode < 500)
    return problem(error.statusCode, error.message ?? 'Error')
  return undefined
}

/** A refusal that explains nothing more has its first violation as its cause. */
const firstViolation = ({ status, body }: WireError): string => {
  if (status !== 400 && status !== 422) return ''
  const { message } = body as { readonly message?: unknown }
  return String((Array.isArray(message) ? message[0] : message) ?? '')
}

/** What an error says on the wire. Internal detail stays in the log. */
export const refusalOf = (error: unknown, traceId: string): Refusal => {
  const known = error instanceof WireError ? error : translate(error as Error)
  if (known) {
    return {
      status: known.status,
      text: encode(known.body, traceId).text,
      headers: known.options.headers ?? {},
      why: known.why ?? firstViolation(known),
      unexpected: false,
    }
  }
  return {
    status: 500,
    text: encode({ statusCode: 500, message: 'Internal server error' }, traceId).text,
    headers: {},
    why: 'The server failed; its log has the cause under this trace id.',
    unexpected: true,
  }
}
