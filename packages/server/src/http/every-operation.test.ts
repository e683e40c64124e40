import type { Operation, TSchema } from '@groundlevel/contract-kit'
import { allOperations } from '@groundlevel/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newHexId } from '../ids.js'
import { type ModuleApp, moduleApp } from '../testing/module-app.js'
import { placesOf } from './mount.js'
import { type Schema, schemaOf, unwrap } from './validate/schema.js'

// Every handler is one that must not be reached: whatever gets through to it answers 500 and fails its row.
let on: ModuleApp

beforeAll(async () => {
  on = await moduleApp(() =>
    allOperations.map((operation) => ({
      operation,
      ownTransaction: true,
      run: async () => {
        throw new Error(`${operation.key} was reached`)
      },
    })),
  )
})
afterAll(() => on?.close())

const sample = (declared: Schema): unknown => {
  const { schema } = unwrap(declared)
  if (schema.enum) return schema.enum[0]
  if (schema.const !== undefined) return schema.const
  if (schema.anyOf?.[0]) return sample(schema.anyOf[0])
  if (schema.type === 'array') return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items ?? {}))
  if (schema.type === 'object') return objectOf(schema)
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 1
  if (schema.type === 'boolean') return true
  if (schema.format === 'email') return 'a@example.com'
  if (schema.format === 'url') return 'https://example.com'
  if (schema.format === 'date-time') return '2026-01-01T00:00:00.000Z'
  return 'x'.repeat(Math.max(3, schema.minLength ?? 0))
}

const objectOf = (schema: Schema) =>
  Object.fromEntries((schema.required ?? []).map((name) => [name, sample(schema.properties?.[name] ?? {})])) as Record<
    string,
    unknown
  >

const shape = (schema: unknown) => (schema ? schemaOf(schema as TSchema) : undefined)

interface Request {
  readonly query: Record<string, unknown>
  readonly body: Record<string, unknown> | undefined
  readonly params: Record<string, string>
}

const companyPlace = ({ path, body }: Operation, request: Request) =>
  path.includes(':companyId')
    ? request.params
    : ((shape(body)?.properties?.companyId ? request.body : undefined) ?? request.query)

/** Tenants go by this name in the families of commerce: in the body where there is one, else in the address. */
const altPlace = ({ body }: Operation, request: Request) => (shape(body)?.properties?.altId ? request.body : request.query) ?? {}

/** A request that the contract accepts, about the tenant that the token belongs to. */
const acceptable = (operation: Operation): Request => {
  const { query, body, path, tenant } = operation
  const request: Request = {
    query: objectOf(shape(query) ?? {}),
    body: body ? objectOf(shape(body) ?? {}) : undefined,
    params: Object.fromEntries([...path.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, 'x'])),
  }
  const target: Record<string, unknown> | undefined = tenant === 'body' ? request.body : request.query
  if (tenant === 'query' || tenant === 'body') Object.assign(target ?? {}, { locationId: on.locationId })
  if (tenant === 'path') request.params.locationId = on.locationId
  if (tenant === 'company') Object.assign(companyPlace(operation, request), { companyId: on.companyId })
  if (tenant === 'alt') Object.assign(altPlace(operation, request), { altId: on.locationId })
  return request
}

const foreign = (operation: Operation): Request => {
  const request = acceptable(operation)
  const id = newHexId()
  if (operation.tenant === 'path') request.params.locationId = id
  else if (operation.tenant === 'company') Object.assign(companyPlace(operation, request), { companyId: id })
  else if (operation.tenant === 'alt') Object.assign(altPlace(operation, request), { altId: id })
  else Object.assign((operation.tenant === 'body' ? request.body : request.query) ?? {}, { locationId: id })
  return request
}

const versionOf = (operation: Operation) => (operation.on === 'v3' ? 'v3' : '2021-07-28')

/** The text parts of an operation that takes files, and a file. */
const formOf = (body: Record<string, unknown> = {}) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(body)) form.append(name, String(value))
  form.append('file', new File(['x'], 'x.txt'))
  return form
}

const send = (operation: Operation, request: Request, token: string | undefined, headers: Record<string, string> = {}) => {
  const path = operation.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(request.params[name] ?? 'x'))
  const query = new URLSearchParams(Object.entries(request.query).map(([name, value]) => [name, String(value)]))
  const authorization: Record<string, string> = token === undefined ? { authorization: '' } : {}
  return on.call(operation.method, query.size > 0 ? `${path}?${query}` : path, {
    ...(token === undefined ? {} : { token }),
    ...(operation.files ? { form: formOf(request.body) } : request.body ? { body: request.body } : {}),
    headers: { version: versionOf(operation), 'x-groundlevel': 'test', ...authorization, ...headers },
  })
}

