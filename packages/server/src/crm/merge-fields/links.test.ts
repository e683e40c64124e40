import { afterAll, beforeAll, expect, test } from 'vitest'
import { callApi } from '../../testing/oauth-browser.js'
import { type OAuthWorld, oauthWorld } from '../../testing/oauth-world.js'

let world: OAuthWorld

beforeAll(async () => {
  world = await oauthWorld()
})
afterAll(() => world?.close())

test('in the whole product a trigger link in a text becomes its address', async () => {
  const locationId = world.north.locations[0] ?? ''
  const scopes = ['links.write', 'locations/templates.readonly']
  const grant = { companyId: world.north.id, locationId, name: 'test', scopes, now: world.clock.now() }
  const { token } = await world.oauth.createPrivateToken(world.db, grant)
  const fields = { locationId, name: 'Offer', redirectTo: 'https://shop.example' }
  const { link } = (await callApi(world, token, 'POST', '/links/', fields)).json()
  const reply = await callApi(world, token, 'POST', '/_ground/templates/preview', { locationId, body: `Look: ${link.fieldKey}` })
  expect(reply.json()).toMatchObject({ body: `Look: ${world.publicUrl}/_ground/l/${link.id}`, unknown: [] })
})
