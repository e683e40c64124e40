import { missing } from '@groundlevel/contract-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../ids.js'
import { contactPorts } from '../../testing/contact-ports.js'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { contactsModule } from './index.js'

const businessId = '63b7ec34ea409a9a8bd2a4ff'
const campaignId = 'C'.repeat(20)
const enrolled: string[] = []

let on: ModuleApp
let userId = ''
let agencyUserId = ''
let strangerId = ''

const demandCampaign = (id: string) => {
  if (id !== campaignId) throw missing('Campaign')
}

const addUser = async (type: 'account' | 'agency', locationId?: string) => {
  const id = newId(on.clock.now())
  const row = { id, companyId: on.companyId, firstName: 'U', lastName: type, email: `${id}@example.com`, role: 'user' as const }
  await on.db
    .insertInto('users')
    .values({ ...row, type, isOwner: false, dateAdded: on.clock.now() })
    .execute()
  if (locationId) await on.db.insertInto('userLocations').values({ userId: id, locationId }).execute()
  return id
}

beforeAll(async () => {
  on = await moduleApp(({ lookups }) =>
    contactsModule(
      contactPorts(lookups, {
        businesses: { exists: async (_db, locationId, id) => locationId === on.locationId && id === businessId },
        campaigns: {
          enrol: async (_db, _locationId, contactId, id) => {
            demandCampaign(id)
            enrolled.push(contactId)
          },
          remove: async (_db, _locationId, contactId, id) => {
            demandCampaign(id)
            enrolled.splice(enrolled.indexOf(contactId), 1)
          },
          removeAll: async () => void enrolled.splice(0),
        },
        appointments: {
          ofContact: async (_db, locationId, contactId) =>
            enrolled.includes(contactId) ? [{ id: 'e1', locationId, contactId, appointmentStatus: 'confirmed' }] : [],
        },
      }),
    ),
  )
  userId = await addUser('account', on.locationId)
  agencyUserId = await addUser('agency')
  strangerId = await addUser('account', on.otherLocationId)
})
afterAll(() => on?.close())

const create = async (fields: object = { firstName: 'Hana' }) =>
  (await on.call('POST', '/contacts/', { body: { locationId: on.locationId, ...fields } })).body.contact
const foreignContact = async () => {
  const token = on.token({ locationId: on.otherLocationId })
  return (await on.call('POST', '/contacts/', { token, body: { locationId: on.otherLocationId, tags: ['theirs'] } })).body.contact
}
const get = async (id: string) => (await on.call('GET', `/contacts/${id}`)).body.contact
const eventsSince = (from: number) => on.events.slice(from).map(({ type }) => type)

describe('followers', () => {
  test('are added once and taken off, and the reply tells which', async () => {
    const { id } = await create()
    const from = on.events.length
    const added = await on.call('POST', `/contacts/${id}/followers`, { body: { followers: [userId, agencyUserId, userId] } })
    expect(added.status).toBe(201)
    expect(added.body).toMatchObject({ followers: [userId, agencyUserId], followersAdded: [userId, agencyUserId] })
    const again = await on.call('POST', `/contacts/${id}/followers`, { body: { followers: [userId] } })
    expect(again.body).toMatchObject({ followers: [userId, agencyUserId], followersAdded: [] })
    const removed = await on.call('DELETE', `/contacts/${id}/followers`, { body: { followers: [userId, strangerId] } })
    expect(removed.status).toBe(200)
    expect(removed.body).toMatchObject({ followers: [agencyUserId], followersRemoved: [userId] })
    expect((await get(id)).followers).toEqual([agencyUserId])
    expect(eventsSince(from)).toEqual(['ContactUpdate', 'ContactUpdate'])
  })

  test('are users of the sub-account or of its agency, nobody else', async () => {
    const { id } = await create()
    for (const stranger of [strangerId, 'nobody']) {
      const { status, body } = await on.call('POST', `/contacts/${id}/followers`, { body: { followers: [userId, stranger] } })
      expect([status, body.message]).toEqual([400, 'User not found'])
    }
    expect((await get(id)).followers).toEqual([])
  })

  test('of a missing contact are refused in the words of a missing contact', async () => {
    const { body } = await on.call('POST', '/contacts/nobody/followers', { body: { followers: [userId] } })
    expect(body.message).toBe('Contact not found for id:nobody')
  })
})

