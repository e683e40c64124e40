import { describe, expect, expectTypeOf, it } from 'vitest'
import { createOAuth } from '../oauth/oauth.js'
import { memoryStore, type TokenRecord } from '../oauth/tokens.js'
import { foreignHost } from '../testing/host.js'
import { sender, webhookText } from '../testing/sender.js'
import { type AnyEvent, createWebhookReceiver, type ReceiverOptions, type Refused } from './receiver.js'

const { keys, signatures } = sender()

const delivered = (body: string, headers: Record<string, string> = signatures(body)) =>
  new Request('http://127.0.0.1:4100/webhooks', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  })

const receiving = (more: Partial<ReceiverOptions> = {}) => {
  const events: AnyEvent[] = []
  const refused: Refused[] = []
  const receiver = createWebhookReceiver({ keys, ...more })
    .onAny((event) => void events.push(event))
    .onRefused((found) => void refused.push(found))
  return { receiver, events, refused }
}

describe('receiver', () => {
  it('hands a verified event to the handlers of its name, typed, with the exact text', async () => {
    const { receiver } = receiving()
    const seen: unknown[] = []
    receiver.on('ContactCreate', (event, { rawBody, verifiedBy }) => {
      expectTypeOf(event.type).toEqualTypeOf<'ContactCreate'>()
      expectTypeOf(event.tags).toEqualTypeOf<string[]>()
      seen.push(event.id, rawBody, verifiedBy)
    })
    receiver.on('ContactDelete', () => void seen.push('wrong'))
    const body = webhookText('ContactCreate')
    const answer = await receiver.receive(delivered(body))
    expect([answer.status, await answer.json()]).toEqual([200, { received: true }])
    expect(seen).toEqual(['c1', body, ['x-ghl-signature', 'x-wh-signature']])
  })

  it.each([
    ['without a signature', webhookText('ContactCreate'), {}, 401],
    ['with a wrong one', webhookText('ContactCreate'), sender().signatures('x'), 401],
    [
      'that is older than the window',
      webhookText('ContactCreate', { timestamp: new Date(Date.now() - 301_000).toISOString() }),
      undefined,
      400,
    ],
    [
      'that lies ahead of the window',
      webhookText('ContactCreate', { timestamp: new Date(Date.now() + 301_000).toISOString() }),
      undefined,
      400,
    ],
    ['whose timestamp is none', webhookText('ContactCreate', { timestamp: 'yesterday' }), undefined, 400],
    ['without a webhookId', webhookText('ContactCreate', { webhookId: undefined }), undefined, 400],
    ['that is no JSON', 'hello', undefined, 400],
    ['that is a list', '[]', undefined, 400],
    ['of another app', webhookText('ContactCreate', { appId: 'other' }), undefined, 401],
    ['that names no app', webhookText('ContactCreate', { appId: undefined }), undefined, 401],
    ['that is too large', webhookText('ContactCreate', { pad: 'x'.repeat(3000) }), undefined, 413],
  ])('refuses a webhook %s and calls no handler', async (_, body, headers, status) => {
    const { receiver, events, refused } = receiving({ appId: 'abc123', maxBytes: 2000 })
    const answer = await receiver.receive(delivered(body, headers))
    expect(answer.status).toBe(status)
    expect(events).toEqual([])
    expect(refused).toMatchObject([{ status, reason: expect.stringMatching(/\.$/) }])
  })

  it('refuses GET', async () => {
    expect((await receiving().receiver.receive(new Request('http://127.0.0.1/webhooks'))).status).toBe(405)
  })

  it('takes a webhook once, also when both copies arrive together', async () => {
    const { receiver, events } = receiving()
    const body = webhookText('ContactCreate')
    const answers = await Promise.all([receiver.receive(delivered(body)), receiver.receive(delivered(body))])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    const bodies = (await Promise.all(answers.map((answer) => answer.json()))) as { duplicate?: boolean }[]
    expect(bodies.filter(({ duplicate }) => duplicate)).toHaveLength(1)
    expect(events).toHaveLength(1)
  })

  it('answers 500 when a handler fails, and takes the next attempt', async () => {
    const errors: unknown[] = []
    const { receiver } = receiving({ onError: (error) => void errors.push(error) })
    let runs = 0
    receiver.on('ContactCreate', () => {
      runs += 1
      if (runs === 1) throw new Error('database away')
    })
    const body = webhookText('ContactCreate')
    expect((await receiver.receive(delivered(body))).status).toBe(500)
    expect((await receiver.receive(delivered(body))).status).toBe(200)
    expect([runs, errors]).toMatchObject([2, [{ message: 'database away' }]])
  })

  it('remembers a repetition for as long as its timestamp is believed', async () => {
    let now = Date.now()
    const { receiver, events } = receiving({ now: () => now })
    const body = webhookText('ContactCreate', { timestamp: new Date(now + 299_000).toISOString() })
    await receiver.receive(delivered(body))
    now += 598_000
    expect(await (await receiver.receive(delivered(body))).json()).toMatchObject({ duplicate: true })
    expect(events).toHaveLength(1)
  })
})