const actorOf = (operation: Operation) => operation.actors[0] ?? 'location'
const principalOf = (operation: Operation) =>
  actorOf(operation) === 'agency' ? ({ actor: 'agency', locationId: undefined } as const) : {}
const tokenFor = (operation: Operation) => on.token(principalOf(operation))

const withToken = allOperations.filter(({ auth }) => auth === 'token')
const named = (operations: readonly Operation[]) => operations.map((operation) => [operation.key, operation] as const)

describe('every operation with a token', () => {
  test.each(named(withToken))('%s: no token is a 401 that says Invalid JWT', async (_key, operation) => {
    const { status, body } = await send(operation, acceptable(operation), undefined)
    expect([status, body.message]).toEqual([401, 'Invalid JWT'])
    expect(body.traceId).toMatch(/^[0-9a-f-]{36}$/)
  })

  test.each(named(withToken.filter(({ versionOptional }) => !versionOptional)))(
    '%s: no Version is a 401',
    async (_key, operation) => {
      const { status, body } = await send(operation, acceptable(operation), tokenFor(operation), { version: '' })
      expect(status).toBe(401)
      expect(body).toEqual({ statusCode: 401, message: 'version header was not found.', traceId: expect.any(String) })
    },
  )

  test.each(named(withToken))('%s: an unknown Version is a 401', async (_key, operation) => {
    const { status, body } = await send(operation, acceptable(operation), tokenFor(operation), { version: '2020-01-01' })
    expect(status).toBe(401)
    expect(body).toEqual({ statusCode: 401, message: 'version header is invalid', traceId: expect.any(String) })
  })

  test.each(named(withToken.filter(({ actors }) => actors.length === 1)))(
    '%s: the other token class is a 401',
    async (_key, operation) => {
      const other = actorOf(operation) === 'agency' ? on.token() : on.token({ actor: 'agency', locationId: undefined })
      const { status, body } = await send(operation, acceptable(operation), other)
      expect(status).toBe(401)
      expect(body.message).toMatch(/user type is not yet supported|authClass type is not allowed/)
    },
  )

  test.each(named(withToken.filter(({ oauthOnly }) => oauthOnly)))(
    '%s: a private integration token is a 401',
    async (_key, operation) => {
      const { status } = await send(operation, acceptable(operation), on.token({ ...principalOf(operation), source: 'pit' }))
      expect(status).toBe(401)
    },
  )

  test.each(named(withToken.filter(({ scope }) => scope !== '')))(
    '%s: a missing scope is a 401, before the tenant',
    async (_key, operation) => {
      const bare = on.token({ ...principalOf(operation), scopes: new Set() })
      const request = operation.tenant === 'token' ? acceptable(operation) : foreign(operation)
      const { status, body, headers } = await send(operation, request, bare)
      expect([status, body.message]).toEqual([401, 'The token is not authorized for this scope.'])
      expect(headers['www-authenticate']).toContain(operation.scope)
    },
  )

  test.each(named(withToken.filter(({ tenant }) => tenant !== 'token')))(
    '%s: a foreign tenant is a 403, before validation',
    async (_key, operation) => {
      const request = foreign(operation)
      request.query.nobodyKnowsThis = '1'
      const { status, body } = await send(operation, request, tokenFor(operation))
      expect(status).toBe(403)
      expect(body.message).toMatch(/^The token does not have access to this (location|company)\.$/)
    },
  )

  test.each(
    named(withToken.filter(({ actors, tenant }) => actors.includes('agency') && (tenant === 'path' || tenant === 'query'))),
  )('%s: a sub-account of another agency is a 403', async (_key, operation) => {
    const { status } = await send(
      operation,
      acceptable(operation),
      on.token({ actor: 'agency', locationId: undefined, companyId: newHexId() }),
    )
    expect(status).toBe(403)
  })

  test.each(
    named(withToken.filter(({ actors, tenant }) => actors.includes('agency') && (tenant === 'path' || tenant === 'query'))),
  )('%s: a tenant that the database could not even look up is a 403', async (_key, operation) => {
    const request = acceptable(operation)
    Object.assign(operation.tenant === 'path' ? request.params : request.query, { locationId: 'a\u0000b' })
    const { status } = await send(operation, request, on.token({ actor: 'agency', locationId: undefined }))
    expect(status).toBe(403)
  })

  const withQuery = withToken.filter(({ query }) => query !== undefined)

  test.each(named(withToken.filter(({ query }) => query === undefined)))(
    '%s: declares no query, so what programs send along does not stop them',
    async (_key, operation) => {
      const request = acceptable(operation)
      Object.assign(request.query, { locationId: on.locationId, nobodyKnowsThis: '1' })
      const { status } = await send(operation, request, tokenFor(operation))
      expect(status).not.toBe(422)
      expect(on.said.at(-1)).toContain(`${operation.key} was reached`)
    },
  )

  test.each(named(withQuery))('%s: an unknown query field is a 422 that names it', async (_key, operation) => {
    const request = acceptable(operation)
    request.query.nobodyKnowsThis = '1'
    const { status, body } = await send(operation, request, tokenFor(operation))
    expect(status).toBe(422)
    expect(body.message).toContain('property nobodyKnowsThis should not exist')
    expect(body.error).toBe('Unprocessable Entity')
  })

  test.each(named(withQuery))('%s: __proto__ is a query field as unknown as any other', async (_key, operation) => {
    for (const name of ['__proto__', '__proto__[limit]', 'constructor']) {
      const request = acceptable(operation)
      // An assignment would set the prototype instead.
      Object.defineProperty(request.query, name, { value: '1', enumerable: true })
      const { status, body } = await send(operation, request, tokenFor(operation))
      expect(status).toBe(422)
      expect(body.message).toContain(`property ${name.replace('[limit]', '')} should not exist`)
    }
  })

  test.each(named(withToken))('%s: every reply carries the six rate headers', async (_key, operation) => {
    const { headers } = await send(operation, acceptable(operation), undefined)
    for (const name of ['limit-daily', 'daily-remaining', 'daily-reset', 'interval-milliseconds', 'max', 'remaining']) {
      expect(headers[`x-ratelimit-${name}`], name).toMatch(/^\d+$/)
    }
  })
})

