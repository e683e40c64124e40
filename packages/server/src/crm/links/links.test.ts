import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { seedContacts } from '../contacts/index.js'
import type { Click } from './clicks.sql.js'
import { createLinkRedirects, linkAddresses, linksModule, linkUrl } from './index.js'

let on: ModuleApp
const heard: Click[] = []
let allowed = true
const contactId = 'contactWhoFollows000'
const guest = 'contactWhoReturns000'

beforeAll(async () => {
  on = await moduleApp(
    () => linksModule(),
    undefined,
    undefined,
    (app, { db, clock }) => {
      const redirects = createLinkRedirects({ db, clock, secret: Buffer.alloc(32, 7) })
      redirects.onLinkClicked(async (_work, click) => void heard.push(click))
      app.register(redirects.routes({ count: () => ({ allowed, retryAfterSeconds: 7 }) }))
    },
  )
  const blank = { type: 'lead' as const, tags: [], assignedTo: null, companyName: null, dateAdded: on.clock.now() }
  const person = { firstName: 'Ada', lastName: 'L', email: 'a@b.example', phone: '+1', city: '', state: '', country: 'US' }
  const made = (id: string) => ({ id, ...person, source: '', timezone: '', ...blank })
  await seedContacts(on.db, on.locationId, [made(contactId), made(guest)])
})
afterAll(() => on?.close())

const create = async (fields: object = {}) =>
  (
    await on.call('POST', '/links/', {
      body: { locationId: on.locationId, name: 'Offer', redirectTo: 'https://shop.example/a?b=1', ...fields },
    })
  ).body.link
const follow = (url: string, method: 'GET' | 'HEAD' = 'GET', headers: Record<string, string> = {}) =>
  on.app.inject({ method, url, headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux) Firefox/128.0', ...headers } })
const clicks = async (linkId: string) => (await on.call('GET', `/links/${linkId}/clicks`)).body

describe('a trigger link', () => {
  test('is created, changed and deleted with 201, its key made of its id', async () => {
    const { status, body } = await on.call('POST', '/links/', {
      body: { locationId: on.locationId, name: 'Offer', redirectTo: 'https://shop.example' },
    })
    const { id } = body.link
    const fieldKey = `{{trigger_link.${id}}}`
    expect([status, body.link]).toEqual([
      201,
      { id, name: 'Offer', redirectTo: 'https://shop.example', fieldKey, locationId: on.locationId },
    ])
    const changed = await on.call('PUT', `/links/${id}`, { body: { name: 'New offer', redirectTo: 'http://shop.example/new' } })
    expect([changed.status, changed.body.link.name]).toEqual([201, 'New offer'])
    expect((await on.call('GET', `/links/id/${id}?locationId=${on.locationId}`)).body.link.redirectTo).toBe(
      'http://shop.example/new',
    )
    const removed = await on.call('DELETE', `/links/${id}`)
    expect([removed.status, removed.body.succeded, removed.body.succeeded]).toEqual([201, true, true])
    expect((await on.call('GET', `/links/id/${id}?locationId=${on.locationId}`)).body.message).toBe('Link not found')
  })

  test('has an address for a contact that is followed as theirs; foreign, unknown and odd ids have none', async () => {
    const { id } = await create()
    const addresses = linkAddresses(() => 'http://127.0.0.1:4000')
    const mine = await addresses(on.db, on.locationId, [id, 'A'.repeat(20), 'odd\u0000id'], contactId)
    expect(mine).toEqual({ [id]: `http://127.0.0.1:4000/_ground/l/${id}?contact=${contactId}` })
    expect(await addresses(on.db, on.otherLocationId, [id], contactId)).toEqual({})
  })

  test('is listed and searched, newest first, page by page', async () => {
    const token = on.token({ locationId: on.otherLocationId })
    for (const name of ['Red shoes', 'Blue shoes', 'Hats 100%']) {
      await on.call('POST', '/links/', { token, body: { locationId: on.otherLocationId, name, redirectTo: 'https://a.example' } })
    }
    const names = async (path: string) =>
      (await on.call('GET', `${path}locationId=${on.otherLocationId}`, { token })).body.links.map(
        ({ name }: { name: string }) => name,
      )
    expect(await names('/links/?')).toEqual(['Hats 100%', 'Blue shoes', 'Red shoes'])
    expect(await names('/links/search?query=SHOES&')).toEqual(['Blue shoes', 'Red shoes'])
    expect(await names('/links/search?query=shoes&limit=1&skip=1&')).toEqual(['Red shoes'])
    expect(await names('/links/search?query=0%25&')).toEqual(['Hats 100%'])
  })

  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.example',
    'ftp://a.example',
    'https://user:secret@a.example',
    'no address',
  ])('does not lead to %s', async (redirectTo) => {
    const { status, body } = await on.call('POST', '/links/', { body: { locationId: on.locationId, name: 'Bad', redirectTo } })
    expect([status, body.message]).toEqual([422, ['redirectTo must be a URL address']])
  })

  test('is out of reach for another sub-account, its clicks too', async () => {
    const { id } = await create()
    const token = on.token({ locationId: on.otherLocationId })
    const calls: [string, string, object?][] = [
      ['GET', `/links/id/${id}?locationId=${on.otherLocationId}`],
      ['PUT', `/links/${id}`, { name: 'Theirs', redirectTo: 'https://evil.example' }],
      ['DELETE', `/links/${id}`],
      ['GET', `/links/${id}/clicks`],
    ]
    for (const [method, path, body] of calls) {
      expect((await on.call(method, path, { token, body })).body.message).toBe('Link not found')
    }
    expect((await on.call('GET', `/contacts/${contactId}/link-clicks`, { token })).status).toBe(400)
  })
})

