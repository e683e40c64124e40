import { createHmac, generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newUuid } from '../../ids.js'
import { browserOf, callApi, exchange } from '../../testing/oauth-browser.js'
import { type OAuthWorld, oauthWorld, type TestApp } from '../../testing/oauth-world.js'
import { signAccessToken } from './jwt.js'

let world: OAuthWorld
let app: TestApp
let locationId: string

beforeAll(async () => {
  world = await oauthWorld()
  app = await world.newApp()
  locationId = world.north.locations[0] ?? ''
})
afterAll(() => world.close())

const tokens = async (client = app) => {
  const browser = await browserOf(world).signIn(world.north.local)
  return (await exchange(world, client, await browser.obtainCode(client, { locationIds: [locationId] }))).json()
}
const use = (token: string, client = app) => callApi(world, token, 'GET', `/marketplace/app/${client.id}/installations`)
const part = (token: string, at: number) => JSON.parse(Buffer.from(token.split('.')[at] ?? '', 'base64url').toString())
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

describe('an access token', () => {
  it('carries the claims that HighLevel clients decode and those of RFC 9068', async () => {
    const { access_token } = await tokens()
    expect(part(access_token, 0)).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: world.keys.access.kid })
    const claims = part(access_token, 1)
    expect(claims).toMatchObject({
      authClass: 'Location',
      authClassId: locationId,
      primaryAuthClassId: locationId,
      source: 'INTEGRATION',
      channel: 'OAUTH',
      sourceId: app.clientId,
      oauthMeta: { client: app.id, scopes: app.scopes },
      iss: world.publicUrl,
      aud: world.oauth.audience,
      sub: `user:${world.north.local.userId}`,
      client_id: app.clientId,
    })
    expect(claims.jti).toMatch(/^[0-9a-f]{24}$/)
    expect(claims.exp - claims.iat).toBe(86_399)
    expect(Object.keys(claims)[0]).toBe('jti')
  })

  it('names few scopes in the claim of RFC 9068 as well', async () => {
    const small = await world.newApp({ scopes: ['contacts.readonly', 'contacts.write'] })
    expect(part((await tokens(small)).access_token, 1).scope).toBe('contacts.readonly contacts.write')
  })

  it('fits into the headers of common servers even with every scope there is', async () => {
    expect((await tokens()).access_token.length).toBeLessThan(8_000)
  })

  it('is refused from its last second on, and accepted before', async () => {
    const { access_token } = await tokens()
    const { iat } = part(access_token, 1)
    const at = (seconds: number) => world.clock.advance((iat + seconds) * 1000 - world.clock.now().getTime())
    at(86_398)
    expect((await use(access_token)).statusCode).toBe(200)
    at(86_399)
    const reply = await use(access_token)
    expect([reply.statusCode, reply.json().message]).toEqual([401, 'Invalid JWT'])
    at(0)
  })

  it.each<[string, (token: string) => string]>([
    ['nothing', () => 'x'],
    ['two parts', (token) => token.split('.').slice(0, 2).join('.')],
    ['another signature', (token) => `${token.slice(0, -4)}${token.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`],
    [
      'another payload',
      (token) =>
        [
          token.split('.')[0],
          encode({ ...part(token, 1), oauthMeta: { scopes: ['snapshots.write'] } }),
          token.split('.')[2],
        ].join('.'),
    ],
    ['alg none', (token) => `${encode({ alg: 'none', typ: 'at+jwt' })}.${token.split('.')[1]}.`],
    [
      'alg none with a signature',
      (token) => [encode({ ...part(token, 0), alg: 'none' }), ...token.split('.').slice(1)].join('.'),
    ],
    ['an unknown key', (token) => [encode({ ...part(token, 0), kid: "' or 1=1 --" }), ...token.split('.').slice(1)].join('.')],
    ['the refresh token', () => ''],
  ])('that is %s is Invalid JWT', async (_name, forge) => {
    const made = await tokens()
    const reply = await use(forge(made.access_token) || made.refresh_token)
    expect([reply.statusCode, reply.json().message]).toEqual([401, 'Invalid JWT'])
    expect((await use(made.access_token)).statusCode).toBe(200)
  })

  it('signed with the public key as an HMAC secret is refused', async () => {
    const { access_token } = await tokens()
    const pem = world.keys.accessKeys()[0]?.publicKey.export({ type: 'spki', format: 'pem' }) ?? ''
    const text = `${encode({ ...part(access_token, 0), alg: 'HS256' })}.${access_token.split('.')[1]}`
    expect((await use(`${text}.${createHmac('sha256', pem).update(text).digest('base64url')}`)).statusCode).toBe(401)
  })

  it('signed by a key of its own header is refused', async () => {
    const { access_token } = await tokens()
    const own = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const forged = signAccessToken(
      { ...world.keys, access: { kid: world.keys.access.kid, privateKey: own.privateKey } },
      part(access_token, 1),
    )
    expect((await use(forged)).statusCode).toBe(401)
    const withKey = [
      encode({ ...part(access_token, 0), jwk: own.publicKey.export({ format: 'jwk' }) }),
      ...forged.split('.').slice(1),
    ].join('.')
    expect((await use(withKey)).statusCode).toBe(401)
  })

  it.each([
    ['another audience', { aud: 'urn:groundlevel:other' }],
    ['no known grant', { sid: 'f'.repeat(24) }],
    ['no grant at all', { sid: undefined }],
    ['no end', { exp: undefined }],
  ])('of ours with %s is refused', async (_name, changed) => {
    const { access_token } = await tokens()
    expect((await use(signAccessToken(world.keys, { ...part(access_token, 1), ...changed }))).statusCode).toBe(401)
  })

  it('is judged by the skew of its grant', async () => {
    const { access_token } = await tokens()
    expect((await use(access_token)).statusCode).toBe(200)
    await world.db.updateTable('tokenFamilies').set({ skewMs: 86_400_000 }).where('id', '=', part(access_token, 1).sid).execute()
    world.oauth.forgetTokens()
    expect((await use(access_token)).statusCode).toBe(401)
  })

  it('dies at once when another process revokes its grant', async () => {
    const { access_token } = await tokens()
    expect((await use(access_token)).statusCode).toBe(200)
    const { sid } = part(access_token, 1)
    // As another process would: the table and the announcement, nothing in memory here.
    await world.db.transaction().execute(async (db) => {
      await db
        .updateTable('tokenFamilies')
        .set({ revokedAt: world.clock.now(), revokedBecause: 'elsewhere' })
        .where('id', '=', sid)
        .execute()
      const { familiesOf } = await import('./families.sql.js')
      await familiesOf(db).announce()
    })
    await expect.poll(async () => (await use(access_token)).statusCode).toBe(401)
  })

  it('is remembered: a second use asks the database nothing', async () => {
    const { access_token } = await tokens()
    const first = await world.oauth.authenticate(access_token, world.clock.now())
    expect(await world.oauth.authenticate(access_token, world.clock.now())).toBe(first)
  })
})