test('a contact is assigned to a user of the sub-account or to nobody', async () => {
  const contact = await create({ assignedTo: userId })
  expect(contact.assignedTo).toBe(userId)
  const wrong = await on.call('PUT', `/contacts/${contact.id}`, { body: { assignedTo: strangerId } })
  expect([wrong.status, wrong.body.message]).toEqual([400, 'User not found'])
  const freed = await on.call('PUT', `/contacts/${contact.id}`, { body: { assignedTo: null } })
  expect(freed.body.contact).not.toHaveProperty('assignedTo')
})

describe('tags in bulk', () => {
  const update = (type: string, body: object) =>
    on.call('POST', `/contacts/bulk/tags/update/${type}`, { body: { locationId: on.locationId, ...body } })

  test('are added, taken off and cleared; each contact is told of, and tells', async () => {
    const one = await create({ tags: ['a'] })
    const two = await create({ tags: ['a', 'b'] })
    const foreign = await foreignContact()
    const from = on.events.length
    const contacts = [one.id, two.id, foreign.id, 'abcdef']
    const added = await update('add', { contacts, tags: ['b'] })
    expect(added.status).toBe(201)
    expect(added.body).toMatchObject({ succeded: true, succeeded: true, errorCount: 2 })
    expect(added.body.responses).toEqual([
      { contactId: one.id, message: 'Tags updated', type: 'success', oldTags: ['a'], tagsAdded: ['b'], tagsRemoved: [] },
      { contactId: two.id, message: 'Tags updated', type: 'success', oldTags: ['a', 'b'], tagsAdded: [], tagsRemoved: [] },
      { contactId: foreign.id, message: 'contact does not belong to location', type: 'error' },
      { contactId: 'abcdef', message: 'contact id is not a valid firebase id', type: 'error' },
    ])
    expect(on.events.slice(from).map(({ type, payloadText }) => [type, JSON.parse(payloadText).tags])).toEqual([
      ['ContactTagUpdate', ['a', 'b']],
    ])
    await update('remove', { contacts: [one.id], tags: ['a'] })
    expect((await get(one.id)).tags).toEqual(['b'])
    await update('remove', { contacts: [one.id, two.id], tags: [], removeAllTags: true })
    expect([(await get(one.id)).tags, (await get(two.id)).tags]).toEqual([[], []])
    const { tags } = await on.db.selectFrom('contacts').select('tags').where('id', '=', foreign.id).executeTakeFirstOrThrow()
    expect(tags).toEqual(['theirs'])
  })

  test('are refused for a third type, and removeAllTags for add', async () => {
    const { id } = await create()
    expect((await update('replace', { contacts: [id], tags: ['a'] })).body.message[0]).toMatch(/^type must be/)
    expect((await update('add', { contacts: [id], tags: [], removeAllTags: true })).status).toBe(422)
  })

  test('of ten thousand ids are one change', async () => {
    const { id } = await create()
    const contacts = [id, ...Array.from({ length: 9_999 }, () => newId(on.clock.now()))]
    const { status, body } = await update('add', { contacts, tags: ['many'] })
    expect([status, body.errorCount, body.responses.length]).toEqual([201, 9_999, 10_000])
  })

  test('that race never lock each other out', async () => {
    const ids: string[] = []
    for (let at = 0; at < 6; at++) ids.push((await create()).id)
    const replies = await Promise.all(
      Array.from({ length: 8 }, (_, at) => update('add', { contacts: at % 2 ? ids : [...ids].reverse(), tags: [`race ${at}`] })),
    )
    expect(replies.map(({ status }) => status)).toEqual(Array(8).fill(201))
    expect((await get(ids[0] as string)).tags).toHaveLength(8)
  })
})

