import { describe, expect, expectTypeOf, it } from 'vitest'
import { foreignHost } from '../testing/host.js'
import { createClient } from './client.js'
import { ConnectionError, Forbidden, Invalid, NotFound, RateLimited, ServerError, Unauthorized } from './errors.js'
import { waitAfter } from './retry.js'

const contact = { id: 'c1', locationId: 'l1' }

describe('requests', () => {
  it('puts path names, query, body, token and version where the wire wants them', async () => {
    await using host = await foreignHost(() => ({ status: 201, body: { note: { id: 'n1' }, traceId: 't' } }))
    const client = createClient({ baseUrl: `${host.url}/`, token: 'pit-1' })
    const reply = await client.contacts.notes.create({ contactId: 'a/b', body: { body: 'hello' } })
    expect(reply.note.id).toBe('n1')
    expect(reply.traceId).toBe('t')
    const [{ method, url, headers, body }] = host.arrivals as [(typeof host.arrivals)[0]]
    expect([method, url, body]).toEqual(['POST', '/contacts/a%2Fb/notes', '{"body":"hello"}'])
    expect(headers).toMatchObject({ authorization: 'Bearer pit-1', version: '2021-07-28', 'content-type': 'application/json' })
  })

  it('writes query arrays with brackets and leaves out what is undefined', async () => {
    await using host = await foreignHost(() => ({ body: { users: [], count: 0 } }))
    await createClient({ baseUrl: host.url, token: 't' }).users.user.search({
      query: { companyId: 'c', ids: ['1', '2'], query: undefined },
    })
    expect(host.arrivals[0]?.url).toBe('/users/search?companyId=c&ids%5B%5D=1&ids%5B%5D=2')
  })

  it('sends bodies on DELETE', async () => {
    await using host = await foreignHost(() => ({ body: { tags: [], tagsRemoved: ['x'] } }))
    await createClient({ baseUrl: host.url, token: 't' }).contacts.tags.remove({ contactId: 'c', body: { tags: ['x'] } })
    expect(host.arrivals[0]).toMatchObject({ method: 'DELETE', body: '{"tags":["x"]}' })
  })

  it('sends token requests as a form and without a bearer token', async () => {
    await using host = await foreignHost(() => ({ body: { access_token: 'a' } }))
    const client = createClient({ baseUrl: host.url, token: 'pit-1' })
    await client.oauth.token.exchange({ body: { grant_type: 'authorization_code', code: 'c d' } })
    expect(host.arrivals[0]?.body).toBe('grant_type=authorization_code&code=c+d')
    expect(host.arrivals[0]?.headers.authorization).toBeUndefined()
  })

  it('asks in dated names where v3 spells an operation differently', async () => {
    await using host = await foreignHost(() => ({ body: {} }))
    const client = createClient({ baseUrl: host.url, token: 't', version: 'v3' })
    await client.oauth.token.locationToken({ body: { companyId: 'c', locationId: 'l' } })
    await client.contacts.contact.get({ contactId: 'c' })
    expect(host.arrivals.map(({ url, headers }) => [url, headers.version])).toEqual([
      ['/oauth/locationToken', '2021-07-28'],
      ['/contacts/c', 'v3'],
    ])
  })

  it.each(['', '.', '..', undefined])(
    'refuses %j as a part of the path instead of calling another operation',
    async (contactId) => {
      const client = createClient({ baseUrl: 'http://127.0.0.1:9', token: 't' })
      await expect(client.contacts.contact.remove({ contactId: contactId as string })).rejects.toThrow(TypeError)
    },
  )

  it('sends the browser’s headers and credentials, and no token, to the page’s own origin', async () => {
    const seen: [string, RequestInit][] = []
    const client = createClient({
      baseUrl: '',
      headers: { 'x-groundlevel': 'portal' },
      credentials: 'same-origin',
      fetch: (async (url: string, init: RequestInit) => {
        seen.push([url, init])
        return Response.json({ apps: [] })
      }) as typeof fetch,
    })
    await client.apps.app.list()
    expect(seen[0]?.[0]).toBe('/_ground/apps')
    expect(seen[0]?.[1]).toMatchObject({ credentials: 'same-origin', headers: { 'x-groundlevel': 'portal' } })
    expect(seen[0]?.[1].headers).not.toHaveProperty('authorization')
  })

  it('refuses to follow a redirect with the token', async () => {
    await using elsewhere = await foreignHost(() => ({ body: { contact } }))
    await using host = await foreignHost(() => ({ status: 302, headers: { location: elsewhere.url } }))
    await expect(createClient({ baseUrl: host.url, token: 't' }).contacts.contact.get({ contactId: 'c' })).rejects.toThrow(
      ConnectionError,
    )
    expect(elsewhere.arrivals).toHaveLength(0)
  })
})

