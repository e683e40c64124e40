import type { Input, Operation, Reply } from '@groundlevel/contract-kit'
import {
  type QueryKey,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { asProblem, Problem, problemOf } from './problem.js'

/** The one place that knows how the portal talks to the server. */

const pathOf = (operation: Operation, input: Record<string, unknown>) =>
  operation.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(input[name])))

const queryOf = (query: unknown) => {
  const given = Object.entries((query ?? {}) as Record<string, unknown>).filter(
    ([, value]) => value !== undefined && value !== '',
  )
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
  return text === '' ? '' : `?${text}`
}

const bodyOf = async (response: Response): Promise<unknown> => {
  const text = await response.text()
  try {
    return JSON.parse(text)
  } catch {
    return { message: text }
  }
}

/** The place that the address names: as what the person asks the API (decision 0025). */
const addressedPlace = (): string | undefined => {
  const [, kind, id] = /^\/portal\/(sub-account|agency)\/([^/]+)/.exec(window.location.pathname) ?? []
  return kind && id ? `${kind === 'agency' ? 'agency' : 'location'}:${decodeURIComponent(id)}` : undefined
}

/** What the API asks of every client, and our own operations do not. */
const apiHeaders = ({ auth, on }: Operation): Record<string, string> => {
  if (auth !== 'token') return {}
  const place = addressedPlace()
  return { version: on === 'v3' ? 'v3' : '2021-07-28', ...(place ? { 'x-groundlevel-place': place } : {}) }
}

/**
 * Calls one operation of the contracts. One that apps call with a token is called as the place that the address names.
 *
 * @throws Problem with the server's sentences, or with status 0 when there was no answer.
 */
export const call = async <O extends Operation>(operation: O, input: Input<O>, signal?: AbortSignal): Promise<Reply<O>> => {
  const { query, body, ...names } = input as Record<string, unknown>
  const request: RequestInit = {
    method: operation.method,
    credentials: 'same-origin',
    // The second header is what a form of a foreign site cannot send.
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...apiHeaders(operation),
      'x-groundlevel': 'portal',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  }
  const response = await fetch(`${pathOf(operation, names)}${queryOf(query)}`, request).catch((thrown: unknown) => {
    if (signal?.aborted) throw thrown
    throw new Problem(0, ['The server does not answer.'], undefined, undefined)
  })
  const reply = await bodyOf(response)
  if (!response.ok) throw problemOf(response.status, reply, response.headers)
  return reply as Reply<O>
}

/** The cache key of one call. What a token operation answers depends on the place too. */
export const keyOf = <O extends Operation>(operation: O, input: Input<O>): QueryKey =>
  operation.auth === 'token' ? [operation.key, input, addressedPlace()] : [operation.key, input]

interface AskOptions {
  readonly enabled?: boolean
  /** Asks again this often while the page is visible. */
  readonly everyMs?: number | false
  /** Keeps showing the old answer while a new question is under way. */
  readonly keep?: boolean
}

/** The answer of a reading operation, kept fresh. */
export const useAsk = <O extends Operation>(
  operation: O,
  input: Input<O>,
  options: AskOptions = {},
): UseQueryResult<Reply<O>, Problem> =>
  useQuery<Reply<O>, Problem>({
    queryKey: keyOf(operation, input),
    queryFn: ({ signal }) => call(operation, input, signal),
    enabled: options.enabled ?? true,
    refetchInterval: options.everyMs ?? false,
    ...(options.keep ? { placeholderData: (before: Reply<O> | undefined) => before as never } : {}),
  })

/** A changing operation. Whatever it changed is asked for again: every answer on the screen is. */
export const useSend = <O extends Operation>(
  operation: O,
  after?: (reply: Reply<O>) => void,
): UseMutationResult<Reply<O>, Problem, Input<O>> => {
  const cache = useQueryClient()
  return useMutation<Reply<O>, Problem, Input<O>>({
    mutationFn: (input) => call(operation, input).catch((thrown: unknown) => Promise.reject(asProblem(thrown))),
    onSuccess: async (reply) => {
      after?.(reply)
      await cache.invalidateQueries()
    },
  })
}

/** Calls an operation that takes files: the form holds the fields of its body and the files. */
export const callForm = async <O extends Operation>(
  operation: O,
  input: Omit<Input<O>, 'body' | 'files'>,
  form: FormData,
): Promise<Reply<O>> => {
  const response = await sendRaw(operation, input as Record<string, unknown>, { method: operation.method, body: form })
  const reply = await bodyOf(response)
  if (!response.ok) throw problemOf(response.status, reply, response.headers)
  return reply as Reply<O>
}

/** Calls an operation that answers text, such as a CSV file. */
export const callText = async <O extends Operation>(operation: O, input: Input<O>): Promise<string> => {
  const response = await sendRaw(operation, input as Record<string, unknown>, { method: operation.method })
  if (!response.ok) throw problemOf(response.status, await bodyOf(response), response.headers)
  return response.text()
}

const sendRaw = (operation: Operation, { query, ...names }: Record<string, unknown>, request: RequestInit) =>
  fetch(`${pathOf(operation, names)}${queryOf(query)}`, {
    credentials: 'same-origin',
    headers: { ...apiHeaders(operation), 'x-groundlevel': 'portal' },
    ...request,
  }).catch(() => {
    throw new Problem(0, ['The server does not answer.'], undefined, undefined)
  })