describe('the business of contacts', () => {
  const link = (ids: string[], id: string | null) =>
    on.call('POST', '/contacts/bulk/business', { body: { locationId: on.locationId, ids, businessId: id } })
  const ofBusiness = (query = '') => on.call('GET', `/contacts/business/${businessId}?locationId=${on.locationId}${query}`)

  test('is set for many, listed in pages, and taken away by null', async () => {
    const made = []
    for (const firstName of ['Una', 'Uwe', 'Udo']) made.push(await create({ firstName }))
    const ids: string[] = made.map(({ id }) => id)
    const foreign = await foreignContact()
    const linked = await link([...ids, foreign.id, 'nobody'], businessId)
    expect(linked.status).toBe(200)
    expect(linked.body).toMatchObject({ success: true, ids })
    expect((await get(ids[0] as string)).businessId).toBe(businessId)
    const page = await ofBusiness('&limit=2&skip=1')
    expect(page.body).toMatchObject({ count: 3 })
    expect(page.body.contacts.map(({ firstName }: { firstName: string }) => firstName)).toEqual(['Uwe', 'Una'])
    expect(page.body.contacts[0]).toMatchObject({ email: null, attributions: [] })
    expect((await ofBusiness('&query=ud')).body.contacts).toHaveLength(1)
    await link(ids, null)
    expect((await ofBusiness()).body).toMatchObject({ contacts: [], count: 0 })
    expect(await get(ids[0] as string)).not.toHaveProperty('businessId')
  })

  test('must be one of the sub-account', async () => {
    const { id } = await create()
    const { status, body } = await link([id], '0'.repeat(24))
    expect([status, body.message]).toEqual([400, 'Business not found'])
  })

  test('is listed by its own index', async () => {
    const { rows } = await on.db.executeQuery<{ 'QUERY PLAN': string }>({
      sql: `explain select * from contacts where "locationId" = 'x' and "businessId" = 'y' order by "dateAdded" desc, id desc limit 25`,
      parameters: [],
      query: {} as never,
      queryId: {} as never,
    })
    expect(JSON.stringify(rows)).toContain('contacts_business')
  })
})

describe('campaigns of a contact', () => {
  test('are joined and left, one and all, in both spellings of success', async () => {
    const { id } = await create()
    const added = await on.call('POST', `/contacts/${id}/campaigns/${campaignId}`, { body: {} })
    expect(added.status).toBe(201)
    expect(added.body).toMatchObject({ succeded: true, succeeded: true })
    expect(enrolled).toEqual([id])
    expect((await on.call('DELETE', `/contacts/${id}/campaigns/${campaignId}`)).status).toBe(200)
    expect(enrolled).toEqual([])
    await on.call('POST', `/contacts/${id}/campaigns/${campaignId}`)
    expect((await on.call('DELETE', `/contacts/${id}/campaigns/removeAll`)).body).toMatchObject({ succeded: true })
    expect(enrolled).toEqual([])
    const v3 = { headers: { version: 'v3' } }
    expect((await on.call('DELETE', `/contacts/${id}/campaigns/remove-all`, v3)).status).toBe(200)
  })

  test('that are missing, and missing contacts, are a 400', async () => {
    const { id } = await create()
    const { status, body } = await on.call('POST', `/contacts/${id}/campaigns/other`, { body: {} })
    expect([status, body.message]).toEqual([400, 'Campaign not found'])
    const foreign = await foreignContact()
    const theirs = await on.call('POST', `/contacts/${foreign.id}/campaigns/${campaignId}`, { body: {} })
    expect(theirs.body.message).toBe(`Contact not found for id:${foreign.id}`)
    expect(enrolled).toEqual([])
  })
})

