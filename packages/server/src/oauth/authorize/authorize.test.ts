import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserOf } from '../../testing/oauth-browser.js'
import { type OAuthWorld, oauthWorld, type TestApp } from '../../testing/oauth-world.js'

const registered = 'https://app.example:8443/oauth/callback/gohighlevel?tenant=a%2Fb'

let world: OAuthWorld
let app: TestApp
let strict: TestApp

beforeAll(async () => {
  world = await oauthWorld()
  app = await world.newApp({ redirectUris: [registered, 'http://127.0.0.1:4100/oauth/callback'] })
  strict = await world.newApp({ requirePkce: true })
})
afterAll(() => world.close())

const query = (fields: Record<string, string>) => new URLSearchParams(fields).toString()
const base = () => ({ response_type: 'code', client_id: app.clientId, redirect_uri: registered })
const open = (text: string, path?: string) => browserOf(world).open(text, path)

const errorOf = (location: string) => {
  const url = new URL(location)
  return { at: `${url.origin}${url.pathname}`, ...Object.fromEntries(url.searchParams) }
}

describe('an address that is not registered, byte for byte, is shown to nobody but the browser', () => {
  const mutations = [
    'https://app.example:8443/oauth/callback/gohighlevel',
    `${registered}/`,
    `${registered}&x=1`,
    `${registered}#`,
    `${registered}#code`,
    `${registered} `,
    ` ${registered}`,
    `${registered}%20`,
    `${registered}\t`,
    `${registered}\n`,
    `${registered}\u0000`,
    'https://app.example:8443/oauth/callback/gohighlevel?tenant=a/b',
    'https://app.example:8443/oauth/callback/gohighlevel?tenant=a%2fb',
    'https://app.example:8443/oauth/callback/gohighlevel/?tenant=a%2Fb',
    'https://app.example:8443/oauth/callback/GoHighLevel?tenant=a%2Fb',
    'https://app.example:8443/OAuth/callback/gohighlevel?tenant=a%2Fb',
    'https://app.example:8443/oauth/callback/%67ohighlevel?tenant=a%2Fb',
    'https://app.example:8443/oauth/callback/x/../gohighlevel?tenant=a%2Fb',
    'https://app.example:8443/oauth/callback/./gohighlevel?tenant=a%2Fb',
    'https://app.example:8443/oauth/callback/%2e%2e/gohighlevel?tenant=a%2Fb',
    'https://app.example:8443//oauth/callback/gohighlevel?tenant=a%2Fb',
    'https://app.example:8443/oauth/callback\\gohighlevel?tenant=a%2Fb',
    'https://app.example/oauth/callback/gohighlevel?tenant=a%2Fb',
    'https://app.example:443/oauth/callback/gohighlevel?tenant=a%2Fb',
    'https://app.example:8444/oauth/callback/gohighlevel?tenant=a%2Fb',
    'http://app.example:8443/oauth/callback/gohighlevel?tenant=a%2Fb',
    'HTTPS://app.example:8443/oauth/callback/gohighlevel?tenant=a%2Fb',
    'https://APP.example:8443/oauth/callback/gohighlevel?tenant=a%2Fb',
    'https://app.example.:8443/oauth/callback/gohighlevel?tenant=a%2Fb',
    'https://evil.app.example:8443/oauth/callback/gohighlevel?tenant=a%2Fb',
    'https://app.example.evil:8443/oauth/callback/gohighlevel?tenant=a%2Fb',
    'https://app.example@evil.example/oauth/callback/gohighlevel?tenant=a%2Fb',
    'https://user@app.example:8443/oauth/callback/gohighlevel?tenant=a%2Fb',
    'https://user:pw@app.example:8443/oauth/callback/gohighlevel?tenant=a%2Fb',
    'https://evil.example/#https://app.example:8443/oauth/callback/gohighlevel?tenant=a%2Fb',
    'https://evil.example?https://app.example:8443/oauth/callback/gohighlevel',
    '//app.example:8443/oauth/callback/gohighlevel?tenant=a%2Fb',
    '/oauth/callback/gohighlevel?tenant=a%2Fb',
    'oauth/callback/gohighlevel',
    'javascript:alert(1)',
    'data:text/html,x',
    'http://localhost:4100/oauth/callback',
    'http://127.0.0.1:51004/oauth/callback',
    'http://127.0.0.1/oauth/callback',
    'http://127.1:4100/oauth/callback',
    'http://[::1]:4100/oauth/callback',
    'http://127.0.0.1:4100/oauth/callback/',
    'https://127.0.0.1:4100/oauth/callback',
    `${registered},http://127.0.0.1:4100/oauth/callback`,
    `${registered} http://127.0.0.1:4100/oauth/callback`,
    'https://app.example:8443/*',
  ]

  it.each(mutations)('%j', async (uri) => {
    const { status, location, html } = await open(query({ ...base(), redirect_uri: uri }))
    expect([status, location]).toEqual([400, ''])
    expect(html).toContain('has not registered')
  })

  it('covers at least forty mutations', () => expect(new Set(mutations).size).toBeGreaterThanOrEqual(40))

  it.each([registered, 'http://127.0.0.1:4100/oauth/callback'])('but %j is accepted', async (uri) => {
    const { status, interaction } = await open(query({ ...base(), redirect_uri: uri }))
    expect(status).toBe(200)
    expect(interaction).toMatch(/^[0-9a-f]{32}$/)
  })

  it('tells the developer why, in the timeline of the app', async () => {
    const fresh = await world.newApp()
    await open(query({ ...base(), client_id: fresh.clientId, redirect_uri: 'https://typo.example/' }))
    await world.flush()
    const rows = await world.db.selectFrom('tokenLog').select(['act', 'ok', 'why']).where('appId', '=', fresh.id).execute()
    expect(rows).toMatchObject([{ act: 'authorize', ok: false }])
    expect(rows[0]?.why).toContain('https://typo.example/')
  })
})

