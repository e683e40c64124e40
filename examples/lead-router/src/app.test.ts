import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Answer, type Arrival, foreignHost } from '../../../packages/app-kit/src/testing/host.js'
import { sender, webhookText } from '../../../packages/app-kit/src/testing/sender.js'
import { buildApp } from './app.js'
import { readSettings } from './settings.js'

const { keys, signatures } = sender()
const key = { CLIENT_ID: 'abc123-k1', CLIENT_SECRET: 's1' }

/** HighLevel's host as this app sees it: codes belong to one client id each. */
const codes: Readonly<Record<string, string>> = { 'code-1': 'abc123-k1', 'code-2': 'def456-k2' }

const tokenAnswer = (body: string): Answer => {
  const { code = '', client_id } = Object.fromEntries(new URLSearchParams(body))
  if (codes[code] !== client_id)
    return { status: 400, body: { error: 'invalid_grant', error_description: 'The code is not for this client.' } }
  return {
    body: {
      access_token: `token-${code}`,
      refresh_token: 'r',
      expires_in: 86_399,
      scope: 'contacts.readonly contacts.write',
      userType: 'Location',
      locationId: 'l1',
      companyId: 'co',
    },
  }
}

let tagged: string[]
const answer = ({ method, url, body }: Arrival): Answer => {
  if (url === '/.well-known/webhook-keys') return { body: { keys } }
  if (url === '/oauth/token') return tokenAnswer(body)
  if (url === '/locations/l1') return { body: { location: { id: 'l1', name: 'Harbour Dental' } } }
  if (url === '/contacts/gone') return { status: 400, body: { statusCode: 400, message: 'Contact not found for id:gone' } }
  if (method === 'GET' && url.startsWith('/contacts/')) return { body: { contact: { id: 'c1', tags: tagged } } }
  if (method === 'POST' && url === '/contacts/c1/tags') tagged = [...tagged, 'routed']
  return { body: {} }
}

let host: Awaited<ReturnType<typeof foreignHost>>
let app: FastifyInstance
const start = async (env: Record<string, string> = key) => {
  app = await buildApp(readSettings({ GROUNDLEVEL_URL: host.url, ...env }), () => new Date())
}
beforeEach(async () => {
  tagged = []
  host = await foreignHost(answer)
  await start()
})
afterEach(async () => {
  await app.close()
  await host.stop()
})

const page = async (url = '/') => (await app.inject({ url })).body
const hook = (payload: string, headers: Record<string, string> = signatures(payload)) =>
  app.inject({ method: 'POST', url: '/webhooks', payload, headers: { 'content-type': 'application/json', ...headers } })
const callback = (query: string, cookie = '') => app.inject({ url: `/oauth/callback?${query}`, headers: { cookie } })
const asked = (path: string) => host.arrivals.filter(({ url }) => url === path)
const addKey = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url: '/clients',
    payload: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  })

describe('webhooks', () => {
  it('tag a new contact once, and show what arrived as verified', async () => {
    await callback('code=code-1')
    expect((await hook(webhookText('ContactCreate'))).statusCode).toBe(200)
    expect((await hook(webhookText('ContactCreate'))).statusCode).toBe(200)
    expect(asked('/contacts/c1/tags')).toHaveLength(1)
    expect(asked('/contacts/c1/tags')[0]).toMatchObject({
      body: '{"tags":["routed"]}',
      headers: { authorization: 'Bearer token-code-1' },
    })
    const text = await page('/live')
    expect(text).toContain('✓ verified')
    expect(text).toContain('Tagged “routed”')
    expect(text).toContain('Already tagged “routed”')
    expect(text).not.toContain('not verified')
  })

  it('are taken from an app whose key is not known here, and routed by nobody', async () => {
    expect((await hook(webhookText('ContactCreate', { appId: 'new-app' }))).statusCode).toBe(200)
    expect(await page()).toContain('another app’s, whose key is not known here')
  })

  it.each([
    ['nobody has connected the sub-account', {}, 'is not connected'],
    ['the contact is gone', { id: 'gone' }, 'Contact not found for id:gone'],
  ])('are not asked for again when %s', async (_, more, said) => {
    if ('id' in more) await callback('code=code-1')
    expect((await hook(webhookText('ContactCreate', more))).statusCode).toBe(200)
    expect(await page()).toContain(said)
  })

  it('that do not verify are refused, and what they claim is shown as text', async () => {
    const body = webhookText('<script>alert(1)</script>')
    expect((await hook(body, {})).statusCode).toBe(401)
    const text = await page()
    expect(text).toContain('✗ not verified')
    expect(text).toContain('claims to be &lt;script&gt;')
    expect(text).not.toContain('<script>alert')
    expect((await app.inject('/arrivals')).json()).toMatchObject({ arrivals: [{ verified: false, body }] })
  })

  it('of an uninstall forget the tokens', async () => {
    await callback('code=code-1')
    expect(await page()).toContain('Harbour Dental')
    await hook(webhookText('UNINSTALL', { timestamp: new Date(Date.now() + 1000).toISOString() }))
    expect(await page()).toContain('Nobody has connected yet')
  })
})

