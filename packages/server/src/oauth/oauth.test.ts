import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import * as oauth from 'oauth4webapi'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserOf, callApi, clientFields, exchange, postToken, refresh } from '../testing/oauth-browser.js'
import { type OAuthWorld, oauthWorld } from '../testing/oauth-world.js'

const publicUrl = 'https://groundlevel.example'

let world: OAuthWorld
beforeAll(async () => {
  world = await oauthWorld(publicUrl)
})
afterAll(() => world.close())

/** Carries a strict client's requests into the server, without a socket. */
const inProcess = async (
  url: string,
  { method = 'GET', headers, body }: { method?: string; headers?: HeadersInit; body?: unknown } = {},
): Promise<Response> => {
  const { pathname, search } = new URL(url)
  const payload = body === undefined || body === null ? undefined : String(body)
  const reply = await world.app.inject({
    method: method as 'GET',
    url: pathname + search,
    headers: Object.fromEntries(new Headers(headers)),
    ...(payload && { payload }),
  })
  const given = Object.entries(reply.headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  )
  return new Response(reply.statusCode === 204 ? null : reply.body, { status: reply.statusCode, headers: given })
}

describe('a strict independent client', () => {
  const issuer = new URL(publicUrl)
  const options = { [oauth.customFetch]: inProcess } as const

  it.each(['client_secret_post', 'client_secret_basic'] as const)(
    'goes the whole way with PKCE, state and iss by %s',
    async (way) => {
      const app = await world.newApp({ scopes: ['contacts.readonly', 'contacts.write'] })
      const server = await oauth.processDiscoveryResponse(
        issuer,
        await oauth.discoveryRequest(issuer, { ...options, algorithm: 'oauth2' }),
      )
      const client: oauth.Client = { client_id: app.clientId }
      const authenticate =
        way === 'client_secret_post' ? oauth.ClientSecretPost(app.clientSecret) : oauth.ClientSecretBasic(app.clientSecret)

      const verifier = oauth.generateRandomCodeVerifier()
      const state = oauth.generateRandomState()
      const asked = new URL(server.authorization_endpoint ?? '')
      for (const [name, value] of Object.entries({
        response_type: 'code',
        client_id: app.clientId,
        redirect_uri: app.redirectUri,
        scope: 'contacts.readonly contacts.write',
        state,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      })) {
        asked.searchParams.set(name, value)
      }
      const browser = await browserOf(world).signIn(world.north.local)
      const { interaction } = await browser.open(asked.search.slice(1))
      const to = (await browser.decide(interaction, { locationIds: world.north.locations.slice(0, 1) })).json().redirectTo

      const answer = oauth.validateAuthResponse(server, client, new URL(to), state)
      const tokenReply = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        authenticate,
        answer,
        app.redirectUri,
        verifier,
        options,
      )
      const first = await oauth.processAuthorizationCodeResponse(server, client, tokenReply)
      expect(first.scope).toBe('contacts.readonly contacts.write')

      const refreshReply = await oauth.refreshTokenGrantRequest(server, client, authenticate, first.refresh_token ?? '', options)
      const second = await oauth.processRefreshTokenResponse(server, client, refreshReply)
      const request = new Request(`${publicUrl}/contacts/`, { headers: { authorization: `Bearer ${second.access_token}` } })
      const claims = await oauth.validateJwtAccessToken(server, request, world.oauth.audience, options)
      expect(claims).toMatchObject({ client_id: app.clientId, authClass: 'Location' })

      const introspect = async () => {
        const reply = await oauth.introspectionRequest(server, client, authenticate, second.access_token, options)
        return oauth.processIntrospectionResponse(server, client, reply)
      }
      expect(await introspect()).toMatchObject({ active: true, client_id: app.clientId })
      await oauth.processRevocationResponse(
        await oauth.revocationRequest(server, client, authenticate, second.refresh_token ?? '', options),
      )
      expect((await introspect()).active).toBe(false)
    },
  )

  it('hears of a denial as the error that it is, from the right issuer', async () => {
    const app = await world.newApp()
    const browser = await browserOf(world).signIn(world.north.local)
    const { interaction } = await browser.authorize(app, { state: 'abc' })
    const to = (await browser.decide(interaction, { action: 'deny' })).json().redirectTo
    const server: oauth.AuthorizationServer = { issuer: publicUrl, authorization_response_iss_parameter_supported: true }
    expect(() => oauth.validateAuthResponse(server, { client_id: app.clientId }, new URL(to), 'abc')).toThrow(
      oauth.AuthorizationResponseError,
    )
  })
})

