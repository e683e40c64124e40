import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createClient } from '../client/client.js'
import { type Answer, type Arrival, foreignHost } from '../testing/host.js'
import { CallbackError, Disconnected } from './errors.js'
import { createOAuth, type OAuthOptions } from './oauth.js'
import { memoryStore, type TokenRecord } from './tokens.js'

const app = {
  clientId: 'abc123-k1',
  clientSecret: 's3cret',
  redirectUri: 'http://127.0.0.1:4100/oauth/callback',
  scopes: ['contacts.readonly', 'oauth.write'],
}

const make = (url: string, more: Partial<OAuthOptions> = {}) => {
  const store = memoryStore()
  return { store, oauth: createOAuth({ ...app, baseUrl: url, store, ...more }) }
}

const callback = (query: string) => new Request(`${app.redirectUri}?${query}`)
const locationReply = (n = 1) => ({
  access_token: `loc-${n}`,
  refresh_token: `ref-${n}`,
  expires_in: 86_399,
  scope: 'contacts.readonly',
  userType: 'Location',
  locationId: 'l1',
  companyId: 'co',
})
const companyReply = {
  access_token: 'comp',
  refresh_token: 'comp-r',
  expires_in: 86_399,
  scope: 'oauth.write',
  userType: 'Company',
  companyId: 'co',
  isBulkInstallation: true,
}
const record = (more: Partial<TokenRecord> = {}): TokenRecord => ({
  accessToken: 'loc-0',
  refreshToken: 'ref-0',
  obtainedAt: 0,
  expiresAt: Date.now() + 3_600_000,
  scopes: [],
  userType: 'Location',
  companyId: 'co',
  locationId: 'l1',
  ...more,
})
const formOf = (arrival: Arrival | undefined) => Object.fromEntries(new URLSearchParams(arrival?.body))

describe('authorize URL', () => {
  it('carries what was registered, a state of 256 random bits and the challenge of the verifier', async () => {
    const { oauth } = make('https://api.example', { consentUrl: 'https://consent.example/' })
    const begun = await oauth.authorizeUrl({ pkce: true, versionId: 'v1' })
    const url = new URL(begun.url)
    expect(url.origin + url.pathname).toBe('https://consent.example/oauth/chooselocation')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: app.clientId,
      redirect_uri: app.redirectUri,
      scope: 'contacts.readonly oauth.write',
      state: begun.state,
      version_id: 'v1',
      code_challenge: createHash('sha256')
        .update(begun.codeVerifier ?? '')
        .digest('base64url'),
      code_challenge_method: 'S256',
    })
    expect(begun.state).toHaveLength(43)
    expect((await oauth.authorizeUrl()).state).not.toBe(begun.state)
  })

  it('goes to HighLevel’s marketplace unless told otherwise', async () => {
    const { url } = await createOAuth({ ...app, store: memoryStore() }).authorizeUrl()
    expect(url).toMatch('https://marketplace.gohighlevel.com/oauth/chooselocation?')
  })
})