describe('errors', () => {
  it.each([
    [400, Invalid],
    [422, Invalid],
    [401, Unauthorized],
    [403, Forbidden],
    [404, NotFound],
    [500, ServerError],
  ])('throws the class of a %i with its sentences and trace', async (status, Family) => {
    await using host = await foreignHost(() => ({
      status,
      body: { statusCode: status, message: ['a is bad', 'b is bad'], traceId: 'trace-1' },
    }))
    const error = await createClient({ baseUrl: host.url, token: 't' })
      .contacts.contact.get({ contactId: 'c' })
      .catch((thrown) => thrown)
    expect(error).toBeInstanceOf(Family)
    expect(error).toMatchObject({
      status,
      messages: ['a is bad', 'b is bad'],
      traceId: 'trace-1',
      operation: 'GET /contacts/:contactId',
    })
    expect(error.name).toBe(Family.name)
  })

  it('reads the error form of the token endpoint and replies that are no JSON', async () => {
    await using host = await foreignHost((_, all) =>
      all.length === 1
        ? { status: 400, body: { error: 'invalid_grant', error_description: 'The code was used.' } }
        : { status: 502, body: 'bad gateway' },
    )
    const { oauth } = createClient({ baseUrl: host.url })
    const ask = () => oauth.token.exchange({ body: { grant_type: 'authorization_code' } }).catch((thrown) => thrown)
    expect(await ask()).toMatchObject({ messages: ['The code was used.'] })
    expect(await ask()).toMatchObject({ status: 502, messages: ['bad gateway'] })
  })

  it('says which address did not answer in time', async () => {
    await using host = await foreignHost(() => new Promise(() => {}))
    const asked = createClient({ baseUrl: host.url, token: 't', timeoutMs: 50 }).contacts.contact.get({ contactId: 'c' })
    await expect(asked).rejects.toThrow(`GET /contacts/:contactId: ${host.url}/contacts/c did not answer within 50 ms`)
  })

  it('stops with the caller’s own reason when the caller aborts', async () => {
    await using host = await foreignHost(() => new Promise(() => {}))
    const abort = new AbortController()
    const asked = createClient({ baseUrl: host.url, token: 't' }).contacts.contact.get(
      { contactId: 'c' },
      { signal: abort.signal },
    )
    abort.abort(new Error('changed my mind'))
    await expect(asked).rejects.toThrow('changed my mind')
  })
})

describe('429', () => {
  const limited = (headers: Record<string, string>) => ({
    status: 429,
    headers,
    body: { statusCode: 429, message: 'Too Many Requests' },
  })

  it('is repeated after the time that the reply names', async () => {
    await using host = await foreignHost((_, all) =>
      all.length < 3 ? limited({ 'x-ratelimit-interval-milliseconds': '30' }) : { body: { contact } },
    )
    const started = performance.now()
    const reply = await createClient({ baseUrl: host.url, token: 't' }).contacts.contact.get({ contactId: 'c' })
    expect(reply.contact.id).toBe('c1')
    expect(performance.now() - started).toBeGreaterThanOrEqual(55)
  })

  it('is tried three times at most', async () => {
    await using host = await foreignHost(() => limited({ 'retry-after': '0' }))
    await expect(createClient({ baseUrl: host.url, token: 't' }).contacts.contact.get({ contactId: 'c' })).rejects.toThrow(
      RateLimited,
    )
    expect(host.arrivals).toHaveLength(3)
  })

  it('is not repeated when the day’s requests are used up, nor with retry: false', async () => {
    await using host = await foreignHost(() => limited({ 'retry-after': '0', 'x-ratelimit-daily-remaining': '0' }))
    await expect(createClient({ baseUrl: host.url, token: 't' }).contacts.contact.get({ contactId: 'c' })).rejects.toThrow(
      RateLimited,
    )
    expect(host.arrivals).toHaveLength(1)
    await using other = await foreignHost(() => limited({ 'retry-after': '0' }))
    await expect(
      createClient({ baseUrl: other.url, token: 't', retry: false }).contacts.contact.get({ contactId: 'c' }),
    ).rejects.toThrow(RateLimited)
    expect(other.arrivals).toHaveLength(1)
  })

  it.each([
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after': '3600' }, 30_000],
    [{ 'retry-after': 'Thu, 01 Jan 1970 00:00:05 GMT' }, 4000],
    [{ 'retry-after': '-5' }, 1000],
    [{ 'retry-after': 'soon', 'x-ratelimit-interval-milliseconds': '10000' }, 10_000],
    [{}, 1000],
  ])('waits as %j says', (headers, ms) => {
    expect(waitAfter(new Headers(headers as Record<string, string>), 30_000, 1000)).toBe(ms)
  })
})

