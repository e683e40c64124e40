import { createHash } from 'node:crypto'
import type { Operation, TSchema } from '@groundlevel/contract-kit'

type Plain = null | boolean | number | string | readonly Plain[] | { readonly [name: string]: Plain | undefined }

/** What a schema says on paper: the library's own marks are gone after a round trip. */
const plain = (schema: unknown): Plain | undefined =>
  schema === undefined ? undefined : (JSON.parse(JSON.stringify(schema)) as Plain)

/** The same text for the same shape, whatever the order in which its fields were written. */
const canonical = (value: Plain | undefined): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const fields = Object.entries(value as Record<string, Plain>).sort(([a], [b]) => (a < b ? -1 : 1))
  const said = (name: string, field: Plain) => canonical(name === 'required' && Array.isArray(field) ? field.toSorted() : field)
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${said(name, field)}`).join(',')}}`
}

/** Twelve hexadecimal digits that change when query, body, reply, paging, tenant, callers or events of a row change. */
export const shapeHash = ({ query, body, reply, page, tenant, actors, oauthOnly, form, files, emits, v3 }: Operation) => {
  const promise = { query, body, reply, page: page?.kind, tenant, actors, oauthOnly, form, files, emits, v3 }
  return createHash('sha256')
    .update(canonical(plain(promise)))
    .digest('hex')
    .slice(0, 12)
}

const versions = (operation: Operation) => (operation.on === 'both' ? 'dated,v3' : operation.on)
const admission = ({ auth, scope }: Operation) => (auth === 'token' ? scope || '-' : `(${auth})`)
const columns = ['method', 'path', 'versions', 'scope', 'status', 'shapes', 'operation']

/** One line an operation, sorted by path: the diff that a reviewer reads. */
export const surface = (operations: readonly Operation[]) => {
  const rows = operations.map((each) =>
    [each.method, each.path, versions(each), admission(each), each.status, shapeHash(each), each.key].map(String),
  )
  const order = (row: string[]) => `${row[1]}\t${row[0]}\t${row[2]}`
  rows.sort((a, b) => (order(a) < order(b) ? -1 : 1))
  return `${[columns, ...rows].map((row) => row.join('\t')).join('\n')}\n`
}

const placeholders = (path: string) => path.replace(/:(\w+)/g, '{$1}')

const parameters = (operation: Operation): Plain[] => {
  const inPath = [...operation.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const query = plain(operation.query) as { properties?: Record<string, Plain>; required?: string[] } | undefined
  const inQuery = Object.entries(query?.properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: query?.required?.includes(name) ?? false,
    schema,
  }))
  const dated = operation.on === 'v3' ? ['v3'] : [operation.version, ...(operation.on === 'both' ? ['v3'] : [])]
  const version = {
    name: 'Version',
    in: 'header',
    required: !operation.versionOptional,
    schema: { type: 'string', examples: dated.filter(Boolean) },
  }
  return [...inPath, ...inQuery, ...(operation.auth === 'token' || operation.version ? [version] : [])] as Plain[]
}

/** The text parts, and any part that carries a file. */
const withFiles = (body: TSchema | undefined): Plain => ({
  ...(plain(body ?? { type: 'object' }) as { readonly [name: string]: Plain }),
  additionalProperties: { type: 'string', format: 'binary' },
})

const requestBody = ({ body, form, files }: Operation): Plain | undefined => {
  if (files) return { required: true, content: { 'multipart/form-data': { schema: withFiles(body) } } }
  if (!body) return undefined
  const content = { schema: plain(body as TSchema) }
  return {
    required: true,
    content: { 'application/json': content, ...(form ? { 'application/x-www-form-urlencoded': content } : {}) },
  }
}

const security = ({ auth, scope, actors }: Operation): Plain => {
  if (auth === 'session') return [{ session: [] }]
  return auth === 'none' ? [] : actors.map((actor) => ({ [actor]: scope ? [scope] : [] }))
}

const errors = ({ auth }: Operation) => [...(auth === 'token' ? [401, 403] : []), 400, 422]

const described = (operation: Operation): Plain => ({
  operationId: operation.key,
  summary: operation.summary,
  tags: [operation.key.split('.')[1] ?? operation.module],
  parameters: parameters(operation),
  requestBody: requestBody(operation),
  responses: {
    [operation.status]: { description: 'Success', content: { 'application/json': { schema: plain(operation.reply) } } },
    ...Object.fromEntries(errors(operation).map((status) => [status, { $ref: '#/components/responses/Problem' }])),
  },
  security: security(operation),
  'x-official-id': operation.id,
  'x-versions': versions(operation),
  'x-v3-path': operation.v3?.path,
  'x-extension': operation.extension || undefined,
  'x-oauth-only': operation.oauthOnly || undefined,
  'x-emits': operation.emits.length > 0 ? operation.emits : undefined,
})

const components: Plain = {
  securitySchemes: {
    location: { type: 'http', scheme: 'bearer', description: 'Access token of a sub-account' },
    agency: { type: 'http', scheme: 'bearer', description: 'Access token of an agency' },
    session: { type: 'apiKey', in: 'cookie', name: 'groundlevel', description: 'Session of the portal' },
  },
  responses: {
    Problem: {
      description: 'What was wrong, in the form that clients of HighLevel parse',
      content: {
        'application/json': {
          schema: {
            type: 'object',
            properties: {
              statusCode: { type: 'integer' },
              message: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
              error: { type: 'string' },
              traceId: { type: 'string' },
            },
          },
        },
      },
    },
  },
}

/** The OpenAPI 3.1 document of one module. */
export const openApi = (module: string, operations: readonly Operation[]): Plain => {
  const paths: Record<string, Record<string, Plain>> = {}
  for (const operation of operations) {
    const path = placeholders(operation.path)
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: described(operation) }
  }
  return {
    openapi: '3.1.0',
    info: { title: `Groundlevel: ${module}`, version: '0.1.0', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: 'http://127.0.0.1:4000' }],
    paths,
    components,
  }
}
