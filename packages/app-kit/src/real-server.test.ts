import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { metaOf } from '../../cli/src/consent.js'
import { type DemoWorld, demoWorld, leadRouterOf, personOf } from '../../cli/src/demo-world.js'
import { signIn } from '../../cli/src/session.js'
import { type Product, startProduct } from '../../server/src/testing/product.js'
import {
  createClient,
  createOAuth,
  Disconnected,
  Forbidden,
  Invalid,
  memoryStore,
  type OAuth,
  type TokenStore,
  Unauthorized,
} from './index.js'

let product: Product
let demo: DemoWorld
let store: TokenStore
let oauth: OAuth
let calls: string[]

const locationId = () => demo.locations[0]?.id ?? ''
const client = () => createClient({ baseUrl: product.url, token: demo.tokens.location })

/** Counts what goes over the wire, and changes nothing. */
const counting: typeof fetch = (input, init) => {
  calls.push(`${init?.method} ${new URL(String(input)).pathname}`)
  return fetch(input, init)
}

/** What a browser does between the connect link and the callback. */
const allow = async (url: string, choice: { companyId?: string; locationIds?: string[]; all?: boolean }) => {
  const admin = await signIn(product.url, personOf(demo, 'agency-admin'))
  const { pathname, search } = new URL(url)
  const interactionId = metaOf(await (await admin.page(pathname + search)).text(), 'interaction')
  const { interaction } = await admin.client.consent.interactions.get({ interactionId })
  const body = { csrf: interaction?.csrf ?? '', action: 'allow' as const, ...choice }
  return new Request((await admin.client.consent.interactions.decide({ interactionId, body })).redirectTo)
}

const connect = async (choice: Parameters<typeof allow>[1]) => {
  const { url, state, codeVerifier } = await oauth.authorizeUrl({ pkce: true })
  return oauth.handleCallback(await allow(url, choice), { state, codeVerifier })
}

const spoil = async (key: string, change: { accessToken?: string; expiresAt?: number }) => {
  const record = await store.get(key)
  if (record) await store.set(key, { ...record, ...change })
}

beforeAll(async () => {
  product = await startProduct({ 'rate-limits': 'on' })
  demo = await demoWorld(product.url)
}, 60_000)

afterAll(async () => {
  await product?.stop()
})

beforeEach(() => {
  calls = []
  store = memoryStore()
  const { clientId, clientSecret, redirectUri } = leadRouterOf(demo)
  oauth = createOAuth({ clientId, clientSecret, redirectUri, baseUrl: product.url, store, issuer: product.url, fetch: counting })
})

describe('paging', () => {
  it('walks every contact once, in lists and in searches', async () => {
    const { contacts } = client()
    const { total } = (await contacts.contact.list({ query: { locationId: locationId(), limit: 1 } })).meta
    const listed: (string | null)[] = []
    for await (const { id } of contacts.contact.list.each({ query: { locationId: locationId(), limit: 30 } })) listed.push(id)
    const found: (string | null)[] = []
    for await (const { id } of contacts.search.advanced.each({ body: { locationId: locationId(), pageLimit: 30 } }))
      found.push(id)
    expect(total).toBeGreaterThanOrEqual(100)
    expect([listed.length, new Set(listed).size, found.length, new Set(found).size]).toEqual([total, total, total, total])
  })
})

describe('errors', () => {
  it('carry every violation, the trace and the body that the server sent', async () => {
    const { contacts } = client()
    const body = { locationId: locationId(), email: 'nope', nonsense: 1 } as unknown as { locationId: string }
    const invalid = await contacts.contact.create({ body }).catch((thrown) => thrown)
    expect(invalid).toBeInstanceOf(Invalid)
    expect(invalid.violations).toEqual(expect.arrayContaining(['property nonsense should not exist', 'email must be an email']))
    expect(invalid.traceId).toMatch(/^[0-9a-f-]{36}$/)
    const email = 'twice@example.com'
    const { contact } = await contacts.contact.create({ body: { locationId: locationId(), email } })
    const twice = await contacts.contact.create({ body: { locationId: locationId(), email } }).catch((thrown) => thrown)
    expect(twice.body).toMatchObject({ meta: { contactId: contact.id, matchingField: 'email' } })
  })

  it('tell a foreign sub-account from a bad token', async () => {
    const foreign = client().contacts.contact.list({ query: { locationId: demo.locations[1]?.id ?? '' } })
    await expect(foreign).rejects.toThrow(Forbidden)
    const bad = createClient({ baseUrl: product.url, token: 'pit-00000000-0000-4000-8000-000000000000' })
    await expect(bad.contacts.contact.list({ query: { locationId: locationId() } })).rejects.toThrow(Unauthorized)
  })
})

describe('a connected sub-account', () => {
  it('has tokens by state and PKCE, which refresh once for many callers and go on working', async () => {
    const before = await connect({ locationIds: [locationId()] })
    expect(before).toMatchObject({ userType: 'Location', locationId: locationId() })
    await spoil(`location:${locationId()}`, { expiresAt: 0 })
    calls = []
    const api = createClient({ baseUrl: product.url, token: oauth.tokenFor({ locationId: locationId() }) })
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => api.contacts.contact.list({ query: { locationId: locationId(), limit: 1 } })),
    )
    expect(replies.every(({ contacts }) => contacts.length === 1)).toBe(true)
    expect(calls).toEqual(['POST /oauth/token'])
    expect((await store.get(`location:${locationId()}`))?.refreshToken).not.toBe(before.refreshToken)
  })

  it('recovers from a token that the server refuses', async () => {
    await connect({ locationIds: [locationId()] })
    await spoil(`location:${locationId()}`, { accessToken: 'not.a.token' })
    const api = createClient({ baseUrl: product.url, token: oauth.tokenFor({ locationId: locationId() }) })
    expect((await api.contacts.contact.list({ query: { locationId: locationId() } })).count).toBeGreaterThan(0)
  })

  it('is disconnected for good once the app is uninstalled', async () => {
    const other = demo.locations[2]?.id ?? ''
    await connect({ locationIds: [other] })
    const record = await store.get(`location:${other}`)
    await oauth.disconnect({ locationId: other }, { uninstall: true })
    expect(await oauth.connected()).toEqual([])
    if (record) await store.set(`location:${other}`, { ...record, expiresAt: 0 })
    await expect(oauth.tokenFor({ locationId: other }).get()).rejects.toThrow(Disconnected)
  })
})

describe('a connected agency', () => {
  it('gives each of its sub-accounts a token of its own when it is first needed', async () => {
    const company = await connect({ companyId: demo.company.id, all: true })
    expect(company).toMatchObject({ userType: 'Company', isBulkInstallation: true })
    for (const { id } of demo.locations.slice(0, 2)) {
      const api = createClient({ baseUrl: product.url, token: oauth.tokenFor({ locationId: id }) })
      expect((await api.locations.location.get({ locationId: id })).location.id).toBe(id)
    }
    expect(calls.filter((call) => call === 'POST /oauth/locationToken')).toHaveLength(2)
  })

  it('lists where the app is installed, page by page', async () => {
    await connect({ companyId: demo.company.id, all: true })
    const api = createClient({ baseUrl: product.url, token: oauth.tokenFor({ companyId: demo.company.id }) })
    const ids: string[] = []
    for await (const { _id } of api.oauth.token.installedLocations.each({
      query: { companyId: demo.company.id, appId: oauth.appId, limit: 1 },
    }))
      ids.push(_id)
    expect(new Set(ids)).toEqual(new Set(demo.locations.map(({ id }) => id)))
  })
})