describe('a client that is not proven ends in a page, never in a redirect', () => {
  it.each<[string, () => string]>([
    ['unknown', () => query({ ...base(), client_id: 'f'.repeat(24) })],
    ['of the right form, but nobody’s', () => query({ ...base(), client_id: `${'f'.repeat(24)}-abcdefgh` })],
    ['with a NUL', () => query({ ...base(), client_id: '\u0000' })],
    ['missing', () => query({ response_type: 'code', redirect_uri: registered })],
    ['empty', () => query({ ...base(), client_id: '' })],
    ['sent twice', () => `${query(base())}&client_id=${app.clientId}`],
    ['the app id alone', () => query({ ...base(), client_id: app.id })],
    ['with another case', () => query({ ...base(), client_id: app.clientId.toUpperCase() })],
    ['unknown, with prompt=none', () => query({ ...base(), client_id: 'x', prompt: 'none' })],
    ['right, but redirect_uri sent twice', () => `${query(base())}&redirect_uri=${encodeURIComponent(registered)}`],
    ['right, but redirect_uri broken', () => `${query({ response_type: 'code', client_id: app.clientId })}&redirect_uri=%zz`],
  ])('%s', async (_name, build) => {
    const { status, location, interaction } = await open(build())
    expect([status, location, interaction]).toEqual([400, '', ''])
  })
})

