import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserOf, callApi, clientFields, exchange, refresh } from '../../testing/oauth-browser.js'
import { type OAuthWorld, oauthWorld, type TestApp } from '../../testing/oauth-world.js'

let world: OAuthWorld
let app: TestApp

beforeAll(async () => {
  world = await oauthWorld()
  app = await world.newApp()
})
afterAll(() => world.close())

const codeFor = async (more: Record<string, string> = {}, client = app) => {
  const browser = await browserOf(world).signIn(world.north.local)
  return browser.obtainCode(client, { locationIds: [world.north.locations[0] ?? ''] }, more)
}

const pair = async () => (await exchange(world, app, await codeFor())).json()
const worksFor = async (token: string) =>
  (await callApi(world, token, 'GET', `/marketplace/app/${app.id}/installations`)).statusCode

describe('authorization code', () => {
  it('buys a token of the sub-account with the fields that HighLevel sends', async () => {
    const reply = await exchange(world, app, await codeFor())
    expect(reply.statusCode).toBe(200)
    expect(reply.headers['cache-control']).toBe('no-store')
    const body = reply.json()
    expect(body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 86399,
      userType: 'Location',
      companyId: world.north.id,
      locationId: world.north.locations[0],
      userId: world.north.local.userId,
      isBulkInstallation: false,
      scope: app.scopes.join(' '),
    })
    expect(body.refreshTokenId).toMatch(/^[0-9a-f]{24}$/)
    expect(await worksFor(body.access_token)).toBe(200)
  })

  it('is 40 lowercase hexadecimal digits', async () => {
    expect(await codeFor()).toMatch(/^[0-9a-f]{40}$/)
  })

  it('is taken as JSON, in v3 names, and at /OAuth/token', async () => {
    const json = await world.app.inject({
      method: 'POST',
      url: '/OAuth/token',
      payload: { ...clientFields(app), grant_type: 'authorization_code', code: await codeFor(), user_type: 'Location' },
    })
    expect(json.json().access_token).toBeTypeOf('string')
    const v3 = await world.app.inject({
      method: 'POST',
      url: '/oauth/token',
      headers: { version: 'v3' },
      payload: { clientId: app.clientId, clientSecret: app.clientSecret, grantType: 'authorization_code', code: await codeFor() },
    })
    expect(v3.json()).toMatchObject({ tokenType: 'Bearer', expiresIn: 86399, userType: 'Location' })
  })

  it('is redeemed by exactly one of twenty at once, and the nineteen second uses end the grant', async () => {
    const code = await codeFor()
    const replies = await Promise.all(Array.from({ length: 20 }, () => exchange(world, app, code)))
    const won = replies.filter((reply) => reply.statusCode === 200)
    expect(won).toHaveLength(1)
    for (const reply of replies.filter((each) => each.statusCode !== 200)) expect(reply.json().error).toBe('invalid_grant')
    expect(await worksFor(won[0]?.json().access_token)).toBe(401)
    expect((await refresh(world, app, won[0]?.json().refresh_token)).json().error).toBe('invalid_grant')
  })

  it('used twice ends access and refresh token of its first use, and is found in the audit', async () => {
    const code = await codeFor()
    const { access_token, refresh_token } = (await exchange(world, app, code)).json()
    expect(await worksFor(access_token)).toBe(200)
    expect((await exchange(world, app, code)).json()).toMatchObject({ statusCode: 400, error: 'invalid_grant' })
    const dead = await callApi(world, access_token, 'GET', `/marketplace/app/${app.id}/installations`)
    expect([dead.statusCode, dead.json().message]).toEqual([401, 'Invalid JWT'])
    expect((await refresh(world, app, refresh_token)).statusCode).toBe(400)
    const acts = await world.db
      .selectFrom('audit')
      .select('act')
      .where('act', '=', 'oauth.code.reuse')
      .where('appId', '=', app.id)
      .execute()
    expect(acts.length).toBeGreaterThan(0)
  })

  it('survives every failed attempt', async () => {
    const other = await world.newApp()
    const code = await codeFor()
    const attempts = [
      exchange(world, { ...app, clientSecret: 'wrong' }, code),
      exchange(world, other, code),
      exchange(world, app, code, { redirect_uri: `${app.redirectUri}/` }),
      exchange(world, app, code, { code_verifier: 'v'.repeat(43) }),
    ]
    for (const attempt of attempts) expect((await attempt).statusCode).toBeGreaterThanOrEqual(400)
    expect((await exchange(world, app, code, { redirect_uri: app.redirectUri })).statusCode).toBe(200)
  })

  it('is refused from its last moment on', async () => {
    const code = await codeFor()
    world.clock.advance(600_000)
    expect((await exchange(world, app, code)).json().error).toBe('invalid_grant')
    world.clock.advance(-600_000)
    expect((await exchange(world, app, code)).statusCode).toBe(200)
  })

  it('turns the install from waiting to connected at its first exchange', async () => {
    const fresh = await world.newApp()
    const code = await codeFor({}, fresh)
    const state = async () => (await world.installs.ofLocation(fresh.id, world.north.locations[0] ?? ''))?.state
    expect(await state()).toBe('waiting')
    await exchange(world, fresh, code)
    expect(await state()).toBe('connected')
  })
})