describe('keys from an address', () => {
  it('are fetched once, and again when a signature does not fit after a minute', async () => {
    const second = sender()
    let served = keys
    let now = Date.now()
    await using host = await foreignHost(() => ({ body: { keys: served } }))
    const { receiver } = receiving({ keys: `${host.url}/.well-known/webhook-keys`, now: () => now })
    const send = (body: string, from = signatures) => receiver.receive(delivered(body, from(body)))
    expect((await send(webhookText('ContactCreate'))).status).toBe(200)
    expect((await send(webhookText('ContactCreate'))).status).toBe(200)
    expect(host.arrivals).toHaveLength(1)
    served = second.keys
    expect((await send(webhookText('ContactCreate'), second.signatures)).status).toBe(401)
    expect(host.arrivals).toHaveLength(1)
    now += 60_000
    expect((await send(webhookText('ContactCreate'), second.signatures)).status).toBe(200)
    expect((await send(webhookText('ContactCreate'))).status).toBe(401)
    expect(host.arrivals).toHaveLength(2)
  })

  it('that cannot be had make it answer 503, so that the sender tries again', async () => {
    await using host = await foreignHost((_, all) => (all.length === 1 ? { status: 500 } : { body: { keys } }))
    const { receiver, events } = receiving({ keys: host.url })
    const body = webhookText('ContactCreate')
    expect((await receiver.receive(delivered(body))).status).toBe(503)
    expect((await receiver.receive(delivered(body))).status).toBe(200)
    expect(events).toHaveLength(1)
  })
})

describe('the token store', () => {
  const record = (more: Partial<TokenRecord>): TokenRecord => ({
    accessToken: 'a',
    obtainedAt: 0,
    expiresAt: Date.now() + 3_600_000,
    scopes: [],
    userType: 'Company',
    companyId: 'co',
    ...more,
  })

  const connected = async (url: string) => {
    const store = memoryStore()
    const oauth = createOAuth({
      clientId: 'abc123-k',
      clientSecret: 's',
      redirectUri: 'http://127.0.0.1/cb',
      baseUrl: url,
      store,
    })
    await store.set('company:co', record({}))
    return { store, oauth, receive: (body: string) => receiving({ oauth }).receiver.receive(delivered(body)) }
  }

  it('gets the sub-account’s tokens on INSTALL', async () => {
    await using host = await foreignHost(() => ({
      body: { access_token: 'loc', locationId: 'l1', companyId: 'co', userType: 'Location' },
    }))
    const { store, receive } = await connected(host.url)
    expect((await receive(webhookText('INSTALL', { companyId: 'co', installType: 'Location' }))).status).toBe(200)
    expect(await store.get('location:l1')).toMatchObject({ accessToken: 'loc' })
  })

  it('forgets a sub-account on UNINSTALL there, and everything on the agency’s', async () => {
    const { store, receive } = await connected('http://127.0.0.1:9')
    await store.set('location:l1', record({ userType: 'Location', locationId: 'l1' }))
    await store.set('location:l2', record({ userType: 'Location', locationId: 'l2' }))
    await receive(webhookText('UNINSTALL', { companyId: 'co' }))
    expect(await store.list?.()).toEqual(['company:co', 'location:l2'])
    await receive(webhookText('UNINSTALL', { locationId: undefined, companyId: 'co' }))
    expect(await store.list?.()).toEqual([])
  })

  it('is left alone by another app’s UNINSTALL and by one that is older than the tokens', async () => {
    const { store, receive } = await connected('http://127.0.0.1:9')
    await store.set('location:l1', record({ userType: 'Location', locationId: 'l1', obtainedAt: Date.now() + 60_000 }))
    await receive(webhookText('UNINSTALL', { appId: 'other' }))
    await receive(webhookText('UNINSTALL'))
    expect(await store.get('location:l1')).toBeDefined()
  })

  it('takes the INSTALL even when the agency’s token is refused', async () => {
    await using host = await foreignHost(() => ({ status: 400, body: { message: 'no' } }))
    const { store, receive } = await connected(host.url)
    expect((await receive(webhookText('INSTALL', { companyId: 'co' }))).status).toBe(200)
    expect(await store.get('location:l1')).toBeUndefined()
  })
})