describe('401', () => {
  it('refreshes once through the token source and repeats', async () => {
    await using host = await foreignHost(({ headers }) =>
      headers.authorization === 'Bearer new' ? { body: { contact } } : { status: 401, body: { message: 'Invalid JWT' } },
    )
    const stale: string[] = []
    const refresh = async (text: string) => {
      stale.push(text)
      return 'new'
    }
    const token = { get: async () => 'old', refresh }
    await createClient({ baseUrl: host.url, token }).contacts.contact.get({ contactId: 'c' })
    expect(stale).toEqual(['old'])
    expect(host.arrivals).toHaveLength(2)
  })

  it('gives up when the new token is refused as well', async () => {
    await using host = await foreignHost(() => ({ status: 401, body: { message: 'Invalid JWT' } }))
    let refreshes = 0
    const refresh = async () => {
      refreshes += 1
      return `new${refreshes}`
    }
    const token = { get: async () => 'old', refresh }
    await expect(createClient({ baseUrl: host.url, token }).contacts.contact.get({ contactId: 'c' })).rejects.toThrow(
      Unauthorized,
    )
    expect([refreshes, host.arrivals.length]).toEqual([1, 2])
  })

  it('does not spend a refresh where another token would not help', async () => {
    await using host = await foreignHost(() => ({
      status: 401,
      body: { message: 'The token is not authorized for this scope.' },
    }))
    let refreshes = 0
    const refresh = async () => {
      refreshes += 1
      return `new${refreshes}`
    }
    const token = { get: async () => 'old', refresh }
    await expect(createClient({ baseUrl: host.url, token }).contacts.contact.get({ contactId: 'c' })).rejects.toThrow(
      Unauthorized,
    )
    expect(refreshes).toBe(0)
  })
})

describe('paging', () => {
  it('walks every page of a list and types its rows', async () => {
    await using host = await foreignHost(({ url }) => {
      const after = new URL(url, 'http://x').searchParams.get('startAfterId')
      return after === null
        ? {
            body: {
              contacts: [{ id: '1' }, { id: '2' }],
              meta: { nextPageUrl: 'x', startAfterId: '2', startAfter: 5 },
              count: 3,
            },
          }
        : { body: { contacts: [{ id: '3' }], meta: { nextPageUrl: null, startAfterId: '3', startAfter: 6 }, count: 3 } }
    })
    const client = createClient({ baseUrl: host.url, token: 't' })
    const ids: (string | null)[] = []
    for await (const row of client.contacts.contact.list.each({ query: { locationId: 'l1', limit: 2 } })) {
      expectTypeOf(row.email).toEqualTypeOf<string | null>()
      ids.push(row.id)
    }
    expect(ids).toEqual(['1', '2', '3'])
    expect(host.arrivals[1]?.url).toContain('startAfter=5')
    expect(host.arrivals[1]?.url).toContain('locationId=l1')
  })

  it('walks pages that are asked for in the body', async () => {
    await using host = await foreignHost(({ body }) => {
      const { searchAfter } = JSON.parse(body) as { searchAfter?: unknown }
      return { body: { contacts: searchAfter ? [] : [{ id: '1', searchAfter: [9, '1'] }], total: 1 } }
    })
    const rows = createClient({ baseUrl: host.url, token: 't' }).contacts.search.advanced.each({
      body: { locationId: 'l', pageLimit: 1 },
    })
    const ids: (string | null)[] = []
    for await (const row of rows) ids.push(row.id)
    expect(ids).toEqual(['1'])
    expect(JSON.parse(host.arrivals[1]?.body ?? '')).toEqual({ locationId: 'l', pageLimit: 1, searchAfter: [9, '1'] })
  })

  it('asks for no further page than the loop wants', async () => {
    await using host = await foreignHost(() => ({
      body: { contacts: [{ id: '1' }], meta: { nextPageUrl: 'x', startAfterId: '1', startAfter: 1 }, count: 9 },
    }))
    for await (const _ of createClient({ baseUrl: host.url, token: 't' }).contacts.contact.list.each({
      query: { locationId: 'l' },
    }))
      break
    expect(host.arrivals).toHaveLength(1)
  })
})

it('types arguments: what the contract demands cannot be left out', () => {
  const client = createClient()
  expectTypeOf(client.contacts.notes.list).parameter(0).toEqualTypeOf<{ contactId: string }>()
  expectTypeOf(client.account.session.get).toBeCallableWith()
  // @ts-expect-error a contact needs its sub-account
  const missing = () => client.contacts.contact.create({ body: { email: 'a@example.com' } })
  // @ts-expect-error notes have no pages
  const unpaged = () => client.contacts.notes.list.each
  expect([missing, unpaged]).toHaveLength(2)
})
