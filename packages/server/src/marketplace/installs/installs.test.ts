import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installerOf } from '../../testing/installer.js'
import { browserOf, callApi, exchange, refresh } from '../../testing/oauth-browser.js'
import { type OAuthWorld, oauthWorld } from '../../testing/oauth-world.js'

let world: OAuthWorld
beforeAll(async () => {
  world = await oauthWorld()
})
afterAll(() => world.close())

const { at, agencyApp, bulk, local, whole, forLocation } = installerOf(() => world)

const eventsOf = (appId: string, type: string) =>
  world.db
    .selectFrom('events')
    .select(['companyId', 'locationId', 'installId', 'payload'])
    .where('appId', '=', appId)
    .where('type', '=', type)
    .orderBy('seq')
    .execute()

describe('uninstalling', () => {
  it('by the app for its sub-account ends its tokens at once and tells UNINSTALL once', async () => {
    const app = await world.newApp()
    const token = await local(app)
    const url = `/marketplace/app/${app.id}/installations`
    expect((await callApi(world, token.access_token, 'GET', url)).json().installationDetails).toMatchObject({
      companyId: world.north.id,
      locationId: at(0),
      companyName: 'north Agency',
      companyEmail: null,
      companyOwnerFullName: null,
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
      const [reply] = await Promise.all([
        exchange(world, app, code),
        browser.send('DELETE', `/_ground/installs/${install?.installId}`),
      ])
      if (reply.statusCode === 200) {
        expect((await callApi(world, reply.json().access_token, 'GET', `/contacts/?locationId=${at(0)}`)).statusCode).toBe(401)
      }
      const living = await world.db
        .selectFrom('tokenFamilies')
        .select('id')
        .where('appId', '=', app.id)
        .where('revokedAt', 'is', null)
        .execute()
      expect(living).toEqual([])
    }
  })

  it('of a bulk install by the agency ends every sub-account’s part of it', async () => {
    const app = await world.newApp()
    const company = await bulk(app)
    const token = (await forLocation(company.access_token, at(1))).json()
    const reply = await callApi(world, company.access_token, 'DELETE', `/marketplace/app/${app.id}/installations`, {
      companyId: world.north.id,
      reason: 'done',
    })
    expect(reply.statusCode).toBe(200)
    expect(await world.installs.countOfApp(app.id)).toBe(0)
    expect((await callApi(world, token.access_token, 'GET', `/contacts/?locationId=${at(1)}`)).statusCode).toBe(401)
    const told = await eventsOf(app.id, 'UNINSTALL')
    expect(told.map((event) => event.locationId).sort()).toEqual([at(0), at(1), null].sort())
    expect(told.filter((event) => event.locationId === null).map((event) => JSON.parse(event.payload))).toEqual([
      { companyId: world.north.id },
    ])
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
    const remove = async (appId: string, body: object) =>
      (await callApi(world, access_token, 'DELETE', `/marketplace/app/${appId}/installations`, body)).statusCode
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
    const mine = (await admin.send('GET', `/_ground/installs?companyId=${world.north.id}`))
      .json()
      .installs.filter((each: { appId: string }) => each.appId === app.id)
    expect(mine.map((each: { kind: string }) => each.kind).sort()).toEqual(['bulk', 'location', 'location'])
    expect(mine[0]).toMatchObject({ state: 'connected', installedBy: 'north admin' })
    const user = await browserOf(world).signIn(world.north.local)
    const seen = (await user.send('GET', `/_ground/installs?locationId=${at(0)}`))
      .json()
      .installs.filter((each: { appId: string }) => each.appId === app.id)
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
    const mine = (rows: readonly { appId: string; kind: string }[]) =>
      rows
        .filter((row) => [app.id, agency.id].includes(row.appId))
        .map((row) => row.kind)
        .sort()
    expect(mine(await world.installs.installsFor({ companyId: world.north.id, locationId: at(0) }))).toEqual([
      'agency',
      'location',
    ])
    expect(mine(await world.installs.installsFor({ companyId: world.north.id, locationId: at(2) }))).toEqual(['agency'])
    expect(
      mine(await world.installs.installsFor({ companyId: world.south.id, locationId: world.south.locations[0] ?? '' })),
    ).toEqual([])
    expect(await world.installs.installsFor({ companyId: world.north.id, locationId: at(0), appId: app.id })).toHaveLength(1)
  })
})
