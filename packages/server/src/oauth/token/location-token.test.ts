import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installerOf } from '../../testing/installer.js'
import { callApi, refresh } from '../../testing/oauth-browser.js'
import { type OAuthWorld, oauthWorld, type TestApp } from '../../testing/oauth-world.js'

let world: OAuthWorld
beforeAll(async () => {
  world = await oauthWorld()
})
afterAll(() => world.close())

const { at, agencyApp, bulk, whole, forLocation } = installerOf(() => world)

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
    const { accessToken, tokenType, userType } = (await ask('/oauth/location-token', 'v3')).json()
    expect([typeof accessToken, tokenType, userType]).toEqual(['string', 'Bearer', 'Location'])
    expect((await ask('/oauth/locationToken', 'v3')).json().message).toContain('not available in API version v3')
  })

  it('is refused alike for a sub-account without the app, of another agency, and none at all', async () => {
    const app = await world.newApp()
    const { access_token } = await bulk(app)
    const texts = await Promise.all(
      [at(2), world.south.locations[0] ?? '', 'nosuchlocation'].map(async (id) => {
        const reply = await forLocation(access_token, id)
        return [reply.statusCode, reply.json().message]
      }),
    )
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
    expect(
      (await callApi(world, token.access_token, 'DELETE', `/marketplace/app/${app.id}/installations`, { locationId: at(0) }))
        .statusCode,
    ).toBe(200)
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
    expect(installed.locations[0]).toMatchObject({
      name: expect.stringContaining('north'),
      isInstalled: true,
      versionId: app.versionId,
      installedAt: expect.stringMatching(/Z$/),
    })
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
    expect(first.metadata).toEqual({ filterApplied: { companyId: world.north.id, appId: app.id }, sortApplied: { name: 'asc' } })
    const second = (await page(`&pageToken=${first.pagination.nextPageToken}`)).json()
    expect(second.pagination).toMatchObject({ hasNextPage: false, hasPrevPage: true, currentPageSize: 1 })
    expect((await page('&pageToken=rubbish')).statusCode).toBe(400)
  })

  it('are told of the own app and the own agency alone', async () => {
    const [app, other] = [await world.newApp(), await world.newApp()]
    const { access_token } = await bulk(app)
    expect((await list(access_token, other)).statusCode).toBe(403)
    const foreign = await callApi(
      world,
      access_token,
      'GET',
      `/oauth/installedLocations?companyId=${world.south.id}&appId=${app.id}`,
    )
    expect(foreign.statusCode).toBe(403)
  })
})