describe('PKCE', () => {
  const verifier = randomBytes(32).toString('base64url')
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  const asked = { code_challenge: challenge, code_challenge_method: 'S256' }

  it('lets the right verifier in', async () => {
    expect((await exchange(world, app, await codeFor(asked), { code_verifier: verifier })).statusCode).toBe(200)
  })

  it.each([
    ['no verifier', {}],
    ['an empty one', { code_verifier: '' }],
    ['another one', { code_verifier: 'x'.repeat(43) }],
    ['the challenge itself', { code_verifier: challenge }],
    ['42 characters', { code_verifier: verifier.slice(0, 42) }],
    ['129 characters', { code_verifier: 'a'.repeat(129) }],
    ['a forbidden character', { code_verifier: `${verifier.slice(0, 42)}!` }],
    ['a method of its own', { code_verifier: challenge, code_challenge_method: 'plain', code_challenge: challenge }],
  ])('refuses %s without spending the code', async (_name, more) => {
    const code = await codeFor(asked)
    expect((await exchange(world, app, code, more as Record<string, string>)).json().error).toBe('invalid_grant')
    expect((await exchange(world, app, code, { code_verifier: verifier })).statusCode).toBe(200)
  })

  it('is no cover for a code that was asked for without it (downgrade)', async () => {
    expect((await exchange(world, app, await codeFor(), { code_verifier: verifier })).json().error).toBe('invalid_grant')
  })
})

describe('refresh', () => {
  it('rotates: a new pair, the old refresh token spent', async () => {
    const first = await pair()
    const second = (await refresh(world, app, first.refresh_token)).json()
    expect(second.refresh_token).not.toBe(first.refresh_token)
    expect(second).toMatchObject({
      userType: 'Location',
      companyId: world.north.id,
      locationId: world.north.locations[0],
      expires_in: 86399,
    })
    expect((await refresh(world, app, second.refresh_token)).statusCode).toBe(200)
  })

  it('answers twenty at once with one and the same pair', async () => {
    const { refresh_token } = await pair()
    const replies = await Promise.all(Array.from({ length: 20 }, () => refresh(world, app, refresh_token)))
    expect(replies.map((reply) => reply.statusCode)).toEqual(Array(20).fill(200))
    expect(new Set(replies.map((reply) => reply.json().refresh_token)).size).toBe(1)
    expect(new Set(replies.map((reply) => reply.json().access_token)).size).toBe(1)
    expect((await refresh(world, app, replies[0]?.json().refresh_token)).statusCode).toBe(200)
  })

  it('replays for 30 seconds counted from the first use, then ends the whole grant', async () => {
    const { refresh_token } = await pair()
    const next = (await refresh(world, app, refresh_token)).json()
    world.clock.advance(29_000)
    expect((await refresh(world, app, refresh_token)).json().refresh_token).toBe(next.refresh_token)
    world.clock.advance(2_000)
    expect(await worksFor(next.access_token)).toBe(200)
    expect((await refresh(world, app, refresh_token)).json().error).toBe('invalid_grant')
    expect(await worksFor(next.access_token)).toBe(401)
    expect((await refresh(world, app, next.refresh_token)).json().error).toBe('invalid_grant')
    const audited = await world.db.selectFrom('audit').select('act').where('act', '=', 'oauth.refresh.reuse').execute()
    expect(audited.length).toBeGreaterThan(0)
  })

  it('cannot be used, nor ended, by another client', async () => {
    const other = await world.newApp()
    const { refresh_token } = await pair()
    expect((await refresh(world, other, refresh_token)).json().error).toBe('invalid_grant')
    expect((await refresh(world, app, refresh_token)).statusCode).toBe(200)
  })

  it('narrows the access token on request and keeps what the grant holds', async () => {
    const first = await pair()
    const narrow = (await refresh(world, app, first.refresh_token, { scope: 'contacts.readonly' })).json()
    expect(narrow.scope).toBe('contacts.readonly')
    expect(await worksFor(narrow.access_token)).toBe(401)
    expect((await refresh(world, app, narrow.refresh_token)).json().scope).toBe(first.scope)
  })

  it('refuses more than the grant holds without spending the token', async () => {
    const { refresh_token } = await pair()
    expect((await refresh(world, app, refresh_token, { scope: 'snapshots.write' })).json().error).toBe('invalid_scope')
    expect((await refresh(world, app, refresh_token)).statusCode).toBe(200)
  })

  it('within the grace refuses another scope without ending the grant', async () => {
    const { refresh_token } = await pair()
    const next = (await refresh(world, app, refresh_token)).json()
    expect((await refresh(world, app, refresh_token, { scope: 'contacts.readonly' })).json().error).toBe('invalid_grant')
    expect((await refresh(world, app, next.refresh_token)).statusCode).toBe(200)
  })

  it('says that a paused sub-account is not active, and works again once it is', async () => {
    const { refresh_token } = await pair()
    const locationId = world.north.locations[0] ?? ''
    const set = async (status: 'active' | 'paused') => {
      await world.db.updateTable('locations').set({ status }).where('id', '=', locationId).execute()
      world.identity.forgetLocation(locationId)
    }
    await set('paused')
    const reply = await refresh(world, app, refresh_token)
    expect([reply.statusCode, reply.json().message]).toEqual([400, 'Location is not active'])
    await set('active')
    expect((await refresh(world, app, refresh_token)).statusCode).toBe(200)
  })

  it('dies after a year unused', async () => {
    const { refresh_token } = await pair()
    const yearMs = 365 * 86_400_000
    world.clock.advance(yearMs)
    expect((await refresh(world, app, refresh_token)).json().error).toBe('invalid_grant')
    world.clock.advance(-yearMs)
  })
})