describe('connecting', () => {
  const begin = async () => {
    const { headers } = await app.inject('/connect')
    const url = new URL(String(headers.location))
    return { url, state: url.searchParams.get('state') ?? '', cookie: String(headers['set-cookie']).split(';')[0] ?? '' }
  }

  it('goes to the consent page with a state and a challenge, and comes back with tokens', async () => {
    const { url, state, cookie } = await begin()
    expect(url.origin + url.pathname).toBe(`${host.url}/oauth/chooselocation`)
    expect(url.searchParams.get('redirect_uri')).toBe('http://127.0.0.1:4100/oauth/callback')
    expect(url.searchParams.get('code_challenge')).toHaveLength(43)
    const answered = await callback(`code=code-1&state=${state}`, cookie)
    expect(answered.statusCode).toBe(200)
    expect(answered.body).toContain('Connected')
    expect(answered.body).toContain('Harbour Dental')
    expect(asked('/oauth/token')[0]?.body).toContain('code_verifier=')
  })

  it('does not spend a code again when the page is reloaded', async () => {
    const { state, cookie } = await begin()
    const query = `code=code-1&state=${state}`
    const answers = [await callback(query, cookie), await callback(query, cookie)]
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200])
    expect(asked('/oauth/token')).toHaveLength(1)
  })

  it('refuses the state of another browser without asking for tokens', async () => {
    const { state } = await begin()
    const answered = await callback(`code=code-1&state=${state}`, 'browser=other')
    expect(answered.statusCode).toBe(400)
    expect(answered.body).toContain('The state is not the one')
    expect(asked('/oauth/token')).toHaveLength(0)
  })

  it('takes a code pasted by hand for whichever known client it is', async () => {
    await addKey({ clientId: 'def456-k2', clientSecret: 's2' })
    expect((await callback('code=code-1')).body).toContain('Connected')
    expect((await callback('code=code-2')).body).toContain('Connected')
  })

  it('shows a code of an app that it does not know, and exchanges it once it is given the key', async () => {
    const shown = await callback('code=code-2')
    expect(shown.body).toContain('still works')
    expect(shown.body).toContain('<code>code-2</code>')
    const done = await addKey({ name: 'Mine', clientId: 'def456-k2', clientSecret: 's2', code: 'code-2' })
    expect(done.body).toContain('Mine now has tokens')
  })

  it.each([
    ['no code', '', 'Press Connect on the first page'],
    ['a denial', 'error=access_denied&error_description=No+thanks', 'No thanks'],
  ])('says what to do after %s', async (_, query, said) => {
    const answered = await callback(query)
    expect([answered.statusCode, answered.headers['content-type']]).toEqual([400, 'text/html; charset=utf-8'])
    expect(answered.body).toContain(said)
  })
})

describe('keys added on the page', () => {
  it('are refused from another site’s form', async () => {
    expect((await addKey({ clientId: 'a-b', clientSecret: 's' }, { origin: 'http://evil.example' })).statusCode).toBe(403)
    expect(await page()).not.toContain('a-b')
  })

  it('are neither asked for nor taken beside a platform elsewhere', async () => {
    await app.close()
    await start({ ...key, GROUNDLEVEL_URL: 'https://services.example' })
    expect((await addKey({ clientId: 'a-b', clientSecret: 's' })).statusCode).toBe(403)
    expect(await page()).not.toContain('Use another client id')
  })
})

describe('settings', () => {
  it.each([
    [{ PORT: 'x' }, /PORT/],
    [{ GROUNDLEVEL_URL: 'nowhere' }, /GROUNDLEVEL_URL/],
    [{ CLIENT_ID: 'a' }, /both CLIENT_ID and CLIENT_SECRET/],
  ])('%j are refused by name', (env, said) => {
    expect(() => readSettings(env)).toThrow(said)
  })
})