describe('every other error goes back to the client with state and iss', () => {
  it.each<[string, string, () => string]>([
    ['no response_type', 'invalid_request', () => query({ client_id: app.clientId, redirect_uri: registered })],
    ['response_type=token', 'unsupported_response_type', () => query({ ...base(), response_type: 'token' })],
    ['response_type=code token', 'unsupported_response_type', () => query({ ...base(), response_type: 'code token' })],
    ['response_type twice', 'invalid_request', () => `${query(base())}&response_type=code`],
    ['response_mode=fragment', 'invalid_request', () => query({ ...base(), response_mode: 'fragment' })],
    ['scope twice', 'invalid_request', () => `${query(base())}&scope=a&scope=b`],
    ['a broken scope', 'invalid_request', () => `${query(base())}&scope=%zz`],
    ['an unknown scope', 'invalid_scope', () => query({ ...base(), scope: 'contacts.readonly contacts.admin' })],
    ['an unregistered scope', 'invalid_scope', () => query({ ...base(), scope: 'snapshots.write' })],
    [
      'PKCE by plain',
      'invalid_request',
      () => query({ ...base(), code_challenge: 'a'.repeat(43), code_challenge_method: 'plain' }),
    ],
    ['PKCE without a method', 'invalid_request', () => query({ ...base(), code_challenge: 'a'.repeat(43) })],
    ['a method without a challenge', 'invalid_request', () => query({ ...base(), code_challenge_method: 'S256' })],
    [
      'a challenge of 42',
      'invalid_request',
      () => query({ ...base(), code_challenge: 'a'.repeat(42), code_challenge_method: 'S256' }),
    ],
    [
      'a challenge of 129',
      'invalid_request',
      () => query({ ...base(), code_challenge: 'a'.repeat(129), code_challenge_method: 'S256' }),
    ],
    [
      'a challenge with /',
      'invalid_request',
      () => query({ ...base(), code_challenge: `${'a'.repeat(42)}/`, code_challenge_method: 'S256' }),
    ],
    ['a challenge twice', 'invalid_request', () => `${query(base())}&code_challenge=a&code_challenge=b`],
  ])('%s', async (_name, error, build) => {
    const { status, location } = await open(`${build()}&state=s%201`)
    expect(status).toBe(302)
    const answer = errorOf(location) as Record<string, string>
    expect(answer).toMatchObject({
      error,
      state: 's 1',
      iss: world.publicUrl,
      tenant: 'a/b',
      at: 'https://app.example:8443/oauth/callback/gohighlevel',
    })
    expect(answer.error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
  })

  it('demands PKCE where the app does', async () => {
    const asked = { response_type: 'code', client_id: strict.clientId }
    expect(errorOf((await open(query(asked))).location)).toMatchObject({ error: 'invalid_request' })
    const code_challenge = createHash('sha256').update(randomBytes(32)).digest('base64url')
    expect((await open(query({ ...asked, code_challenge, code_challenge_method: 'S256' }))).status).toBe(200)
  })

  it('leaves state out where none was sent, or twice, or too long', async () => {
    for (const more of ['', '&state=', '&state=a&state=b', `&state=${'x'.repeat(2049)}`]) {
      const { location } = await open(`${query({ ...base(), response_type: 'token' })}${more}`)
      expect(new URL(location).searchParams.has('state')).toBe(false)
    }
  })
})

describe('what is asked for', () => {
  const stored = async (text: string, path?: string) => {
    const { interaction, status } = await open(text, path)
    expect(status).toBe(200)
    return world.db.selectFrom('interactions').selectAll().where('id', '=', interaction).executeTakeFirstOrThrow()
  }

  it('may be asked at both paths, with a trailing slash and with parameters that mean nothing here', async () => {
    for (const path of ['/oauth/chooselocation', '/v2/oauth/chooselocation', '/oauth/chooselocation/']) {
      expect((await open(`${query(base())}&version_id=abc&loginWindowOpenMode=self&nonce=1&nonce=2`, path)).status).toBe(200)
    }
  })

  it('is every scope of the version where none is named', async () => {
    expect((await stored(query(base()))).scopes).toEqual(app.scopes)
    expect((await stored(`${query(base())}&scope=`)).scopes).toEqual(app.scopes)
  })

  it.each([
    'contacts.readonly+calendars/events.write',
    'contacts.readonly%20calendars/events.write',
    'contacts.readonly,calendars%2Fevents.write',
    'contacts.readonly%2Ccalendars/events.write,contacts.readonly',
  ])('reads scopes written as %s', async (text) => {
    expect((await stored(`${query(base())}&scope=${text}`)).scopes).toEqual(['contacts.readonly', 'calendars/events.write'])
  })

  it('uses the first registered address where none is named', async () => {
    const row = await stored(query({ response_type: 'code', client_id: app.clientId }))
    expect([row.redirectUri, row.redirectUriGiven]).toEqual([registered, false])
  })

  it.each(['plain', 'a%20b+c', '%F0%9F%98%80', '%FF%00', 'its=&amp', 'x'.repeat(2048), '%E2%82%AC'.repeat(300)])(
    'gives state back byte for byte: %s',
    async (raw) => {
      const state = raw.replaceAll('&', '%26')
      const { location } = await open(`${query({ ...base(), response_type: 'token' })}&state=${state}`)
      expect(location).toContain(`&state=${state}&iss=`)
    },
  )

  it('is refused in a page that nothing in the request can take apart', async () => {
    const plain = await open(query({ ...base(), redirect_uri: 'https://evil.example/' }))
    const nasty = await open(query({ ...base(), redirect_uri: "https://evil.example/$`$'$&$$" }))
    expect(nasty.html.split('<meta')).toHaveLength(plain.html.split('<meta').length)
    expect(nasty.html).toContain('https://evil.example/$`$&#39;$&amp;$$')
  })

  it('is shown in a page that is neither framed, nor indexed, nor kept, and leaks no referrer', async () => {
    const { reply } = await open(query(base()))
    expect(reply.headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(reply.headers).toMatchObject({
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
    expect(reply.headers['x-robots-tag']).toContain('noindex')
    expect(reply.headers['access-control-allow-origin']).toBeUndefined()
    expect(String(reply.headers['set-cookie'])).toMatch(/^groundlevel-browser=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
  })
})
