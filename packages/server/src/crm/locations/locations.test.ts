import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createIdentity, type Identity } from '../../identity/index.js'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { locationsModule } from './index.js'

let on: ModuleApp
let identity: Identity
let agency: string
let foreignLocationId: string
let foreignCompanyId: string

beforeAll(async () => {
  on = await moduleApp(() => locationsModule())
  identity = createIdentity({ db: on.db, config: { publicUrl: undefined } })
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

describe('a chooser of sub-accounts', () => {
  test('finds by name and city, keeps to the ids it is given and to its agency', async () => {
    const all = await identity.locationsOfCompany(on.companyId, { limit: 10, offset: 0 })
    expect(all).toMatchObject({ total: 2, rows: [{ name: 'One', detail: '' }, { name: 'Two' }] })
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
    expect(await identity.countLocations(on.companyId)).toBe(2)
  })
})
