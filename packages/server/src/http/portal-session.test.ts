import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contactsModule } from '../crm/contacts/index.js'
import { usersModule } from '../crm/users/index.js'
import { newId } from '../ids.js'
import { contactPorts } from '../testing/contact-ports.js'
import { type Browser, type PortalApp, portalApp } from '../testing/portal-app.js'

const owner = {
  name: 'Olga Owner',
  email: 'olga@agency.example',
  password: 'correct horse',
  companyName: 'Olga & Co',
  locationName: 'First',
}

let on: PortalApp
let olga: Browser
let uma: Browser
let companyId: string
let ownId: string
let othersId: string

/** Somebody with an account, put into Olga's sub-account. */
const placed = async (name: string) => (await on.user(name, { companyId, locationIds: [ownId] })).browser

beforeAll(async () => {
  on = await portalApp({
    more: ({ identity }) => [...contactsModule(contactPorts(identity)), ...usersModule(identity)],
  })
  olga = on.browser()
  const first = await olga.send('POST', '/_ground/accounts/first-run', owner)
  companyId = first.body.account.places[1].id
  ownId = (await on.identity.locationsOfCompany(companyId, { limit: 1, offset: 0 })).rows[0]?.id ?? ''
  othersId = on.locationId
  uma = await placed('uma')
})
afterAll(() => on?.close())

const at = (place: string, more: Record<string, string> = {}) => ({
  version: '2021-07-28',
  'x-groundlevel-place': place,
  ...more,
})
const list = (browser: Browser, locationId: string, headers: Record<string, string>) =>
  browser.send('GET', `/contacts/?locationId=${locationId}`, undefined, headers)
const create = (browser: Browser, locationId: string, headers: Record<string, string>) =>
  browser.send('POST', '/contacts/', { locationId, firstName: 'Ada', email: `${newId(on.clock.now())}@x.example` }, headers)

describe('a signed-in person at the portal', () => {
  test('calls the API as a user of a sub-account, and is named as who changed it', async () => {
    const { status, body } = await create(uma, ownId, at(`location:${ownId}`))
    expect(status).toBe(201)
    const user = (await uma.send('GET', '/users/me', undefined, at(`location:${ownId}`))).body
    expect(user.firstName).toBe('uma')
    expect(body.contact.createdBy).toMatchObject({ source: 'WEB_USER', channel: 'APP', sourceId: user.id })
  })

  test('writes notes in their own name', async () => {
    const { body } = await create(uma, ownId, at(`location:${ownId}`))
    const user = (await uma.send('GET', '/users/me', undefined, at(`location:${ownId}`))).body
    const note = await uma.send('POST', `/contacts/${body.contact.id}/notes`, { body: 'Hello' }, at(`location:${ownId}`))
    expect(note.body.note.userId).toBe(user.id)
  })

  test('acts in every sub-account of an agency that they own, and as the agency', async () => {
    expect((await list(olga, ownId, at(`location:${ownId}`))).status).toBe(200)
    const users = await olga.send('GET', `/users/search?companyId=${companyId}`, undefined, at(`agency:${companyId}`))
    expect([users.status, users.body.count]).toEqual([200, 2])
  })

  test('has a quota of their own in each place, and leaves their account in the log', async () => {
    const before = on.records.length
    const one = await list(uma, ownId, at(`location:${ownId}`))
    const other = await list(olga, ownId, at(`location:${ownId}`))
    expect(Number(one.headers['x-ratelimit-remaining'])).toBeLessThan(100)
    expect(Number(other.headers['x-ratelimit-daily-remaining'])).toBeGreaterThan(199_900)
    const { account } = (await uma.send('GET', '/_ground/session')).body
    expect(on.records[before]).toMatchObject({ accountId: account.id, locationId: ownId, appId: null })
    expect(JSON.stringify(on.records[before])).toContain('"x-groundlevel-place"')
  })

  test('gets a reply that no other origin may read and nothing may keep', async () => {
    const { headers } = await list(uma, ownId, at(`location:${ownId}`))
    expect(headers['access-control-allow-origin']).toBeUndefined()
    expect(headers['cache-control']).toBe('no-store')
    expect((await list(uma, ownId, at(`location:${othersId}`))).headers['access-control-allow-origin']).toBeUndefined()
  })

  test('still says which version they speak', async () => {
    const { status, body } = await list(uma, ownId, { 'x-groundlevel-place': `location:${ownId}` })
    expect([status, body.message]).toEqual([401, 'version header was not found.'])
  })

  test('is not read as a person where the request brings a token', async () => {
    const { status, body } = await list(uma, ownId, at(`location:${ownId}`, { authorization: 'Bearer nonsense' }))
    expect([status, body.message]).toEqual([401, 'Invalid JWT'])
  })
})

