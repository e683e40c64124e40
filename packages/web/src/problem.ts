/** Whatever went wrong with a call, in the words a person needs: what, why, what to do, and the trace id for the log. */
export class Problem extends Error {
  constructor(
    /** HTTP status; 0 when no answer came at all. */
    readonly status: number,
    /** Sentences of the server, at least one. */
    readonly messages: readonly string[],
    readonly traceId: string | undefined,
    readonly retryAfterSeconds: number | undefined,
    /** What a refusal names beside its sentences: the contact that is there already. */
    readonly meta: Readonly<Record<string, unknown>> = {},
  ) {
    super(messages.join(' '))
    this.name = 'Problem'
  }
}

const advice: Readonly<Record<number, string>> = {
  0: 'Check that Groundlevel is running, then try again.',
  400: 'Correct what the sentence names and try again.',
  401: 'Sign in and try again.',
  403: 'Switch to a place or an account that may do this.',
  404: 'It may have been deleted, or it belongs to somebody else. Go back and look it up again.',
  409: 'Somebody or something else was first. Load the page again and look at what is there now.',
  413: 'Send less at once.',
  422: 'Correct the marked fields and try again.',
  429: 'Too many requests in a short time. Wait a moment and try again.',
}

/** The wire's words for a missing permission, which are a 401 there. */
const unscoped = 'The token is not authorized for this scope.'

/** What to do next, in one sentence. */
export const adviceFor = (problem: Problem): string => {
  if (problem.messages.includes(unscoped)) return 'Ask an admin for the permission, or switch to a place where you have it.'
  if (problem.status === 429 && problem.retryAfterSeconds) return `Wait ${problem.retryAfterSeconds} seconds and try again.`
  return advice[problem.status] ?? 'Try again. If it happens again, look the trace id up in the server’s log.'
}

const sentences = (message: unknown): string[] => {
  const list = Array.isArray(message) ? message : [message]
  return list.filter((entry): entry is string => typeof entry === 'string' && entry !== '')
}

/** Reads the wire's error bodies: `{message: string | string[], error, statusCode, traceId}`. */
export const problemOf = (status: number, body: unknown, headers: Headers): Problem => {
  const wire = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  const said = sentences(wire.message)
  const fallback = sentences(wire.error)
  const messages = said.length > 0 ? said : fallback.length > 0 ? fallback : [`The server answered with status ${status}.`]
  const retryAfter = Number(headers.get('retry-after'))
  return new Problem(
    status,
    messages,
    typeof wire.traceId === 'string' ? wire.traceId : undefined,
    retryAfter > 0 ? retryAfter : undefined,
    typeof wire.meta === 'object' && wire.meta !== null ? (wire.meta as Record<string, unknown>) : {},
  )
}

/** Anything thrown, as a problem. */
export const asProblem = (thrown: unknown): Problem =>
  thrown instanceof Problem
    ? thrown
    : new Problem(0, [thrown instanceof Error ? thrown.message : 'Something went wrong.'], undefined, undefined)

export interface FieldProblems {
  /** First violation of each field, by the field's name. */
  readonly fields: Readonly<Record<string, string>>
  /** Sentences that name none of the fields. */
  readonly rest: readonly string[]
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

/** Sorts violations (`name must be longer …`, `redirectUris.0 must be …`) by the form fields they begin with. */
export const byField = (problem: Problem, names: readonly string[]): FieldProblems => {
  const fields: Record<string, string> = {}
  const rest: string[] = []
  for (const message of problem.messages) {
    const [first = ''] = message.split(' ')
    const name = names.find((candidate) => first === candidate || first.startsWith(`${candidate}.`))
    if (!name) rest.push(message)
    else fields[name] ??= capital(message.slice(first.length + 1))
  }
  return { fields, rest }
}
