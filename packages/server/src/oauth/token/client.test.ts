import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserOf, clientFields, postToken } from '../../testing/oauth-browser.js'
import { type OAuthWorld, oauthWorld, type TestApp } from '../../testing/oauth-world.js'

let world: OAuthWorld
let app: TestApp

beforeAll(async () => {
  world = await oauthWorld()
  app = await world.newApp()
})
afterAll(() => world.close())

const codeFor = async () => {
  const browser = await browserOf(world).signIn(world.north.local)
  return browser.obtainCode(app, { locationIds: world.north.locations.slice(0, 1) })
}

describe('client authentication', () => {
  const basic = (id: string, secret: string) =>
    `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`
  const grant = async () => ({ grant_type: 'authorization_code', code: await codeFor() })

  it('works by header, and a Bearer token beside the body is ignored', async () => {
    expect((await postToken(world, await grant(), { authorization: basic(app.clientId, app.clientSecret) })).statusCode).toBe(200)
    expect(
      (await postToken(world, { ...clientFields(app), ...(await grant()) }, { authorization: 'Bearer pit-x' })).statusCode,
    ).toBe(200)
  })

  it('tells an unknown client and a wrong secret apart in nothing', async () => {
    const wrong = await postToken(world, { ...clientFields(app), client_secret: 'no', ...(await grant()) })
    const unknown = await postToken(world, { client_id: 'no', client_secret: 'no', ...(await grant()) })
    const bare = ({ traceId: _traceId, ...body }: Record<string, unknown>) => body
    expect(wrong.statusCode).toBe(401)
    expect(unknown.statusCode).toBe(401)
    expect(bare(wrong.json())).toEqual(bare(unknown.json()))
    expect(wrong.json()).toMatchObject({ error: 'invalid_client', statusCode: 401 })
    expect(wrong.headers['cache-control']).toBe('no-store')
  })

  it('names the scheme when the header was used', async () => {
    const reply = await postToken(world, await grant(), { authorization: basic(app.clientId, 'no') })
    expect(reply.statusCode).toBe(401)
    expect(reply.headers['www-authenticate']).toMatch(/^Basic realm=/)
  })

  it.each<[string, (fields: Record<string, string>) => [Record<string, string>, Record<string, string>]]>([
    [
      'header and body secret',
      (fields) => [{ ...fields, ...clientFields(app) }, { authorization: basic(app.clientId, app.clientSecret) }],
    ],
    [
      'a header id that differs from the body',
      (fields) => [{ ...fields, client_id: 'other' }, { authorization: basic(app.clientId, app.clientSecret) }],
    ],
    ['broken base64', (fields) => [fields, { authorization: 'Basic %%%' }]],
    ['a header without a colon', (fields) => [fields, { authorization: `Basic ${Buffer.from('abc').toString('base64')}` }]],
    ['no client at all', (fields) => [fields, {}]],
  ])('refuses %s with invalid_request', async (_name, build) => {
    const [fields, headers] = build(await grant())
    const reply = await postToken(world, fields, headers)
    expect([reply.statusCode, reply.json().error]).toEqual([400, 'invalid_request'])
  })

  it('refuses a secret in the address', async () => {
    const reply = await world.app.inject({
      method: 'POST',
      url: `/oauth/token?client_secret=${app.clientSecret}`,
      payload: { ...clientFields(app), ...(await grant()) },
    })
    expect([reply.statusCode, reply.json().message]).toEqual([422, ['property client_secret should not exist']])
  })

  it('asks for the form that it reads where PHP’s curl made a multipart one of a list of fields', async () => {
    const reply = await world.app.inject({
      method: 'POST',
      url: '/oauth/token',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      payload: '--x\r\ncontent-disposition: form-data; name="grant_type"\r\n\r\nrefresh_token\r\n--x--\r\n',
    })
    expect([reply.statusCode, reply.json().message]).toEqual([
      415,
      'Unsupported Media Type: send application/x-www-form-urlencoded.',
    ])
  })

  it('says 422 for a grant type that is none, and that client_credentials is not offered', async () => {
    const none = await postToken(world, clientFields(app))
    expect(none.statusCode).toBe(422)
    expect(none.json().message).toContain('grant_type must be a valid enum value')
    const later = await postToken(world, { ...clientFields(app), grant_type: 'client_credentials' })
    expect([later.statusCode, later.json().error]).toEqual([400, 'unsupported_grant_type'])
  })
})
