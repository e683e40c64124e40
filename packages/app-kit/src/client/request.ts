import type { FileLike, Operation } from '@groundlevel/contract-kit'

/** The dated version that operations are described in, and that HighLevel's own documents name for most of them. */
export const datedVersion = '2021-07-28'

type Values = Readonly<Record<string, unknown>>

/** What a caller gives, seen at run time: path names at the top, `query`, `body`, `files`. */
export interface RawInput {
  readonly query?: Values
  readonly body?: Values
  readonly files?: Readonly<Record<string, FileLike>>
  readonly [pathName: string]: unknown
}

/** A request before tokens and client-wide headers are put on it. */
export interface Outgoing {
  readonly method: string
  /** Path and query, from `/` on. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | FormData
}

// A path segment of dots would be folded away by the URL parser and reach another operation.
const segment = (key: string, name: string, value: unknown): string => {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  if (text === '' || text === '.' || text === '..')
    throw new TypeError(`${key}: "${name}" is needed for the address and is ${value === '' ? 'empty' : String(value)}`)
  return encodeURIComponent(text)
}

const pathOf = (key: string, path: string, input: RawInput) =>
  path.replace(/:([A-Za-z0-9_]+)/g, (_, name: string) => segment(key, name, input[name]))

const textOf = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value))

/** Query text; arrays as `name[]=a&name[]=b`, as HighLevel's own client writes them. Undefined and null are left out. */
export const queryOf = (query: Values = {}): string => {
  const pairs = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue
    if (Array.isArray(value)) for (const item of value) pairs.append(`${name}[]`, textOf(item))
    else pairs.append(name, textOf(value))
  }
  const text = pairs.toString()
  return text === '' ? '' : `?${text}`
}

const formOf = (body: Values) => {
  const given = Object.entries(body).filter(([, value]) => value !== undefined && value !== null)
  return new URLSearchParams(given.map(([name, value]) => [name, textOf(value)] as [string, string])).toString()
}

/** Parts in the order in which they were given; the boundary is the business of `fetch`. */
const partsOf = ({ body = {}, files = {} }: RawInput): FormData => {
  const parts = new FormData()
  for (const [name, value] of Object.entries(body)) if (value !== undefined && value !== null) parts.append(name, textOf(value))
  for (const [name, file] of Object.entries(files)) parts.append(name, file as unknown as Blob, file.name ?? name)
  return parts
}

/**
 * The version to send. Contracts are written in dated names, so an operation that v3 spells differently is asked in its dated form,
 * which every server answers as well.
 */
export const versionOf = (operation: Operation, wanted: string): string => {
  if (operation.on === 'v3') return 'v3'
  const dated = operation.on === 'dated' || operation.v3 !== undefined
  return dated && wanted === 'v3' ? datedVersion : wanted
}

/**
 * The request for one call of an operation.
 *
 * @throws TypeError when a value that the path needs is missing or empty.
 */
export const outgoing = (operation: Operation, input: RawInput, version: string): Outgoing => {
  const target = pathOf(operation.key, operation.path, input) + queryOf(input.query)
  const headers: Record<string, string> = { accept: 'application/json' }
  if (operation.auth === 'token' || operation.module === 'oauth') headers.version = versionOf(operation, version)
  if (operation.files) return { method: operation.method, target, headers, body: partsOf(input) }
  if (input.body === undefined) return { method: operation.method, target, headers }
  headers['content-type'] = operation.form ? 'application/x-www-form-urlencoded' : 'application/json'
  return { method: operation.method, target, headers, body: operation.form ? formOf(input.body) : JSON.stringify(input.body) }
}