describe('callback', () => {
  it('exchanges the code and stores the tokens under their owner', async () => {
    await using host = await foreignHost(() => ({ body: locationReply() }))
    const { oauth, store } = make(host.url, { now: () => 1000 })
    const tokens = await oauth.handleCallback(callback('code=c0de&state=st'), { state: 'st', codeVerifier: 'ver' })
    expect(tokens).toMatchObject({ accessToken: 'loc-1', locationId: 'l1', obtainedAt: 1000, expiresAt: 86_400_000 })
    expect(await store.get('location:l1')).toEqual(tokens)
    expect(formOf(host.arrivals[0])).toEqual({
      client_id: app.clientId,
      client_secret: app.clientSecret,
      grant_type: 'authorization_code',
      code: 'c0de',
      redirect_uri: app.redirectUri,
      code_verifier: 'ver',
    })
  })

  it.each([
    ['another state', 'code=c&state=other', { state: 'st' }, 'state'],
    ['a state that this browser never began', 'code=c&state=st', {}, 'state'],
    ['no state', 'code=c', { state: 'st' }, 'state'],
    ['a foreign state, manual codes allowed', 'code=c&state=other', { state: 'st', allowManualCode: true }, 'state'],
    ['a state of another length', 'code=c&state=stst', { state: 'st' }, 'state'],
    ['an empty expected state', 'code=c&state=x', { state: '' }, 'state'],
    ['no code', 'state=st', { state: 'st' }, 'no-code'],
    ['a denial', 'error=access_denied&state=st', { state: 'st' }, 'denied'],
    ['an error', 'error=invalid_scope&error_description=No+such+scope', { state: 'st' }, 'refused'],
    ['another issuer', 'code=c&state=st&iss=https%3A%2F%2Fevil.example', { state: 'st' }, 'issuer'],
  ])('refuses %s without asking the server', async (_, query, expected, code) => {
    await using host = await foreignHost(() => ({ body: locationReply() }))
    const { oauth } = make(host.url, { issuer: 'https://good.example' })
    const error = await oauth.handleCallback(callback(query), expected).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(CallbackError)
    expect(error.code).toBe(code)
    expect(host.arrivals).toHaveLength(0)
  })

  it('takes a code without a state only when that is allowed, and then sends no redirect_uri', async () => {
    await using host = await foreignHost(() => ({ body: companyReply }))
    const { oauth, store } = make(host.url)
    await oauth.handleCallback(callback('code=c'), { allowManualCode: true })
    expect(formOf(host.arrivals[0])).not.toHaveProperty('redirect_uri')
    expect(await store.list?.()).toEqual(['company:co'])
  })
})