describe('a private integration token', () => {
  const make = (scopes: string[], at: string | null = locationId) =>
    world.oauth.createPrivateToken(world.db, {
      name: 'n',
      companyId: world.north.id,
      locationId: at,
      userId: world.north.local.userId,
      scopes,
      now: world.clock.now(),
    })

  it('speaks for its sub-account with its scopes', async () => {
    const { id, token } = await make(['contacts.readonly'])
    expect(token).toMatch(/^pit-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(await world.oauth.authenticate(token, world.clock.now())).toMatchObject({
      actor: 'location',
      source: 'pit',
      locationId,
      companyId: world.north.id,
      tokenId: id,
      scopes: new Set(['contacts.readonly']),
    })
    const reply = await callApi(world, token, 'GET', `/contacts/?locationId=${locationId}`)
    expect(reply.statusCode).toBe(200)
  })

  it('of an agency is an agency’s, and is refused where only OAuth tokens are let in', async () => {
    const { token } = await make(['oauth.write', 'oauth.readonly'], null)
    expect(await world.oauth.authenticate(token, world.clock.now())).toMatchObject({ actor: 'agency' })
    const reply = await callApi(world, token, 'POST', '/oauth/locationToken', { companyId: world.north.id, locationId })
    expect(reply.statusCode).toBe(401)
  })

  it('that does not exist has its own text', async () => {
    const reply = await use(`pit-${newUuid()}`)
    expect([reply.statusCode, reply.json().message]).toEqual([401, 'Invalid Private Integration token'])
  })
})
