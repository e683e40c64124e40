import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { seedContacts, unlinkBusiness } from '../contacts/index.js'
import { businessesModule, businessesOf } from './index.js'

let on: ModuleApp

beforeAll(async () => {
  on = await moduleApp(() => businessesModule({ unlinkContacts: unlinkBusiness }))
})
afterAll(() => on?.close())

const create = async (fields: object) =>
  (await on.call('POST', '/businesses/', { body: { locationId: on.locationId, ...fields } })).body.buiseness

describe('a business', () => {
  test('is created with 201 in the misspelt envelope, its empty fields left out', async () => {
    const { status, body } = await on.call('POST', '/businesses/', {
      body: { locationId: on.locationId, name: ' Acme ', email: 'desk@acme.example', city: '', phone: null },
    })
    expect(status).toBe(201)
    const { traceId, ...reply } = body
    expect(traceId).toMatch(/^[0-9a-f-]{36}$/)
    expect(reply).toEqual({
      success: true,
      buiseness: {
        id: expect.stringMatching(/^[0-9a-f]{24}$/),
        name: 'Acme',
        email: 'desk@acme.example',
        locationId: on.locationId,
        createdBy: expect.objectContaining({ source: 'INTEGRATION', channel: 'OAUTH' }),
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
      },
    })
    expect(on.events.at(-1)).toMatchObject({ type: 'RecordCreate', locationId: on.locationId })
    expect(JSON.parse(on.events.at(-1)?.payloadText ?? '')).toEqual({
      id: reply.buiseness.id,
      owners: [],
      followers: [],
      properties: [
        { key: 'name', valueString: 'Acme' },
        { key: 'email', valueString: 'desk@acme.example' },
      ],
    })
  })

  test('is read, changed where it was sent and deleted', async () => {
    const { id } = await create({ name: 'Changing', city: 'Bremen', website: 'https://a.example' })
    const changed = await on.call('PUT', `/businesses/${id}`, { body: { city: 'Kiel', website: null } })
    expect([changed.status, changed.body.success]).toEqual([200, true])
    expect(changed.body.buiseness).toMatchObject({ id, name: 'Changing', city: 'Kiel', updatedBy: { source: 'INTEGRATION' } })
    expect(changed.body.buiseness).not.toHaveProperty('website')
    expect((await on.call('GET', `/businesses/${id}`)).body.business.city).toBe('Kiel')

    const removed = await on.call('DELETE', `/businesses/${id}`)
    expect([removed.status, removed.body.success]).toEqual([200, true])
    expect(on.events.slice(-2).map(({ type }) => type)).toEqual(['RecordUpdate', 'RecordDelete'])
    const gone = await on.call('GET', `/businesses/${id}`)
    expect([gone.status, gone.body.message]).toEqual([400, 'Business not found'])
  })

  test.each([
    ['no name', {}, ['name must be a string', 'name should not be empty']],
    ['a blank name', { name: '  ' }, ['name should not be empty']],
    ['an unknown field', { name: 'A', owner: 'x' }, ['property owner should not exist']],
  ])('with %s is refused with a 422 that names it', async (_case, fields, message) => {
    const { status, body } = await on.call('POST', '/businesses/', { body: { locationId: on.locationId, ...fields } })
    expect([status, body.message]).toEqual([422, message])
  })

  test('leaves its contacts behind without it', async () => {
    const { id } = await create({ name: 'Leaving' })
    const contactId = 'contactOfABusiness00'
    const blank = { type: 'lead' as const, tags: [], assignedTo: null, companyName: null, dateAdded: on.clock.now() }
    const person = { firstName: 'Ada', lastName: 'L', email: 'a@l.example', phone: '+1', city: '', state: '', country: 'US' }
    await seedContacts(on.db, on.locationId, [{ id: contactId, ...person, source: '', timezone: '', ...blank }])
    await on.db.updateTable('contacts').set({ businessId: id }).where('id', '=', contactId).execute()
    await on.call('DELETE', `/businesses/${id}`)
    const contact = await on.db.selectFrom('contacts').select('businessId').where('id', '=', contactId).executeTakeFirst()
    expect(contact).toEqual({ businessId: null })
  })
})

describe('businesses of a sub-account', () => {
  test('are listed newest first, skip and limit as text, empty cells null', async () => {
    const token = on.token({ locationId: on.otherLocationId })
    for (const name of ['First', 'Second', 'Third']) {
      await on.call('POST', '/businesses/', { token, body: { locationId: on.otherLocationId, name } })
    }
    const page = await on.call('GET', `/businesses/?locationId=${on.otherLocationId}&limit=2&skip=1`, { token })
    expect(page.status).toBe(200)
    expect(page.body.businesses.map(({ name }: { name: string }) => name)).toEqual(['Second', 'First'])
    expect(page.body.businesses[0]).toMatchObject({ phone: null, updatedBy: null })
  })

  test('are out of reach for another sub-account: reading, changing, deleting, linking', async () => {
    const { id } = await create({ name: 'Mine' })
    const token = on.token({ locationId: on.otherLocationId })
    for (const [method, body] of [['GET'], ['PUT', { name: 'Theirs' }], ['DELETE']] as const) {
      const { status, body: refused } = await on.call(method, `/businesses/${id}`, { token, body })
      expect([method, status, refused.message]).toEqual([method, 400, 'Business not found'])
    }
    expect((await on.call('GET', `/businesses/?locationId=${on.locationId}`, { token })).status).toBe(403)
    expect(await businessesOf(on.db, on.otherLocationId).exists(id)).toBe(false)
    expect(await businessesOf(on.db, on.locationId).exists(id)).toBe(true)
    expect((await on.call('GET', `/businesses/${id}`)).body.business.name).toBe('Mine')
  })
})
