import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createIdentity, type Identity } from '../../identity/index.js'
import { createInstalls } from '../../marketplace/index.js'
import { unseal } from '../../sealing.js'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { providerPurpose } from './changes.js'
import { locationsModule } from './index.js'

const secret = Buffer.alloc(32, 9)
let on: ModuleApp
let identity: Identity
let agency: string
let foreignLocationId: string
let foreignCompanyId: string

beforeAll(async () => {
  on = await moduleApp(({ db }) => {
    identity = createIdentity({ db, config: { publicUrl: undefined } })
    const installs = createInstalls({ db }, { token: () => {}, tokenIn: async () => {} })
    return locationsModule({ identity, installs, secret, endTokens: async () => {}, wakeRemoval: () => {} })
  })
  agency = on.token({ actor: 'agency', locationId: undefined })
  const now = on.clock.now()
  foreignCompanyId = await identity.createCompany(on.db, { name: 'Other agency' }, now)
  foreignLocationId = await identity.createLocation(on.db, { companyId: foreignCompanyId, name: 'Elsewhere' }, now)
})
afterAll(() => on?.close())

const names = (body: { locations: { name: string }[] }) => body.locations.map(({ name }) => name)

test('a list is not gone through further than a million', async () => {
  const { status, body } = await on.call('GET', '/locations/search?skip=99999999999999999999', { token: agency })
  expect([status, body.message]).toEqual([422, ['skip must not be greater than 1000000']])
})

describe('GET /locations/{id}', () => {
  test('shows a sub-account with its rules and business, empty fields left out', async () => {
    const now = on.clock.now()
    const fields = {
      companyId: on.companyId,
      name: 'Harbor',
      city: 'Portland',
      timezone: 'America/Los_Angeles',
      settings: { allowDuplicateContact: true },
    }
    const id = await identity.createLocation(on.db, fields, now)
    const { status, body } = await on.call('GET', `/locations/${id}`, { token: agency })
    expect(status).toBe(200)
    const { traceId: _, ...reply } = body
    expect(reply).toEqual({
      location: {
        id,
        companyId: on.companyId,
        name: 'Harbor',
        city: 'Portland',
        timezone: 'America/Los_Angeles',
        settings: {
          allowDuplicateContact: true,
          allowDuplicateOpportunity: false,
          allowFacebookNameMerge: false,
          disableContactTimezone: false,
          contactUniqueIdentifiers: ['email', 'phone'],
        },
        social: {},
        business: { name: 'Harbor', city: 'Portland', timezone: 'America/Los_Angeles' },
        dateAdded: now.toISOString(),
      },
    })
    await on.db.deleteFrom('locations').where('id', '=', id).execute()
  })

  test.each([
    ['an agency about its own', () => on.locationId, () => agency, 200],
    ['a sub-account about itself', () => on.locationId, () => on.token(), 200],
    ['a sub-account about its neighbour', () => on.otherLocationId, () => on.token(), 403],
    ['an agency about another agency’s', () => foreignLocationId, () => agency, 403],
    ['an agency about none that is', () => 'doesNotExist00000000', () => agency, 403],
  ])('%s', async (_case, id, token, expected) => {
    const { status, body } = await on.call('GET', `/locations/${id()}`, { token: token() })
    expect(status).toBe(expected)
    if (expected === 403) expect(body.message).toBe('The token does not have access to this location.')
  })
})

describe('GET /locations/search', () => {
  test('pages through the agency’s sub-accounts by name, both ways, empty cells null', async () => {
    const first = await on.call('GET', '/locations/search?limit=1', { token: agency })
    const second = await on.call('GET', '/locations/search?limit=1&skip=1', { token: agency })
    expect([names(first.body), names(second.body)]).toEqual([['One'], ['Two']])
    expect(names((await on.call('GET', '/locations/search?order=desc', { token: agency })).body)).toEqual(['Two', 'One'])
    expect(first.body.locations[0]).toMatchObject({ email: null, phone: null, country: 'US' })
    expect(first.body.locations[0]).not.toHaveProperty('companyId')
  })

  test('of a sub-account’s token finds itself alone', async () => {
    expect(names((await on.call('GET', '/locations/search')).body)).toEqual(['One'])
  })

  test('by e-mail, whatever its case', async () => {
    const id = await identity.createLocation(
      on.db,
      { companyId: on.companyId, name: 'Mailed', email: 'Desk@mailed.example' },
      on.clock.now(),
    )
    expect(names((await on.call('GET', '/locations/search?email=desk@MAILED.example', { token: agency })).body)).toEqual([
      'Mailed',
    ])
    await on.db.deleteFrom('locations').where('id', '=', id).execute()
  })

  test('about another agency is a 403', async () => {
    const { status, body } = await on.call('GET', `/locations/search?companyId=${foreignCompanyId}`, { token: agency })
    expect([status, body.message]).toEqual([403, 'The token does not have access to this company.'])
    expect((await on.call('GET', `/locations/search?companyId=${on.companyId}`, { token: agency })).status).toBe(200)
  })
})