describe('a server that offers nothing beyond HighLevel', () => {
  let plain: OAuthWorld
  beforeAll(async () => {
    plain = await oauthWorld(publicUrl, 'off')
  })
  afterAll(() => plain?.close())

  it('sends no iss, which a strict client that was told another issuer refuses', async () => {
    const app = await plain.newApp()
    const browser = await browserOf(plain).signIn(plain.north.local)
    const { interaction } = await browser.authorize(app, { state: 'abc' })
    const to = (await browser.decide(interaction, { locationIds: plain.north.locations.slice(0, 1) })).json().redirectTo
    const server: oauth.AuthorizationServer = { issuer: 'https://services.leadconnectorhq.com' }
    const answer = oauth.validateAuthResponse(server, { client_id: app.clientId }, new URL(to), 'abc')
    expect(answer.get('code')).toMatch(/^[0-9a-f]{40}$/)
    const metadata = (await plain.app.inject('/.well-known/oauth-authorization-server')).json()
    expect(metadata.authorization_response_iss_parameter_supported).toBe(false)
  })

  it('names no address at which it answers 404', async () => {
    const metadata = (await plain.app.inject('/.well-known/oauth-authorization-server')).json()
    expect(Object.keys(metadata).filter((name) => /revocation|introspection/.test(name))).toEqual([])
    const { revocation_endpoint, introspection_endpoint } = await (
      await inProcess(`${publicUrl}/.well-known/oauth-authorization-server`)
    ).json()
    expect([revocation_endpoint, introspection_endpoint]).toEqual([`${publicUrl}/oauth/revoke`, `${publicUrl}/oauth/introspect`])
  })
})

