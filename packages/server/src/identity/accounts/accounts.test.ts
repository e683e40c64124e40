import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setUpCode } from '../../set-up-code.js'
import { type PortalApp, portalApp, testSecret } from '../../testing/portal-app.js'

const dayMs = 86_400_000
const person = { email: 'dana@demo.example', password: 'secret-of-dana', name: 'Dana', role: 'developer' } as const

let on: PortalApp

beforeAll(async () => {
  on = await portalApp({ people: [person] })
})
afterAll(() => on?.close())

const owner = {
  name: 'Olga Owner',
  email: 'olga@agency.example',
  password: 'correct horse',
  companyName: 'Olga & Co',
  locationName: 'First',
}

describe('the first run', () => {
  test('lets exactly one of ten at once become the owner, with agency, sub-account and team', async () => {
    expect((await on.browser().send('GET', '/_ground/session')).body.firstRun).toBe(true)
    const tries = Array.from({ length: 10 }, (_, index) =>
      on.browser().send('POST', '/_ground/accounts/first-run', { ...owner, email: `olga${index}@agency.example` }),
    )
    const replies = await Promise.all(tries)
    const won = replies.filter(({ status }) => status === 201)
    expect(won).toHaveLength(1)
    expect(replies.filter(({ status }) => status === 400)).toHaveLength(9)
    expect(won[0]?.body.account.places).toMatchObject([
      { kind: 'developer', role: 'developer', name: 'Olga & Co' },
      { kind: 'agency', role: 'agency-owner', name: 'Olga & Co' },
    ])
    const companyId = won[0]?.body.account.places[1].id
    expect(await on.identity.locationsOfCompany(companyId, { limit: 10, offset: 0 })).toMatchObject({
      total: 1,
      rows: [{ name: 'First' }],
    })
    expect(await on.identity.ownerName(companyId)).toBe('Olga Owner')
  })

  test('is over for good', async () => {
    const { status, body } = await on
      .browser()
      .send('POST', '/_ground/accounts/first-run', { ...owner, email: 'late@agency.example' })
    expect([status, body.message]).toEqual([400, 'The owner has been created already: sign in instead.'])
    expect((await on.browser().send('GET', '/_ground/session')).body.firstRun).toBe(false)
  })

  test('costs no password hash once it is over: nobody is kept from signing in by it', async () => {
    const late = Array.from({ length: 150 }, () => on.browser().send('POST', '/_ground/accounts/first-run', owner))
    expect([...new Set((await Promise.all(late)).map(({ status }) => status))]).toEqual([400])
  })
})

describe('the first run in production', () => {
  test('belongs to whoever reads the log, not to whoever comes first', async () => {
    const live = await portalApp({ production: true })
    const attempt = (more: object) => live.browser().send('POST', '/_ground/accounts/first-run', { ...owner, ...more })
    for (const more of [{}, { setUpCode: '' }, { setUpCode: 'x'.repeat(20) }]) {
      const { status, body } = await attempt(more)
      expect([status, body.message]).toEqual([403, expect.stringContaining('set-up code')])
    }
    expect((await live.browser().send('GET', '/_ground/session')).body.firstRun).toBe(true)
    expect((await attempt({ setUpCode: setUpCode(testSecret) })).status).toBe(201)
    await live.close()
  })
})

describe('signing up', () => {
  test('makes a developer with a team, signed in', async () => {
    const browser = on.browser()
    const { status, body, cookies } = await browser.send('POST', '/_ground/accounts', {
      name: 'Ada',
      email: 'Ada@dev.example',
      password: 'correct horse',
    })
    expect(status).toBe(201)
    expect(body.account).toMatchObject({
      email: 'Ada@dev.example',
      name: 'Ada',
      places: [{ kind: 'developer', name: 'Ada', role: 'developer' }],
    })
    expect(cookies[0]).toMatch(/^groundlevel=[A-Za-z0-9_-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/)
    expect((await browser.send('GET', '/_ground/session')).body.account.name).toBe('Ada')
  })

  test('with an e-mail that is taken, in any case, is a 422 that names the field', async () => {
    const { status, body } = await on
      .browser()
      .send('POST', '/_ground/accounts', { name: 'Eve', email: 'ADA@DEV.example', password: 'correct horse' })
    expect(status).toBe(422)
    expect(body.message).toEqual([expect.stringMatching(/^email is already taken/)])
  })

  test('ten times at once with one e-mail makes one account', async () => {
    const body = { name: 'Racer', email: 'race@dev.example', password: 'correct horse' }
    const replies = await Promise.all(Array.from({ length: 10 }, () => on.browser().send('POST', '/_ground/accounts', body)))
    expect(replies.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 422)])
    const teams = await on.db.selectFrom('developers').select('id').where('name', '=', 'Racer').execute()
    expect(teams).toHaveLength(1)
  })
})

