import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { seedContacts } from '../contacts/index.js'
import { campaignsModule, campaignsOf } from './index.js'

let on: ModuleApp
let contactId: string

beforeAll(async () => {
  on = await moduleApp(() => campaignsModule())
  contactId = 'contactInACampaign00'
  const blank = { type: 'lead' as const, tags: [], assignedTo: null, companyName: null, dateAdded: on.clock.now() }
  const person = { firstName: 'Ada', lastName: 'L', email: 'a@b.example', phone: '+1', city: '', state: '', country: 'US' }
  await seedContacts(on.db, on.locationId, [{ id: contactId, ...person, source: '', timezone: '', ...blank }])
})
afterAll(() => on?.close())

const create = async (name: string, status?: string) =>
  (await on.call('POST', '/campaigns/', { body: { locationId: on.locationId, name, status } })).body.campaign
const places = () => on.db.selectFrom('campaignEnrolments').select(['campaignId', 'contactId']).execute()

describe('a campaign', () => {
  test('is created as a draft, published, listed by status and deleted; writes say that they are extensions', async () => {
    const { status, body, headers } = await on.call('POST', '/campaigns/', {
      body: { locationId: on.locationId, name: ' Spring ' },
    })
    expect([status, headers['x-extension']]).toEqual([201, 'true'])
    const { id } = body.campaign
    expect(body.campaign).toEqual({ id, name: 'Spring', status: 'draft', locationId: on.locationId })
    const published = await on.call('PUT', `/campaigns/${id}`, { body: { status: 'published' } })
    expect(published.body.campaign).toMatchObject({ name: 'Spring', status: 'published' })
    const listed = async (query: string) =>
      (await on.call('GET', `/campaigns/?locationId=${on.locationId}${query}`)).body.campaigns.map(
        (each: { id: string }) => each.id,
      )
    expect([await listed('&status=published'), await listed('&status=draft')]).toEqual([[id], []])
    const removed = await on.call('DELETE', `/campaigns/${id}`)
    expect(removed.body).toMatchObject({ succeded: true, succeeded: true })
    expect((await on.call('GET', `/campaigns/${id}`)).body.message).toBe('Campaign not found')
  })

  test('is entered once, left, and left altogether', async () => {
    const campaigns = campaignsOf(on.db, on.locationId)
    const [one, two] = [await create('One', 'published'), await create('Two', 'published')]
    await campaigns.enrol(contactId, one.id, on.clock.now())
    await campaigns.enrol(contactId, one.id, on.clock.now())
    await campaigns.enrol(contactId, two.id, on.clock.now())
    expect(await places()).toHaveLength(2)
    await campaigns.remove(contactId, one.id)
    expect(await places()).toEqual([{ campaignId: two.id, contactId }])
    await campaigns.removeAll(contactId)
    expect(await places()).toEqual([])
  })

  test('that is a draft, gone or another sub-account’s cannot be entered', async () => {
    const [draft, open] = [await create('Draft'), await create('Open', 'published')]
    const campaigns = campaignsOf(on.db, on.locationId)
    await expect(campaigns.enrol(contactId, draft.id, on.clock.now())).rejects.toThrow('The campaign is not published')
    await expect(campaigns.enrol(contactId, 'none', on.clock.now())).rejects.toThrow('Campaign not found')
    const theirs = campaignsOf(on.db, on.otherLocationId)
    await expect(theirs.enrol(contactId, open.id, on.clock.now())).rejects.toThrow('Campaign not found')
    const token = on.token({ locationId: on.otherLocationId })
    for (const [method, body] of [['GET'], ['PUT', { name: 'Theirs' }], ['DELETE']] as const) {
      expect((await on.call(method, `/campaigns/${open.id}`, { token, body })).body.message).toBe('Campaign not found')
    }
  })
})