describe('a field that is passed over', () => {
  const passedOver = allOperations.flatMap((operation) =>
    Object.entries(operation.tolerates ?? {}).map(([name, why]) => [operation.key, name, why, operation] as const),
  )

  test.each(passedOver)('%s: %s has a reason, is read by nobody and stops nobody', async (_key, name, why, operation) => {
    expect(why).not.toBe('')
    // A declared field would be lost in silence.
    for (const declared of [operation.query, operation.body])
      expect(Object.keys(shape(declared)?.properties ?? {})).not.toContain(name)
    const request = acceptable(operation)
    Object.assign(request.body ?? request.query, { [name]: 'x' })
    expect((await send(operation, request, tokenFor(operation))).status).not.toBe(422)
    expect(on.said.at(-1)).toContain(`${operation.key} was reached`)
  })
})

const withBody = allOperations.filter(({ body }) => body !== undefined)

describe('every operation with a body', () => {
  const required = withBody.flatMap((operation) =>
    (shape(operation.body)?.required ?? []).map((name) => [operation.key, name, operation] as const),
  )
  const checkable = required.filter(
    ([, name, { tenant }]) =>
      !(tenant === 'body' && name === 'locationId') &&
      !(tenant === 'company' && name === 'companyId') &&
      !(tenant === 'alt' && name === 'altId'),
  )

  test.each(checkable)('%s: without %s it is a 422 with both of its violations', async (_key, name, operation) => {
    if (operation.auth === 'session') return
    const request = acceptable(operation)
    delete request.body?.[name]
    const { status, body } = await send(operation, request, operation.auth === 'token' ? tokenFor(operation) : undefined)
    expect(status).toBe(422)
    expect(body.message).toContain(`${name} should not be empty`)
    expect(body.message.filter((each: string) => each.startsWith(`${name} must be`))).toHaveLength(1)
  })

  const closed = withBody.filter(
    (operation) => operation.auth !== 'session' && shape(operation.body)?.additionalProperties === false,
  )

  test.each(named(closed))('%s: an unknown body field is a 422', async (_key, operation) => {
    const request = acceptable(operation)
    Object.assign(request.body ?? {}, { nobodyKnowsThis: 1 })
    const { status, body } = await send(operation, request, operation.auth === 'token' ? tokenFor(operation) : undefined)
    expect(status).toBe(422)
    expect(body.message).toContain('property nobodyKnowsThis should not exist')
  })

  test.each(named(withBody.filter(({ auth }) => auth === 'token')))(
    '%s: text that cannot be stored is refused, not a 500',
    async (_key, operation) => {
      const request = acceptable(operation)
      Object.assign(request.body ?? {}, { nobodyKnowsThis: 'a\u0000b' })
      const { status } = await send(operation, request, tokenFor(operation))
      expect(status).toBe(422)
    },
  )

  test.each(named(withBody.filter(({ auth }) => auth === 'token')))(
    '%s: a broken body is a 400 that says so',
    async (_key, operation) => {
      const request = acceptable(operation)
      const path = operation.path.replace(/:(\w+)/g, (_, name: string) => request.params[name] ?? 'x')
      const { status } = await on.call(operation.method, path, {
        token: tokenFor(operation),
        body: '{"a":',
        headers: { version: versionOf(operation) },
      })
      expect(status).toBe(400)
    },
  )
})