describe('tokens', () => {
  const rotating = () => {
    let n = 0
    return foreignHost(({ url }): Answer => {
      if (url !== '/oauth/token') return { body: { contact: { id: 'c' } } }
      n += 1
      return { body: locationReply(n) }
    })
  }

  it('are refreshed 60 s before they end, and not before', async () => {
    await using host = await rotating()
    let now = 1_000_000
    const { oauth, store } = make(host.url, { now: () => now })
    await store.set('location:l1', record({ expiresAt: now + 60_001 }))
    const source = oauth.tokenFor({ locationId: 'l1' })
    expect(await source.get()).toBe('loc-0')
    now += 1
    expect(await source.get()).toBe('loc-1')
    expect(formOf(host.arrivals[0])).toMatchObject({ grant_type: 'refresh_token', refresh_token: 'ref-0', user_type: 'Location' })
    expect(await store.get('location:l1')).toMatchObject({ accessToken: 'loc-1', refreshToken: 'ref-1' })
  })

  it('are refreshed once however many callers ask at once', async () => {
    await using host = await rotating()
    const { oauth, store } = make(host.url)
    await store.set('location:l1', record({ expiresAt: 0 }))
    const got = await Promise.all(Array.from({ length: 50 }, () => oauth.tokenFor({ locationId: 'l1' }).get()))
    expect(new Set(got)).toEqual(new Set(['loc-1']))
    expect(host.arrivals).toHaveLength(1)
  })

  it('are refreshed once when many calls are refused at once', async () => {
    await using host = await foreignHost(({ url, headers }) => {
      if (url === '/oauth/token') return { body: locationReply() }
      return headers.authorization === 'Bearer loc-1'
        ? { body: { contact: { id: 'c' } } }
        : { status: 401, body: { message: 'Invalid JWT' } }
    })
    const { oauth, store } = make(host.url)
    await store.set('location:l1', record())
    const client = createClient({ baseUrl: host.url, token: oauth.tokenFor({ locationId: 'l1' }) })
    await Promise.all(Array.from({ length: 20 }, () => client.contacts.contact.get({ contactId: 'c' })))
    expect(host.arrivals.filter(({ url }) => url === '/oauth/token')).toHaveLength(1)
  })

  it('come out of the agency’s when only that is connected, and are kept', async () => {
    await using host = await foreignHost(({ url }) => ({
      body: url === '/oauth/locationToken' ? { access_token: 'loc-9', expires_in: 86_400, scope: 'contacts.readonly' } : {},
    }))
    const { oauth, store } = make(host.url)
    await store.set('company:co', record({ accessToken: 'comp', userType: 'Company', locationId: undefined }))
    expect(await oauth.tokenFor({ locationId: 'l1' }).get()).toBe('loc-9')
    expect(host.arrivals[0]?.headers.authorization).toBe('Bearer comp')
    expect(formOf(host.arrivals[0])).toEqual({ companyId: 'co', locationId: 'l1' })
    expect(await store.get('location:l1')).toMatchObject({ accessToken: 'loc-9', userType: 'Location', companyId: 'co' })
    expect(await oauth.tokenFor({ locationId: 'l1' }).get()).toBe('loc-9')
    expect(host.arrivals).toHaveLength(1)
  })

  it('take the successor that another process has stored', async () => {
    const store = memoryStore()
    await using host = await foreignHost(async () => {
      await store.set('location:l1', record({ accessToken: 'theirs' }))
      return { status: 400, body: { error: 'invalid_grant' } }
    })
    await store.set('location:l1', record({ expiresAt: 0 }))
    const { oauth } = make(host.url, { store })
    expect(await oauth.tokenFor({ locationId: 'l1' }).get()).toBe('theirs')
  })

  it('that were refused for good say that the app must be installed again', async () => {
    await using host = await foreignHost(() => ({ status: 400, body: { error: 'invalid_grant', error_description: 'revoked' } }))
    const { oauth, store } = make(host.url)
    await store.set('location:l1', record({ expiresAt: 0 }))
    const error = await oauth
      .tokenFor({ locationId: 'l1' })
      .get()
      .catch((thrown) => thrown)
    expect(error).toBeInstanceOf(Disconnected)
    expect(error).toMatchObject({ key: 'location:l1' })
    await expect(oauth.tokenFor({ locationId: 'never' }).get()).rejects.toThrow(Disconnected)
  })

  it('that still work survive a passing fault of the token endpoint', async () => {
    await using host = await foreignHost(() => ({ status: 503, body: {} }))
    const { oauth, store } = make(host.url)
    await store.set('location:l1', record({ expiresAt: Date.now() + 30_000 }))
    expect(await oauth.tokenFor({ locationId: 'l1' }).get()).toBe('loc-0')
  })

  it('keep the refresh token of a reply that names no new one', async () => {
    await using host = await foreignHost(() => ({ body: { access_token: 'x', expires_in: 10 } }))
    const { oauth, store } = make(host.url)
    await store.set('location:l1', record({ expiresAt: 0 }))
    await oauth.tokenFor({ locationId: 'l1' }).get()
    expect(await store.get('location:l1')).toMatchObject({ accessToken: 'x', refreshToken: 'ref-0', companyId: 'co' })
  })
})

describe('disconnect', () => {
  it('forgets an agency with all its sub-accounts, and nobody else', async () => {
    const { oauth, store } = make('http://127.0.0.1:9')
    await store.set('company:co', record({ userType: 'Company', locationId: undefined }))
    await store.set('location:l1', record())
    await store.set('location:l2', record({ locationId: 'l2', companyId: 'other' }))
    await oauth.disconnect({ companyId: 'co' })
    expect(await store.list?.()).toEqual(['location:l2'])
  })

  it('uninstalls at the platform first when asked to', async () => {
    await using host = await foreignHost(() => ({ body: { success: true } }))
    const { oauth, store } = make(host.url)
    await store.set('location:l1', record())
    await oauth.disconnect({ locationId: 'l1' }, { uninstall: true })
    expect(host.arrivals[0]).toMatchObject({
      method: 'DELETE',
      url: '/marketplace/app/abc123/installations',
      body: '{"locationId":"l1"}',
    })
    expect(await store.list?.()).toEqual([])
  })
})