describe('following a link', () => {
  test('leads on with 302, and the click is told by link and by contact', async () => {
    const { id } = await create()
    const reply = await follow(linkUrl('', id, contactId))
    expect([reply.statusCode, reply.headers.location, reply.headers['cache-control']]).toEqual([
      302,
      'https://shop.example/a?b=1',
      'no-store',
    ])
    await follow(linkUrl('', id))
    await follow(linkUrl('', id, 'someoneElseNotKnown0'))
    const known = await clicks(id)
    expect([known.total, known.contacts]).toEqual([3, 1])
    expect(known.clicks.map((click: { contactId: string | null }) => click.contactId)).toEqual([null, null, contactId])
    expect(known.clicks[0]).toMatchObject({ linkId: id, userAgent: expect.stringContaining('Firefox') })
    const counts = (await on.call('GET', `/_ground/links/counts?locationId=${on.locationId}`)).body.counts
    expect(counts).toContainEqual({ linkId: id, clicks: known.total })
    const byContact = (await on.call('GET', `/contacts/${contactId}/link-clicks`)).body
    expect([byContact.total, byContact.clicks[0].linkId]).toEqual([1, id])
    expect(heard.slice(-3)).toMatchObject([{ linkId: id, contactId }, { contactId: null }, { contactId: null }])
  })

  test('attributes the contact: the first click for ever, of the others the last, and tells when it was', async () => {
    const attributed = async () => {
      const { attributionSource, lastAttributionSource, lastActivity, dateUpdated } = await on.db
        .selectFrom('contacts')
        .select(['attributionSource', 'lastAttributionSource', 'lastActivity', 'dateUpdated'])
        .where('id', '=', guest)
        .executeTakeFirstOrThrow()
      return { first: attributionSource, last: lastAttributionSource, lastActivity, dateUpdated }
    }
    const before = await attributed()
    const [spring, summer] = [
      await create({ redirectTo: 'https://shop.example/?utm_campaign=spring' }),
      await create({ redirectTo: 'https://shop.example/?utm_campaign=summer' }),
    ]
    await follow(linkUrl('', spring.id, guest), 'GET', { referer: 'https://mail.example/' })
    const first = {
      url: 'Trigger Link',
      campaign: 'spring',
      referrer: 'https://mail.example/',
      userAgent: 'Mozilla/5.0 (X11; Linux) Firefox/128.0',
      medium: 'link',
      mediumId: spring.id,
    }
    expect(await attributed()).toEqual({ ...before, first, last: null, lastActivity: expect.any(Date) })
    await follow(linkUrl('', summer.id, guest))
    expect(await attributed()).toMatchObject({ first, last: { campaign: 'summer', mediumId: summer.id } })
  })

  test('is no click for HEAD, robots, previews and what is fetched ahead, but leads on', async () => {
    const { id } = await create()
    const replies = [
      await follow(linkUrl('', id), 'HEAD'),
      await follow(linkUrl('', id), 'GET', { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' }),
      await follow(linkUrl('', id), 'GET', { 'user-agent': 'WhatsApp/2.23' }),
      await follow(linkUrl('', id), 'GET', { 'sec-purpose': 'prefetch' }),
      await follow(linkUrl('', id), 'GET', { 'user-agent': '' }),
    ]
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([302, 302, 302, 302, 302])
    expect((await clicks(id)).total).toBe(0)
  })

  test('that is gone, or never was, is a 404; too many at once a 429', async () => {
    for (const id of ['goneGoneGoneGone0000', 'x', '%00', '..%2F..%2Fetc']) {
      expect((await follow(`/_ground/l/${id}`)).statusCode).toBe(404)
    }
    const { id } = await create()
    allowed = false
    const reply = await follow(linkUrl('', id))
    allowed = true
    expect([reply.statusCode, reply.headers['retry-after'], (await clicks(id)).total]).toEqual([429, '7', 0])
  })

  test('keeps no address of the person, and lets the contact go', async () => {
    const { id } = await create()
    await follow(linkUrl('', id, contactId))
    const rows = await on.db.selectFrom('linkClicks').selectAll().where('linkId', '=', id).execute()
    expect(JSON.stringify(rows)).not.toContain('127.0.0.1')
    await on.db.deleteFrom('contacts').where('id', '=', contactId).execute()
    expect((await clicks(id)).clicks[0].contactId).toBeNull()
  })
})
