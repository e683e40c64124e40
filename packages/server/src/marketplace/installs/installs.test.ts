import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserOf, callApi, exchange, refresh } from '../../testing/oauth-browser.js'
import { type OAuthWorld, oauthWorld, type TestApp } from '../../testing/oauth-world.js'

let world: OAuthWorld
beforeAll(async () => {
  world = await oauthWorld()
})
afterAll(() => world.close())

const at = (index: number) => world.north.locations[index] ?? ''

const bulk = async (app: TestApp, locationIds = world.north.locations.slice(0, 2)) => {
  const browser = await browserOf(world).signIn(world.north.admin)
  return (await exchange(world, app, await browser.obtainCode(app, { locationIds }))).json()
}
const local = async (app: TestApp) => {
  const browser = await browserOf(world).signIn(world.north.local)
  return (await exchange(world, app, await browser.obtainCode(app, { locationIds: [at(0)] }))).json()
}
const forLocation = (token: string, locationId: string, companyId = world.north.id) =>
  callApi(world, token, 'POST', '/oauth/locationToken', { companyId, locationId })
const agencyApp = () =>
  world.newApp({ targetUser: 'company', whoCanInstall: 'agency', scopes: ['oauth.readonly', 'oauth.write', 'contacts.readonly', 'companies.readonly', 'marketplace-installer-details.readonly'] })
const whole = async (app: TestApp) => {
  const browser = await browserOf(world).signIn(world.north.owner)
  return (await exchange(world, app, await browser.obtainCode(app, { companyId: world.north.id }))).json()
}
const eventsOf = (appId: string, type: string) =>
  world.db.selectFrom('events').select(['companyId', 'locationId', 'installId', 'payload']).where('appId', '=', appId).where('type', '=', type).orderBy('seq').execute()

