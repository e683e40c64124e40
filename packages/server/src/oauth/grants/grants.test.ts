import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserOf, callApi, clientFields, exchange, refresh } from '../../testing/oauth-browser.js'
import { type OAuthWorld, oauthWorld, type TestApp } from '../../testing/oauth-world.js'

let world: OAuthWorld
let app: TestApp
let other: TestApp

beforeAll(async () => {
  world = await oauthWorld()
  app = await world.newApp()
  other = await world.newApp()
})
afterAll(() => world.close())

const tokens = async () => {
  const browser = await browserOf(world).signIn(world.north.local)
  const code = await browser.obtainCode(app, { locationIds: [world.north.locations[0] ?? ''] })
  return (await exchange(world, app, code)).json() as { access_token: string; refresh_token: string }
}

const ask = (path: string, token: string, client = app, more: Record<string, string> = {}) =>
  world.app.inject({
    method: 'POST',
    url: `/oauth/${path}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ ...clientFields(client), token, ...more }).toString(),
  })

const isActive = async (token: string, client = app) => (await ask('introspect', token, client)).json().active
const worksFor = async (token: string) =>
  (await callApi(world, token, 'GET', `/marketplace/app/${app.id}/installations`)).statusCode

describe('introspection', () => {
  it('describes an access token to the app that holds it', async () => {
    const { access_token } = await tokens()
    const reply = await ask('introspect', access_token)
    expect(reply.headers['cache-control']).toBe('no-store')
    expect(reply.json()).toMatchObject({
      active: true,
      client_id: app.clientId,
      token_type: 'Bearer',
      sub: `user:${world.north.local.userId}`,
      companyId: world.north.id,
      locationId: world.north.locations[0],
      exp: expect.any(Number),
    })
    expect(reply.json().scope.split(' ').sort()).toEqual([...app.scopes].sort())
  })

  it('says no more than inactive of a foreign, spent, expired or made-up token', async () => {
    const { access_token, refresh_token } = await tokens()
    const inactive = { active: false, traceId: expect.any(String) }
    expect((await ask('introspect', access_token, other)).json()).toEqual(inactive)
    expect((await ask('introspect', refresh_token, other)).json()).toEqual(inactive)
    expect((await ask('introspect', 'nonsense')).json()).toEqual(inactive)
    expect(await isActive(refresh_token)).toBe(true)
    await refresh(world, app, refresh_token)
    expect((await ask('introspect', refresh_token)).json()).toEqual(inactive)
    world.clock.advance(86_400_000)
    expect((await ask('introspect', access_token)).json()).toEqual(inactive)
  })

  it('refuses a caller without the secret of a client', async () => {
    const { access_token } = await tokens()
    const reply = await ask('introspect', access_token, { ...app, clientSecret: 'wrong' })
    expect([reply.statusCode, reply.json().error]).toEqual([401, 'invalid_client'])
  })
})

describe('revocation', () => {
  it('by either token ends access and refresh token, whatever the hint says', async () => {
    for (const kind of ['access_token', 'refresh_token'] as const) {
      const pair = await tokens()
      const hint = { token_type_hint: kind === 'access_token' ? 'refresh_token' : 'access_token' }
      expect((await ask('revoke', pair[kind], app, hint)).statusCode).toBe(200)
      expect(await worksFor(pair.access_token)).toBe(401)
      expect((await refresh(world, app, pair.refresh_token)).json().error).toBe('invalid_grant')
      expect(await isActive(pair.access_token)).toBe(false)
    }
  })

  it('of a foreign or unknown token answers 200 and ends nothing', async () => {
    const { access_token } = await tokens()
    expect((await ask('revoke', access_token, other)).statusCode).toBe(200)
    expect((await ask('revoke', 'nonsense')).statusCode).toBe(200)
    expect(await worksFor(access_token)).toBe(200)
  })

  it('refuses a wrong secret and a missing token', async () => {
    const { access_token } = await tokens()
    expect((await ask('revoke', access_token, { ...app, clientSecret: 'wrong' })).statusCode).toBe(401)
    expect(await worksFor(access_token)).toBe(200)
    expect((await ask('revoke', '')).json().message).toContain('token should not be empty')
  })

  it('racing a refresh leaves no live token behind', async () => {
    const { refresh_token } = await tokens()
    const [won] = await Promise.all([refresh(world, app, refresh_token), ask('revoke', refresh_token)])
    const next = won.json().access_token as string | undefined
    if (next) expect(await worksFor(next)).toBe(401)
    expect((await refresh(world, app, refresh_token)).statusCode).toBe(400)
  })
})
