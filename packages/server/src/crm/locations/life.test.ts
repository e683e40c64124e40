import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { removeDeletedLocations } from '../../protection/index.js'
import { installerOf } from '../../testing/installer.js'
import { browserOf, callApi, exchange, refresh } from '../../testing/oauth-browser.js'
import { type OAuthWorld, oauthWorld } from '../../testing/oauth-world.js'

let world: OAuthWorld
/** A token of the agency itself, with everything. */
let agency: string

beforeAll(async () => {
  world = await oauthWorld()
  agency = await privateToken({})
})
afterAll(() => world?.close())

const { forLocation } = installerOf(() => world)

const privateToken = async (more: { locationId?: string }) => {
  const scopes = ['locations.readonly', 'locations.write', 'contacts.readonly', 'contacts.write']
  const grant = { companyId: world.north.id, name: 'test', scopes, now: world.clock.now(), ...more }
  return (await world.oauth.createPrivateToken(world.db, grant)).token
}

const create = async (name = 'Newcomer') => {
  const reply = await callApi(world, agency, 'POST', '/locations/', { companyId: world.north.id, name })
  expect(reply.statusCode).toBe(200)
  return reply.json().id as string
}
const remove = (id: string) => callApi(world, agency, 'DELETE', `/locations/${id}?deleteTwilioAccount=true`)

const bulk = async (future: boolean) => {
  const app = await world.newApp()
  const browser = await browserOf(world).signIn(world.north.admin)
  const token = (await exchange(world, app, await browser.obtainCode(app, { all: true, future }))).json()
  return { app, token }
}

const eventsOf = (appId: string, type: string) =>
  world.db.selectFrom('events').select(['locationId', 'payload']).where('appId', '=', appId).where('type', '=', type).execute()

describe('a new sub-account', () => {
  test('has the apps whose agency asked for future ones, connected, each told by an INSTALL of its own', async () => {
    const { app, token } = await bulk(true)
    const id = await create()
    const told = (await eventsOf(app.id, 'INSTALL')).filter(({ locationId }) => locationId === id)
    expect(told).toHaveLength(1)
    expect(JSON.parse(told[0]?.payload ?? '{}')).toMatchObject({
      installType: 'Location',
      companyId: world.north.id,
      isBulkInstallation: true,
      installToFutureLocations: true,
    })
    expect(await world.installs.ofLocation(app.id, id)).toMatchObject({ state: 'connected' })
    const exchanged = await forLocation(token.access_token, id)
    expect(exchanged.json()).toMatchObject({ userType: 'Location', locationId: id })
    const url = `/oauth/installedLocations?companyId=${world.north.id}&appId=${app.id}&isInstalled=true&limit=100`
    const { locations } = (await callApi(world, token.access_token, 'GET', url)).json()
    expect(locations.map(({ _id }: { _id: string }) => _id)).toContain(id)
  })

  test('has none of the apps that were chosen for the sub-accounts of then', async () => {
    const { app, token } = await bulk(false)
    const id = await create()
    expect((await eventsOf(app.id, 'INSTALL')).map(({ locationId }) => locationId)).not.toContain(id)
    expect((await forLocation(token.access_token, id)).statusCode).toBe(403)
  })
})

describe('a paused sub-account', () => {
  test('is refused a refresh until it goes on', async () => {
    const id = await create()
    const app = await world.newApp()
    const browser = await browserOf(world).signIn(world.north.admin)
    const pair = (await exchange(world, app, await browser.obtainCode(app, { locationIds: [id] }))).json()
    const set = (status: string) => callApi(world, agency, 'PUT', `/locations/${id}/status`, { status })
    expect((await set('paused')).json()).toMatchObject({ location: { id, status: 'paused' } })
    const refused = await refresh(world, app, pair.refresh_token)
    expect([refused.statusCode, refused.json().message]).toEqual([400, 'Location is not active'])
    await set('active')
    expect((await refresh(world, app, pair.refresh_token)).statusCode).toBe(200)
  })
})

describe('deleting a sub-account', () => {
  test('ends its installs and every token for it, and tells UNINSTALL', async () => {
    const id = await create()
    const { app, token } = await bulk(true)
    const later = await create()
    const mine = (await forLocation(token.access_token, later)).json()
    const own = await privateToken({ locationId: later })
    expect((await callApi(world, own, 'GET', `/locations/${later}`)).statusCode).toBe(200)
    expect((await remove(later)).json()).toMatchObject({ success: true, message: `Deleted location with id: ${later}` })
    expect((await callApi(world, mine.access_token, 'GET', `/contacts/?locationId=${later}`)).statusCode).toBe(401)
    expect((await refresh(world, app, mine.refresh_token)).statusCode).toBe(400)
    expect((await callApi(world, own, 'GET', `/locations/${later}`)).statusCode).toBe(401)
    expect((await eventsOf(app.id, 'UNINSTALL')).map(({ locationId }) => locationId)).toEqual([later])
    expect((await remove(later)).statusCode).toBe(403)
    expect((await callApi(world, agency, 'GET', `/locations/${id}`)).statusCode).toBe(200)
  })

  test('removes everything in it in the background and touches no other', async () => {
    const id = await create()
    const kept = await create('Kept')
    const tokens = [await privateToken({ locationId: id }), await privateToken({ locationId: kept })]
    for (const [index, token] of tokens.entries()) {
      const locationId = [id, kept][index]
      const { contact } = (
        await callApi(world, token, 'POST', '/contacts/', { locationId, firstName: 'Per', tags: ['vip'] })
      ).json()
      const note = await callApi(world, token, 'POST', `/contacts/${contact.id}/notes`, { body: 'remember' })
      expect(note.statusCode).toBe(201)
    }
    await remove(id)
    while ((await world.db.selectFrom('locations').select('id').where('id', '=', id).execute()).length > 0)
      await removeDeletedLocations(world.db)
    for (const table of ['contacts', 'contactNotes', 'contactCounts', 'privateTokens'] as const) {
      const rows = await world.db.selectFrom(table).select('locationId').where('locationId', 'in', [id, kept]).execute()
      expect([...new Set(rows.map(({ locationId }) => locationId))], table).toEqual([kept])
    }
  })
})