describe('a location token', () => {
  it('comes out of a bulk install for its sub-accounts, with all that the official client needs', async () => {
    const app = await world.newApp()
    const company = await bulk(app)
    const reply = await forLocation(company.access_token, at(1))
    expect(reply.statusCode).toBe(200)
    expect(reply.headers['cache-control']).toBe('no-store')
    const token = reply.json()
    expect(token).toMatchObject({
      userType: 'Location',
      companyId: world.north.id,
      locationId: at(1),
      userId: world.north.admin.userId,
      appId: app.id,
      versionId: app.versionId,
      token_type: 'Bearer',
      expires_in: 86_399,
    })
    expect(token.traceId).toBeTypeOf('string')
    expect((await callApi(world, token.access_token, 'GET', `/contacts/?locationId=${at(1)}`)).statusCode).toBe(200)
    const wrong = await callApi(world, token.access_token, 'GET', `/contacts/?locationId=${at(0)}`)
    expect([wrong.statusCode, wrong.json().message]).toEqual([403, 'The token does not have access to this location.'])
    expect((await refresh(world, app, token.refresh_token)).json()).toMatchObject({ userType: 'Location', locationId: at(1) })
  })

  it('is asked for as a form, and under its v3 path, too', async () => {
    const app = await world.newApp()
    const { access_token } = await bulk(app)
    const ask = (url: string, version: string) =>
      world.app.inject({
        method: 'POST',
        url,
        headers: { authorization: `Bearer ${access_token}`, version, 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({ companyId: world.north.id, locationId: at(0) }).toString(),
      })
    expect((await ask('/oauth/locationToken', '2023-02-21')).statusCode).toBe(200)
    expect((await ask('/oauth/location-token', 'v3')).statusCode).toBe(200)
    expect((await ask('/oauth/locationToken', 'v3')).json().message).toContain('not available in API version v3')
  })

  it('is refused alike for a sub-account without the app, of another agency, and none at all', async () => {
    const app = await world.newApp()
    const { access_token } = await bulk(app)
    const texts = await Promise.all([at(2), world.south.locations[0] ?? '', 'nosuchlocation'].map(async (id) => {
      const reply = await forLocation(access_token, id)
      return [reply.statusCode, reply.json().message]
    }))
    expect(texts).toEqual(Array(3).fill([403, 'The token does not have access to this location.']))
    expect((await forLocation(access_token, at(0), world.south.id)).statusCode).toBe(403)
  })

  it('reaches every sub-account where the app was added for the whole agency, without what only agencies grant', async () => {
    const app = await agencyApp()
    const { access_token } = await whole(app)
    for (const id of world.north.locations) expect((await forLocation(access_token, id)).json()).toMatchObject({ locationId: id })
    expect((await forLocation(access_token, at(0))).json().scope.split(' ')).not.toContain('companies.readonly')
  })

  it('outlives its agency’s token but not its install', async () => {
    const app = await world.newApp()
    const company = await bulk(app)
    const token = (await forLocation(company.access_token, at(0))).json()
    const works = async () => (await callApi(world, token.access_token, 'GET', `/contacts/?locationId=${at(0)}`)).statusCode
    const { sid } = JSON.parse(Buffer.from(company.access_token.split('.')[1], 'base64url').toString())
    await world.oauth.revoke.family(world.db, sid, 'test', { now: world.clock.now(), traceId: null, act: 'test.revoke' })
    expect((await forLocation(company.access_token, at(0))).statusCode).toBe(401)
    expect(await works()).toBe(200)
    expect((await callApi(world, token.access_token, 'DELETE', `/marketplace/app/${app.id}/installations`, { locationId: at(0) })).statusCode).toBe(200)
    expect(await works()).toBe(401)
  })
})

describe('installed locations', () => {
  const list = async (token: string, app: TestApp, more = '') =>
    (await callApi(world, token, 'GET', `/oauth/installedLocations?companyId=${world.north.id}&appId=${app.id}${more}`)).json()
  const ids = (reply: { locations: { _id: string }[] }) => reply.locations.map((each) => each._id).sort()

  it('are those of the bulk install, filtered, searched and paged', async () => {
    const app = await world.newApp()
    const { access_token } = await bulk(app)
    const all = await list(access_token, app)
    expect(all.count).toBe(3)
    expect(all.locations.filter((each: { isInstalled: boolean }) => each.isInstalled)).toHaveLength(2)
    const installed = await list(access_token, app, '&isInstalled=true')
    expect(ids(installed)).toEqual([at(0), at(1)].sort())
    expect(installed.locations[0]).toMatchObject({ name: expect.stringContaining('north'), isInstalled: true, versionId: app.versionId, installedAt: expect.stringMatching(/Z$/) })
    expect(ids(await list(access_token, app, '&isInstalled=false'))).toEqual([at(2)])
    expect(ids(await list(access_token, app, '&query=denver'))).toEqual([at(1)])
    expect(ids(await list(access_token, app, `&locationId=${at(2)}&isInstalled=true`))).toEqual([])
    expect((await list(access_token, app, '&isInstalled=true&skip=1&limit=1')).locations).toHaveLength(1)
    expect(ids(await list(access_token, app, `&versionId=${'0'.repeat(24)}`))).toEqual([])
    expect(await list(access_token, app, '&onTrial=true')).toMatchObject({ count: 0 })
  })

  it('are paged by token under v3', async () => {
    const app = await world.newApp()
    const { access_token } = await bulk(app)
    const page = async (more: string) =>
      world.app.inject({
        method: 'GET',
        url: `/oauth/installed-locations?companyId=${world.north.id}&appId=${app.id}&pageSize=2${more}`,
        headers: { authorization: `Bearer ${access_token}`, version: 'v3' },
      })
    const first = (await page('')).json()
    expect(first.pagination).toMatchObject({ totalRecords: 3, hasNextPage: true, hasPrevPage: false, currentPageSize: 2 })
    const second = (await page(`&pageToken=${first.pagination.nextPageToken}`)).json()
    expect(second.pagination).toMatchObject({ hasNextPage: false, hasPrevPage: true, currentPageSize: 1 })
    expect((await page('&pageToken=rubbish')).statusCode).toBe(400)
  })

  it('are told of the own app and the own agency alone', async () => {
    const [app, other] = [await world.newApp(), await world.newApp()]
    const { access_token } = await bulk(app)
    expect((await list(access_token, other)).statusCode).toBe(403)
    const foreign = await callApi(world, access_token, 'GET', `/oauth/installedLocations?companyId=${world.south.id}&appId=${app.id}`)
    expect(foreign.statusCode).toBe(403)
  })
})

describe('uninstalling', () => {
  it('by the app for its sub-account ends its tokens at once and tells UNINSTALL once', async () => {
    const app = await world.newApp()
    const token = await local(app)
    const url = `/marketplace/app/${app.id}/installations`
    expect((await callApi(world, token.access_token, 'GET', url)).json().installationDetails).toMatchObject({
      companyId: world.north.id,
      locationId: at(0),
      companyName: 'north Agency',
      companyOwnerFullName: 'north owner',
      userId: world.north.local.userId,
    })
    expect((await callApi(world, token.access_token, 'DELETE', url, {})).json()).toMatchObject({ success: true })
    expect((await callApi(world, token.access_token, 'GET', url)).statusCode).toBe(401)
    expect((await refresh(world, app, token.refresh_token)).json().error).toBe('invalid_grant')
    const told = await eventsOf(app.id, 'UNINSTALL')
    expect(told).toMatchObject([{ companyId: world.north.id, locationId: at(0) }])
  })

  it('kills a code that was not yet exchanged', async () => {
    const app = await world.newApp()
    const browser = await browserOf(world).signIn(world.north.local)
    const code = await browser.obtainCode(app, { locationIds: [at(0)] })
    const install = await world.installs.ofLocation(app.id, at(0))
    expect((await browser.send('DELETE', `/_ground/installs/${install?.installId}`)).json()).toMatchObject({ succeeded: true })
    expect((await exchange(world, app, code)).json().error).toBe('invalid_grant')
  })

  it('racing with exchanges leaves no living token', async () => {
    for (let round = 0; round < 10; round++) {
      const app = await world.newApp()
      const browser = await browserOf(world).signIn(world.north.local)
      const code = await browser.obtainCode(app, { locationIds: [at(0)] })
      const install = await world.installs.ofLocation(app.id, at(0))
      const [reply] = await Promise.all([exchange(world, app, code), browser.send('DELETE', `/_ground/installs/${install?.installId}`)])
      if (reply.statusCode === 200) {
        expect((await callApi(world, reply.json().access_token, 'GET', `/contacts/?locationId=${at(0)}`)).statusCode).toBe(401)
      }
      const living = await world.db.selectFrom('tokenFamilies').select('id').where('appId', '=', app.id).where('revokedAt', 'is', null).execute()
      expect(living).toEqual([])
    }
  })

  it('of a bulk install by the agency ends every sub-account’s part of it', async () => {
    const app = await world.newApp()
    const company = await bulk(app)
    const token = (await forLocation(company.access_token, at(1))).json()
    const reply = await callApi(world, company.access_token, 'DELETE', `/marketplace/app/${app.id}/installations`, { companyId: world.north.id, reason: 'done' })
    expect(reply.statusCode).toBe(200)
    expect(await world.installs.countOfApp(app.id)).toBe(0)
    expect((await callApi(world, token.access_token, 'GET', `/contacts/?locationId=${at(1)}`)).statusCode).toBe(401)
    const told = await eventsOf(app.id, 'UNINSTALL')
    expect(told.map((event) => event.locationId).sort()).toEqual([at(0), at(1), null].sort())
    expect(told.filter((event) => event.locationId === null).map((event) => JSON.parse(event.payload))).toEqual([{ companyId: world.north.id }])
  })

  it('and adding again makes a new install, and revives no old token', async () => {
    const app = await world.newApp()
    const before = await local(app)
    const old = await world.installs.ofLocation(app.id, at(0))
    await callApi(world, before.access_token, 'DELETE', `/marketplace/app/${app.id}/installations`, {})
    const after = await local(app)
    expect((await world.installs.ofLocation(app.id, at(0)))?.installId).not.toBe(old?.installId)
    expect((await refresh(world, app, before.refresh_token)).statusCode).toBe(400)
    expect((await refresh(world, app, after.refresh_token)).statusCode).toBe(200)
    expect(await eventsOf(app.id, 'INSTALL')).toHaveLength(2)
  })

  it('is refused for another app, another sub-account and another agency', async () => {
    const [app, other] = [await world.newApp(), await world.newApp()]
    const { access_token } = await local(app)
    const remove = async (appId: string, body: object) => (await callApi(world, access_token, 'DELETE', `/marketplace/app/${appId}/installations`, body)).statusCode
    expect(await remove(other.id, {})).toBe(403)
    expect(await remove(app.id, { locationId: at(1) })).toBe(403)
    expect(await remove(app.id, { companyId: world.south.id })).toBe(403)
    expect(await remove(app.id, { locationId: at(0) })).toBe(200)
  })
})

describe('the portal', () => {
  it('lists installs to the agency and to the sub-account, and to nobody else', async () => {
    const app = await world.newApp()
    await bulk(app)
    const admin = await browserOf(world).signIn(world.north.admin)
    const mine = (await admin.send('GET', `/_ground/installs?companyId=${world.north.id}`)).json().installs.filter((each: { appId: string }) => each.appId === app.id)
    expect(mine.map((each: { kind: string }) => each.kind).sort()).toEqual(['bulk', 'location', 'location'])
    expect(mine[0]).toMatchObject({ state: 'connected', installedBy: 'north admin' })
    const user = await browserOf(world).signIn(world.north.local)
    const seen = (await user.send('GET', `/_ground/installs?locationId=${at(0)}`)).json().installs.filter((each: { appId: string }) => each.appId === app.id)
    expect(seen).toMatchObject([{ kind: 'location', locationId: at(0), locationName: 'north Portland' }])
    const stranger = await browserOf(world).signIn(world.south.owner)
    for (const query of [`companyId=${world.north.id}`, `locationId=${at(0)}`]) {
      expect((await stranger.send('GET', `/_ground/installs?${query}`)).statusCode).toBe(400)
    }
    expect((await stranger.send('DELETE', `/_ground/installs/${mine[0].id}`)).statusCode).toBe(400)
    expect((await user.send('DELETE', `/_ground/installs/${seen[0].id}`)).statusCode).toBe(200)
  })

  it('lets a sub-account’s user remove nothing that the whole agency has', async () => {
    const app = await agencyApp()
    await whole(app)
    const install = await world.installs.ofCompany(app.id, world.north.id)
    const user = await browserOf(world).signIn(world.north.local)
    expect((await user.send('DELETE', `/_ground/installs/${install?.installId}`)).statusCode).toBeGreaterThanOrEqual(400)
    expect(await world.installs.liveInstall(install?.installId ?? '')).toBeDefined()
  })

  it('shows an agency its sub-accounts with their apps and contacts', async () => {
    const admin = await browserOf(world).signIn(world.south.admin)
    const reply = (await admin.send('GET', `/_ground/agencies/${world.south.id}/locations?query=austin`)).json()
    expect(reply).toMatchObject({ total: 1, locations: [{ city: 'Austin', appCount: 0, contactCount: 0 }] })
    expect((await admin.send('GET', `/_ground/agencies/${world.north.id}/locations`)).statusCode).toBe(400)
  })
})

describe('an event of a tenant', () => {
  it('concerns the sub-account’s own install before the agency’s, one an app, and never the bulk parent', async () => {
    const [app, agency] = [await world.newApp(), await agencyApp()]
    await bulk(app)
    await whole(agency)
    const mine = (rows: readonly { appId: string; kind: string }[]) => rows.filter((row) => [app.id, agency.id].includes(row.appId)).map((row) => row.kind).sort()
    expect(mine(await world.installs.installsFor({ companyId: world.north.id, locationId: at(0) }))).toEqual(['agency', 'location'])
    expect(mine(await world.installs.installsFor({ companyId: world.north.id, locationId: at(2) }))).toEqual(['agency'])
    expect(mine(await world.installs.installsFor({ companyId: world.south.id, locationId: world.south.locations[0] ?? '' }))).toEqual([])
    expect(await world.installs.installsFor({ companyId: world.north.id, locationId: at(0), appId: app.id })).toHaveLength(1)
  })
})