describe('what somebody may not', () => {
  const setPermissions = async (permissions: object) => {
    await on.db
      .updateTable('users')
      .set({ permissions: JSON.stringify(permissions) })
      .where('firstName', '=', 'uma')
      .execute()
    on.identity.sessions.forgetEverybody()
  }

  test('follows their permissions at once', async () => {
    await setPermissions({ contactsEnabled: false })
    const refused = await list(uma, ownId, at(`location:${ownId}`))
    expect([refused.status, refused.body.message]).toEqual([401, 'The token is not authorized for this scope.'])
    await setPermissions({ contactsEnabled: true })
    expect((await list(uma, ownId, at(`location:${ownId}`))).status).toBe(200)
  })

  test('is taken from a user who is deleted', async () => {
    const leaver = await placed('leaver')
    expect((await list(leaver, ownId, at(`location:${ownId}`))).status).toBe(200)
    await on.db.updateTable('users').set({ deleted: true }).where('firstName', '=', 'leaver').execute()
    on.identity.sessions.forgetEverybody()
    expect((await list(leaver, ownId, at(`location:${ownId}`))).status).toBe(403)
  })
})

describe('an attack on the session', () => {
  const cases: readonly [string, () => Promise<{ status: number; body: { message: string; traceId: string } }>, number][] = [
    ['without the header of our own pages', () => list(uma, ownId, at(`location:${ownId}`, { 'x-groundlevel': '' })), 403],
    ['by a page of another origin', () => list(uma, ownId, at(`location:${ownId}`, { origin: 'https://evil.example' })), 403],
    ['by a page without an origin', () => list(uma, ownId, at(`location:${ownId}`, { origin: 'null' })), 403],
    ['by another port of this host', () => list(uma, ownId, at(`location:${ownId}`, { origin: 'http://127.0.0.1:666' })), 403],
    ['across sites', () => list(uma, ownId, at(`location:${ownId}`, { 'sec-fetch-site': 'cross-site' })), 403],
    [
      'from the same site but another origin',
      () => list(uma, ownId, at(`location:${ownId}`, { 'sec-fetch-site': 'same-site' })),
      403,
    ],
    ['across sites, writing', () => create(uma, ownId, at(`location:${ownId}`, { 'sec-fetch-site': 'cross-site' })), 403],
    ['by somebody who is signed out', () => list(on.browser(), ownId, at(`location:${ownId}`)), 401],
    [
      'with a cookie that nobody was given',
      async () => {
        const thief = on.browser()
        thief.cookie = `groundlevel=${'A'.repeat(43)}`
        return list(thief, ownId, at(`location:${ownId}`))
      },
      401,
    ],
    ['on another agency’s sub-account, as it', () => list(olga, othersId, at(`location:${othersId}`)), 403],
    ['on another agency’s sub-account, from their own', () => list(olga, othersId, at(`location:${ownId}`)), 403],
    [
      'on another agency',
      () => olga.send('GET', `/users/search?companyId=${on.companyId}`, undefined, at(`agency:${on.companyId}`)),
      403,
    ],
    [
      'on the agency by a user of a sub-account',
      () => uma.send('GET', `/users/search?companyId=${companyId}`, undefined, at(`agency:${companyId}`)),
      403,
    ],
    ['on a sub-account that is not there', () => list(olga, 'nowhere', at('location:nowhere')), 403],
    ['on a place of no kind', () => list(olga, ownId, at(`developer:${ownId}`)), 403],
    [
      'by a developer who is nobody’s user',
      async () => list(await on.developer(`dev${newId(on.clock.now())}`), ownId, at(`location:${ownId}`)),
      403,
    ],
    ['with a place too long to be one', () => list(olga, ownId, at(`location:${'x'.repeat(5000)}`)), 403],
  ]

  test.each(cases)('%s is refused in the wire’s shape', async (_name, attack, expected) => {
    const { status, body } = await attack()
    expect(status).toBe(expected)
    expect(body).toMatchObject({
      statusCode: expected,
      message: expect.any(String),
      traceId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
  })

  test('reaches no contact of another sub-account by its id', async () => {
    const { body } = await on.call('POST', '/contacts/', { body: { locationId: othersId, firstName: 'Theirs' } })
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const answer = await olga.send(
        method,
        `/contacts/${body.contact.id}`,
        method === 'PUT' ? { firstName: 'x' } : undefined,
        at(`location:${ownId}`),
      )
      expect(answer.status, method).toBe(400)
    }
  })

  test('grants no preflight the headers of our own pages', async () => {
    const { headers } = await on.app.inject({ method: 'OPTIONS', url: '/contacts/' })
    expect(String(headers['access-control-allow-headers'])).not.toMatch(/groundlevel/i)
    expect(headers['access-control-allow-credentials']).toBeUndefined()
  })
})