describe('metadata', () => {
  it('lists what works and nothing else, and no private part of a key', async () => {
    const metadata = await (await inProcess(`${publicUrl}/.well-known/oauth-authorization-server`)).json()
    expect(metadata).toMatchObject({
      issuer: publicUrl,
      response_types_supported: ['code'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
    })
    expect(metadata).not.toHaveProperty('registration_endpoint')
    const { keys } = await (await inProcess(metadata.jwks_uri)).json()
    expect(keys).toHaveLength(1)
    expect(Object.keys(keys[0]).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
  })
})

describe('over HTTPS', () => {
  it('the browser’s cookie is bound to this very host', async () => {
    const app = await world.newApp()
    const { reply } = await browserOf(world).authorize(app)
    expect(String(reply.headers['set-cookie'])).toMatch(
      /^__Host-groundlevel-browser=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    )
  })
})

describe('every answer of the token endpoint', () => {
  it('is kept by no cache, refusals of every kind included', async () => {
    const app = await world.newApp()
    const replies = [
      await postToken(world, {}),
      await postToken(world, { ...clientFields(app), grant_type: 'authorization_code' }),
      await postToken(world, { ...clientFields(app), grant_type: 'refresh_token', refresh_token: 'x' }),
      await postToken(world, { client_id: 'x', client_secret: 'y', grant_type: 'refresh_token' }),
    ]
    expect(replies.map((reply) => [reply.statusCode, reply.headers['cache-control']])).toEqual([
      [422, 'no-store'],
      [400, 'no-store'],
      [400, 'no-store'],
      [401, 'no-store'],
    ])
  })
})

describe('secrets at rest', () => {
  /** Every row of every table as text: what a dump of the database would show. */
  const dump = async () => {
    const { rows } = await sql<{ name: string }>`select quote_ident(table_name) as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(world.db)
    const texts = await Promise.all(
      rows.map(({ name }) => sql<{ t: string }>`select row_to_json(t)::text as t from ${sql.raw(name)} t`.execute(world.db)),
    )
    return texts.flatMap((table) => table.rows.map((row) => row.t)).join('\n')
  }

  it('no code, token, secret or cookie that was handed out is found in the database, nor in hexadecimal', async () => {
    const app = await world.newApp()
    const browser = await browserOf(world).signIn(world.north.admin)
    const unused = await browser.obtainCode(app, { all: true })
    const code = await browser.obtainCode(app, { all: true })
    const first = (await exchange(world, app, code)).json()
    const second = (await refresh(world, app, first.refresh_token)).json()
    await refresh(world, app, first.refresh_token)
    const body = { companyId: world.north.id, locationId: world.north.locations[0] }
    const located = await world.app.inject({
      method: 'POST',
      url: '/oauth/locationToken',
      headers: {
        authorization: `Bearer ${second.access_token}`,
        'idempotency-key': randomBytes(8).toString('hex'),
        'content-type': 'application/json',
      },
      payload: JSON.stringify(body),
    })
    expect(located.statusCode).toBe(200)
    const { token } = await world.oauth.createPrivateToken(world.db, {
      name: 'n',
      companyId: world.north.id,
      scopes: [],
      now: world.clock.now(),
    })
    await callApi(world, token, 'GET', '/locations/search')
    await world.flush()

    const text = await dump()
    const session = (await world.signIn(world.north.admin)).split('=')[1] ?? ''
    const third = located.json()
    const secrets = [
      unused,
      code,
      app.clientSecret,
      token,
      session,
      ...[first, second, third].flatMap((pair) => [pair.access_token, pair.refresh_token]),
    ]
    expect(secrets.every((secret) => typeof secret === 'string' && secret.length >= 40)).toBe(true)
    for (const secret of secrets) {
      for (const form of [secret, Buffer.from(secret).toString('hex'), secret.split('.').at(-1) ?? ''])
        expect(text.includes(form)).toBe(false)
    }
  })
})

describe('housekeeping', () => {
  it('removes what nobody can use any more, and nothing else', async () => {
    const app = await world.newApp()
    const browser = await browserOf(world).signIn(world.north.local)
    const choice = { locationIds: world.north.locations.slice(0, 1) }
    const first = (await exchange(world, app, await browser.obtainCode(app, choice))).json()
    const second = (await refresh(world, app, first.refresh_token)).json()
    await browser.authorize(app)
    const count = async (table: 'interactions' | 'authorizationCodes' | 'refreshTokens') =>
      Number(
        (
          await world.db
            .selectFrom(table)
            .select((eb) => eb.fn.countAll().as('n'))
            .executeTakeFirstOrThrow()
        ).n,
      )
    const replays = async () =>
      (await world.db.selectFrom('refreshTokens').select('id').where('replay', 'is not', null).execute()).length

    const dayMs = 86_400_000
    const after = (ms: number) => world.oauth.sweep(new Date(world.clock.now().getTime() + ms))
    await after(0)
    expect(await count('interactions')).toBeGreaterThan(0)
    expect(await replays()).toBeGreaterThan(0)
    await after(2 * dayMs)
    expect([await count('interactions'), await replays()]).toEqual([0, 0])
    expect(await count('authorizationCodes')).toBeGreaterThan(0)
    expect((await refresh(world, app, second.refresh_token)).statusCode).toBe(200)
    await after(366 * dayMs)
    expect([await count('authorizationCodes'), await count('refreshTokens')]).toEqual([0, 0])
  })
})