describe('signing in', () => {
  const ada = { email: 'ada@dev.example', password: 'correct horse' }

  test('replaces the session that the browser had, and keeps only a hash of the new one', async () => {
    const browser = on.browser()
    await browser.send('POST', '/_ground/session', ada)
    const before = browser.cookie
    const { status } = await browser.send('POST', '/_ground/session', ada)
    expect(status).toBe(201)
    expect(browser.cookie).not.toBe(before)
    const planted = on.browser()
    planted.cookie = before
    expect((await planted.send('GET', '/_ground/session')).body.account).toBeNull()
    const token = browser.cookie.split('=')[1] ?? ''
    const rows = await on.db.selectFrom('sessions').select('tokenHash').execute()
    const stored = rows.map(({ tokenHash }) => tokenHash.toString('hex'))
    expect(stored).toContain(createHash('sha256').update(token).digest('hex'))
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  test('tells a wrong password and an unknown person apart in nothing', async () => {
    const wrong = await on.browser().send('POST', '/_ground/session', { ...ada, password: 'wrong' })
    const unknown = await on.browser().send('POST', '/_ground/session', { email: 'nobody@dev.example', password: 'wrong' })
    const shown = ({ status, body: { traceId: _, ...body }, cookies }: typeof wrong) => ({ status, body, cookies })
    expect(shown(wrong)).toEqual(shown(unknown))
    expect([wrong.status, wrong.body.message]).toEqual([401, 'E-mail or password is wrong.'])
  })

  test('is refused with 429 after ten failures, while whoever is signed in stays so', async () => {
    const inside = on.browser()
    const body = { name: 'Target', email: 'target@dev.example', password: 'correct horse' }
    await inside.send('POST', '/_ground/accounts', body)
    const guess = () => on.browser().send('POST', '/_ground/session', { email: body.email, password: 'guess' })
    const guesses = await Promise.all(Array.from({ length: 12 }, guess))
    expect(guesses.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429])
    const refused = await on.browser().send('POST', '/_ground/session', { email: body.email, password: body.password })
    expect(refused.status).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect((await inside.send('GET', '/_ground/session')).body.account.name).toBe('Target')
  })

  test('lasts for thirty days after the last use', async () => {
    const browser = on.browser()
    await browser.send('POST', '/_ground/session', ada)
    const open = async () => (await browser.send('GET', '/_ground/session')).body.account !== null
    on.clock.advance(29 * dayMs)
    expect(await open()).toBe(true)
    on.clock.advance(29 * dayMs)
    expect(await open()).toBe(true)
    on.clock.advance(31 * dayMs)
    expect(await open()).toBe(false)
    expect(await on.identity.removeExpiredSessions(on.clock.now())).toBeGreaterThan(0)
  })

  test('ends by signing out, at once and for the token too', async () => {
    const browser = on.browser()
    await browser.send('POST', '/_ground/session', ada)
    const before = browser.cookie
    const { cookies } = await browser.send('DELETE', '/_ground/session')
    expect(cookies[0]).toMatch(/^groundlevel=; Path=\/; Max-Age=0;/)
    browser.cookie = before
    expect((await browser.send('GET', '/_ground/session')).body.account).toBeNull()
  })

  test('needs the header that only our own pages can send', async () => {
    const { status } = await on.app
      .inject({ method: 'POST', url: '/_ground/session', payload: ada })
      .then(({ statusCode }) => ({ status: statusCode }))
    expect(status).toBe(403)
  })
})

describe('what the sign-in page is told', () => {
  test.each([
    ['127.0.0.1:4000', 1],
    ['localhost:4000', 1],
    ['[::1]:4000', 1],
    ['rebound.example:4000', 0],
    ['192.168.1.9:4000', 0],
    ['127.0.0.1.evil.example', 0],
  ])('a browser that asks %s hears of %i demo people', async (host, count) => {
    const { body } = await on.browser().send('GET', '/_ground/session', undefined, { host })
    expect(body.people).toHaveLength(count)
    expect(body.local).toBe(true)
  })
})

test('where the public address is https, the cookie is bound to its host and to https', async () => {
  const secure = await portalApp({ publicUrl: 'https://market.example', production: true, people: [person] })
  try {
    const body = { name: 'Sid', email: 'sid@dev.example', password: 'correct horse' }
    const signedUp = await secure.browser().send('POST', '/_ground/accounts', body)
    expect(signedUp.cookies[0]).toMatch(
      /^__Host-groundlevel=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure$/,
    )
    expect(signedUp.body).toMatchObject({ local: false, people: [] })
  } finally {
    await secure.close()
  }
})