describe('every operation of the portal', () => {
  const portal = allOperations.filter(({ path, auth }) => path.startsWith('/_ground') && auth !== 'token')

  test.each(named(portal.filter(({ auth }) => auth === 'session')))('%s: nobody signed in is a 401', async (_key, operation) => {
    const { status } = await send(operation, acceptable(operation), undefined)
    expect(status).toBe(401)
  })

  test.each(named(portal.filter(({ method }) => method !== 'GET')))(
    '%s: another origin’s page is a 403',
    async (_key, operation) => {
      const request = acceptable(operation)
      const other = await send(operation, request, undefined, { 'sec-fetch-site': 'cross-site' })
      expect(other.status).toBe(403)
    },
  )

  const encoded = (path: string) => path.replace('/_ground', '/%5fground').replace(/:\w+/g, 'x')

  test.each(named(portal.filter(({ method }) => method !== 'GET')))(
    '%s: another origin’s page is a 403 however it writes the path',
    async (_key, operation) => {
      const { status } = await on.call(operation.method, encoded(operation.path), { headers: { 'sec-fetch-site': 'cross-site' } })
      expect(status).toBe(403)
    },
  )

  test.each(named(portal.filter(({ auth }) => auth === 'session')))(
    '%s: nobody signed in is a 401 however the path is written',
    async (_key, operation) => {
      const { status } = await on.call(operation.method, encoded(operation.path), { headers: { 'x-groundlevel': 'test' } })
      expect(status).toBe(401)
    },
  )

  test.each(named(portal))('%s: no other origin may read it, however the path is written', async (_key, operation) => {
    const plain = operation.path.replace(/:\w+/g, 'x')
    for (const path of [plain, encoded(operation.path), `http://127.0.0.1${plain}`]) {
      for (const method of [operation.method, 'OPTIONS']) {
        const { headers } = await on.app.inject({ method: method as 'GET', url: path })
        expect(headers['access-control-allow-origin'], `${method} ${path}`).toBeUndefined()
      }
    }
  })
})

describe('the server', () => {
  test('neither does the token endpoint grant other origins anything under another spelling', async () => {
    for (const url of ['/oauth/token', '/oauth/%74oken', '/OAuth/token']) {
      const { headers } = await on.app.inject({ method: 'POST', url })
      expect(headers['access-control-allow-origin'], url).toBeUndefined()
    }
    const open = await on.app.inject({ method: 'GET', url: '/%63ontacts/' })
    expect(open.headers['access-control-allow-origin']).toBe('*')
  })

  test('records a call whose body nests deeper than the stack', async () => {
    const before = on.records.length
    const body = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    expect((await on.call('POST', '/contacts/', { body })).status).toBe(403)
    expect(on.records[before]).toMatchObject({ status: 403, requestBody: '(nests too deep to be shown)' })
  })

  test('does not wait for ever for a request to end', () => {
    expect(on.app.server.requestTimeout).toBe(60_000)
  })
})

describe('versions and methods', () => {
  const moved = allOperations.flatMap((operation) =>
    placesOf(operation).map(({ path, on: versions }) => [operation.key, path, versions, operation] as const),
  )

  test.each(moved.filter(([, , versions]) => versions === 'dated'))(
    '%s at %s is gone in v3, with the sentence',
    async (_key, path, _on, operation) => {
      const { status, body } = await on.call(operation.method, path, { token: tokenFor(operation), headers: { version: 'v3' } })
      expect(status).toBe(400)
      expect(body.message).toBe(
        `Endpoint ${path} not available in API version v3. This endpoint was removed in version v3. Please use a version before v3.`,
      )
    },
  )

  test.each(moved.filter(([, , versions]) => versions === 'v3'))(
    '%s at %s is unknown to dated versions',
    async (_key, path, _on, operation) => {
      const { status, body } = await on.call(operation.method, path, { token: tokenFor(operation) })
      expect([status, body.message]).toEqual([404, `Cannot ${operation.method} ${path}`])
    },
  )

  test('a known path under another method is the gateway’s 401, an unknown path a 404', async () => {
    const known = await on.call('PATCH', '/contacts/abc')
    expect([known.status, known.body.message]).toEqual([
      401,
      'This route is not yet supported by the IAM Service. Please update your IAM config.',
    ])
    const unknown = await on.call('GET', '/nothing/here?x=1')
    expect([unknown.status, unknown.body]).toMatchObject([
      404,
      { message: 'Cannot GET /nothing/here', error: 'Not Found', statusCode: 404 },
    ])
  })
})
