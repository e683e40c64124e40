import { type JsonSchema, type Resolve, read, type Shape } from './shape.js'

/** An operation as an OpenAPI document describes it, theirs or ours. */
export interface Described {
  readonly module: string
  readonly method: string
  readonly path: string
  /** `METHOD /path`, the names in braces as the document writes them. */
  readonly name: string
  /** The same without the names, to find the other document's row. */
  readonly place: string
  readonly parameters: ReadonlyMap<string, { readonly shape: Shape; readonly required: boolean }>
  readonly body?: Shape
  readonly bodyTypes: readonly string[]
  readonly status: readonly number[]
  readonly reply?: Shape
  readonly scopes: readonly string[]
  readonly callers: readonly string[]
  readonly oauthOnly: boolean
  readonly versions: readonly string[]
  readonly versionRequired: boolean
  readonly extension: boolean
  readonly id: string
}

interface Media {
  readonly [type: string]: { readonly schema?: JsonSchema }
}

interface Parameter {
  readonly $ref?: string
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly schema?: JsonSchema & { readonly examples?: readonly string[] }
}

interface OperationObject {
  readonly operationId?: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content?: Media }
  readonly responses?: Readonly<Record<string, { readonly content?: Media }>>
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[]
  readonly 'x-oauth-only'?: boolean
  readonly 'x-extension'?: boolean
  readonly 'x-official-id'?: string
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

/** Who may call, by the names of the schemes: the documents' six, and our own three. */
const callersOf = (schemes: readonly string[]) => {
  const callers = new Set<string>()
  for (const scheme of schemes) {
    if (/^(bearer|location)/i.test(scheme)) callers.add('location')
    if (/^agency/i.test(scheme)) callers.add('agency')
    if (scheme === 'session') callers.add('session')
  }
  return [...callers].sort()
}

const queryOf = (operation: OperationObject, resolve: Resolve) =>
  new Map(
    (operation.parameters ?? [])
      .filter((each) => each.in === 'query')
      .map((each) => [
        // `ids[]` and `ids` ask for the same list.
        each.name.replace(/\[\]$/, ''),
        { shape: each.schema ? read(each.schema, resolve) : ({ kind: 'any' } as Shape), required: each.required ?? false },
      ]),
  )

const schemaIn = (content: Media | undefined): JsonSchema | undefined => Object.values(content ?? {})[0]?.schema

export const placeOf = (method: string, path: string) =>
  `${method} ${path.replace(/\{[^}]*\}|:[A-Za-z]\w*/g, '{}').replace(/(.)\/$/, '$1')}`

const described = (module: string, path: string, method: string, operation: OperationObject, resolve: Resolve): Described => {
  const security = operation.security ?? []
  const schemes = security.flatMap((each) => Object.keys(each))
  const successes = Object.keys(operation.responses ?? {}).filter((status) => /^2/.test(status))
  const reply = schemaIn(operation.responses?.[successes[0] ?? '']?.content)
  const body = schemaIn(operation.requestBody?.content)
  const version = operation.parameters?.find(({ name, in: place }) => name === 'Version' && place === 'header')
  return {
    module,
    method,
    path,
    name: `${method} ${path}`,
    place: placeOf(method, path),
    parameters: queryOf(operation, resolve),
    ...(body ? { body: read(body, resolve) } : {}),
    bodyTypes: Object.keys(operation.requestBody?.content ?? {}),
    status: successes.map(Number),
    ...(reply ? { reply: read(reply, resolve) } : {}),
    scopes: [...new Set(security.flatMap((each) => Object.values(each).flat()))].sort(),
    callers: callersOf(schemes),
    oauthOnly: operation['x-oauth-only'] ?? (schemes.length > 0 && schemes.every((each) => each.endsWith('-Only'))),
    versions: (version?.schema?.examples ?? version?.schema?.enum ?? []).map(String),
    versionRequired: version?.required ?? false,
    extension: operation['x-extension'] ?? false,
    id: operation['x-official-id'] ?? operation.operationId ?? '',
  }
}

/** Every operation of a document. */
export const operationsOf = (module: string, document: OpenApi, resolve: Resolve): Described[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method]
      const at = path.startsWith('/') ? path : `/${path}`
      return operation ? [described(module, at, method.toUpperCase(), operation, resolve)] : []
    }),
  )