const create = (body: object, token = agency) =>
  on.call('POST', '/locations/', { token, body: { companyId: on.companyId, name: 'New', ...body } })
const told = () =>
  on.events.splice(0).map(({ type, locationId, payloadText }) => ({ type, locationId, ...JSON.parse(payloadText) }))

describe('POST /locations/', () => {
  test('answers the sub-account bare, with every rule, and tells the agency of it', async () => {
    told()
    const { status, body } = await create({
      phone: '+1410039940',
      city: 'New York',
      country: 'US',
      timezone: 'US/Central',
      website: '',
      settings: { allowDuplicateContact: true },
      social: { facebookUrl: 'https://facebook.example/mark' },
      prospectInfo: { firstName: 'John', lastName: 'Doe', email: 'john.doe@mail.example' },
      snapshotId: 'snap',
    })
    const { traceId: _, id, ...location } = body
    expect([status, location]).toEqual([
      200,
      {
        companyId: on.companyId,
        name: 'New',
        phone: '+1410039940',
        email: 'john.doe@mail.example',
        city: 'New York',
        country: 'US',
        timezone: 'US/Central',
        settings: {
          allowDuplicateContact: true,
          allowDuplicateOpportunity: false,
          allowFacebookNameMerge: false,
          disableContactTimezone: false,
          contactUniqueIdentifiers: ['email', 'phone'],
        },
        social: { facebookUrl: 'https://facebook.example/mark' },
      },
    ])
    expect(told()).toEqual([
      { type: 'LocationCreate', locationId: null, id, companyId: on.companyId, name: 'New', email: 'john.doe@mail.example' },
    ])
    const row = await on.db.selectFrom('locations').select(['snapshotId', 'firstName']).where('id', '=', id).executeTakeFirst()
    expect(row).toEqual({ snapshotId: 'snap', firstName: 'John' })
  })

  test('keeps what opens a provider’s account sealed and shows it nowhere', async () => {
    const { body } = await create({
      twilio: { sid: 'AC_1', authToken: 'very secret' },
      mailgun: { apiKey: 'key-1', domain: 'm.example' },
    })
    expect(JSON.stringify(body)).not.toMatch(/very secret|key-1/)
    const rows = await on.db
      .selectFrom('locationProviders')
      .selectAll()
      .where('locationId', '=', body.id)
      .orderBy('provider')
      .execute()
    expect(rows.map(({ provider }) => provider)).toEqual(['mailgun', 'twilio'])
    for (const { provider, sealed } of rows) {
      expect(sealed.toString('latin1')).not.toMatch(/very secret|key-1/)
      const plain = unseal(secret, providerPurpose(body.id, provider), sealed).toString()
      expect(plain).toMatch(provider === 'twilio' ? /very secret/ : /key-1/)
    }
  })

  test.each([
    ['a time zone that nobody knows', { timezone: 'Mars/Olympus' }, 'timezone must be a valid IANA time zone'],
    ['a country that is none', { country: 'QQ' }, 'country must be a valid enum value'],
    ['an empty name', { name: '' }, 'name should not be empty'],
    ['an unknown rule', { settings: { fly: true } }, 'property settings.fly should not exist'],
  ])('%s is a 422', async (_case, body, text) => {
    const reply = await create(body)
    expect([reply.status, reply.body.message]).toEqual([422, [text]])
  })

  test('is for the agency itself alone', async () => {
    expect((await create({}, on.token())).status).toBe(401)
    expect((await create({ companyId: foreignCompanyId })).status).toBe(403)
  })
})