test('appointments of a contact come from the calendars, none without them', async () => {
  const { id } = await create()
  const none = await on.call('GET', `/contacts/${id}/appointments`)
  expect([none.status, none.body.events]).toEqual([200, []])
  await on.call('POST', `/contacts/${id}/campaigns/${campaignId}`, { body: {} })
  expect((await on.call('GET', `/contacts/${id}/appointments`)).body.events).toEqual([
    { id: 'e1', locationId: on.locationId, contactId: id, appointmentStatus: 'confirmed' },
  ])
  expect((await on.call('GET', '/contacts/nobody/appointments')).status).toBe(400)
})

describe('do-not-disturb', () => {
  test('of a channel is set alone and told of once, with the settings of every channel', async () => {
    const { id } = await create({ dndSettings: { SMS: { status: 'active', message: 'no', code: '1' } } })
    const from = on.events.length
    await on.call('PUT', `/contacts/${id}`, { body: { dndSettings: { Email: { status: 'permanent' } } } })
    const settings = { SMS: { status: 'active', message: 'no', code: '1' }, Email: { status: 'permanent' } }
    expect((await get(id)).dndSettings).toEqual(settings)
    const told = on.events.slice(from).filter(({ type }) => type === 'ContactDndUpdate')
    expect(told.map(({ payloadText }) => JSON.parse(payloadText).dndSettings)).toEqual([settings])
    await on.call('PUT', `/contacts/${id}`, { body: { dndSettings: { SMS: { code: '1', message: 'no', status: 'active' } } } })
    await on.call('PUT', `/contacts/${id}`, { body: { inboundDndSettings: { all: { status: 'active' } } } })
    expect(eventsSince(from).filter((type) => type === 'ContactDndUpdate')).toHaveLength(1)
  })
})

describe('upsert', () => {
  const upsert = (fields: object) => on.call('POST', '/contacts/upsert', { body: { locationId: on.locationId, ...fields } })

  test('of an e-mail and a phone of two contacts changes the first match and leaves the other its phone', async () => {
    const byEmail = await create({ email: 'first@match.example' })
    const byPhone = await create({ phone: '+14155550188' })
    const { body } = await upsert({ email: 'first@match.example', phone: '+14155550188', firstName: 'Matched' })
    expect(body).toMatchObject({ new: false, contact: { id: byEmail.id, firstName: 'Matched' } })
    expect(body.contact).not.toHaveProperty('phone')
    expect((await get(byPhone.id)).phone).toBe('+14155550188')
  })

  test('looks in the order that the location has set', async () => {
    const byEmail = await create({ email: 'order@match.example' })
    const byPhone = await create({ phone: '+14155550189' })
    const settings = { allowDuplicateContact: false, contactUniqueIdentifiers: ['phone', 'email'] }
    const setTo = (value: object) =>
      on.db
        .updateTable('locations')
        .set({ settings: JSON.stringify(value) })
        .where('id', '=', on.locationId)
        .execute()
    await setTo(settings)
    const { body } = await upsert({ email: 'order@match.example', phone: '+14155550189', firstName: 'Matched' })
    await setTo({ ...settings, contactUniqueIdentifiers: ['email', 'phone'] })
    expect(body.contact.id).toBe(byPhone.id)
    expect((await get(byEmail.id)).email).toBe('order@match.example')
  })

  test('makes a second contact on demand, only where the location allows duplicates', async () => {
    const first = await create({ email: 'again@match.example' })
    const asked = { email: 'again@match.example', createNewIfDuplicateAllowed: true }
    expect((await upsert(asked)).body).toMatchObject({ new: false, contact: { id: first.id } })
    const settings = { allowDuplicateContact: true, contactUniqueIdentifiers: ['email', 'phone'] }
    await on.db
      .updateTable('locations')
      .set({ settings: JSON.stringify(settings) })
      .where('id', '=', on.locationId)
      .execute()
    expect((await upsert(asked)).body.new).toBe(true)
    expect((await upsert({ email: 'again@match.example' })).body).toMatchObject({ new: false, contact: { id: first.id } })
    const strict = { ...settings, allowDuplicateContact: false }
    await on.db
      .updateTable('locations')
      .set({ settings: JSON.stringify(strict) })
      .where('id', '=', on.locationId)
      .execute()
  })
})