describe('PUT /locations/{id}', () => {
  const update = (id: string, body: object, token = agency) =>
    on.call('PUT', `/locations/${id}`, { token, body: { companyId: on.companyId, ...body } })

  test('changes what is sent, lays rules over those that were there, empties what is sent empty', async () => {
    const { id } = (await create({ city: 'Old', phone: '+1', settings: { allowDuplicateContact: true } })).body
    told()
    const { status, body } = await update(id, {
      name: 'Renamed',
      phone: '',
      settings: { disableContactTimezone: true },
      snapshot: { id: 'other' },
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      id,
      name: 'Renamed',
      city: 'Old',
      settings: { allowDuplicateContact: true, disableContactTimezone: true },
    })
    expect(body).not.toHaveProperty('phone')
    expect(told()).toEqual([{ type: 'LocationUpdate', locationId: id, id, companyId: on.companyId, name: 'Renamed' }])
  })

  test('about another agency, in path or body, is a 403 and changes nothing', async () => {
    expect((await update(foreignLocationId, { name: 'Mine' })).status).toBe(403)
    expect((await update(on.locationId, { name: 'Mine', companyId: foreignCompanyId })).status).toBe(403)
    expect((await update(on.otherLocationId, { name: 'Mine' }, on.token())).status).toBe(403)
    const rows = await on.db.selectFrom('locations').select('name').where('name', '=', 'Mine').execute()
    expect(rows).toEqual([])
  })
})

describe('a deleted sub-account', () => {
  test('is gone from every answer at once', async () => {
    const { id } = (await create({ name: 'Zapped', email: 'z@z.example' })).body
    const { status, body } = await on.call('DELETE', `/locations/${id}?deleteTwilioAccount=false`, { token: agency })
    expect([status, body.success, body.message]).toEqual([200, true, `Deleted location with id: ${id}`])
    expect((await on.call('GET', `/locations/${id}`, { token: agency })).status).not.toBe(200)
    expect(names((await on.call('GET', '/locations/search?limit=100', { token: agency })).body)).not.toContain('Zapped')
    expect(await identity.location(id)).toBeUndefined()
    expect((await identity.locationsOfCompany(on.companyId, { query: 'zapped', limit: 10, offset: 0 })).total).toBe(0)
  })

  test('needs the word about its Twilio account', async () => {
    const { status, body } = await on.call('DELETE', `/locations/${on.locationId}`, { token: agency })
    expect([status, body.message]).toEqual([
      422,
      ['deleteTwilioAccount must be a boolean value', 'deleteTwilioAccount should not be empty'],
    ])
  })
})

test('time zones are names that a sub-account can be given', async () => {
  const { status, body } = await on.call('GET', `/locations/${on.locationId}/timezones`)
  expect(status).toBe(200)
  expect(body.timeZones).toEqual(expect.arrayContaining(['UTC', 'America/New_York', 'Europe/Berlin']))
  expect((await on.call('GET', `/locations/${on.otherLocationId}/timezones`)).status).toBe(403)
})

describe('a chooser of sub-accounts', () => {
  test('finds by name and city, keeps to the ids it is given and to its agency', async () => {
    const all = await identity.locationsOfCompany(on.companyId, { limit: 10, offset: 0 })
    expect(all.rows).toEqual(expect.arrayContaining([expect.objectContaining({ name: 'One', detail: '' })]))
    expect(await identity.locationsOfCompany(on.companyId, { query: 'tw', limit: 10, offset: 0 })).toMatchObject({
      total: 1,
      rows: [{ name: 'Two' }],
    })
    const ids = [on.locationId, foreignLocationId]
    expect(await identity.locationsOfCompany(on.companyId, { ids, limit: 10, offset: 0 })).toMatchObject({
      total: 1,
      rows: [{ id: on.locationId }],
    })
    expect(await identity.locationsOfCompany(on.companyId, { query: '%', limit: 10, offset: 0 })).toMatchObject({ total: 0 })
    const { total } = await identity.locationsOfCompany(on.companyId, { limit: 1, offset: 0 })
    expect(await identity.countLocations(on.companyId)).toBe(total)
  })
})
