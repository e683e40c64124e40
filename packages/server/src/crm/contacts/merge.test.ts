import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contactPorts } from '../../testing/contact-ports.js'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { campaignsModule, campaignsOf, moveEnrolments } from '../campaigns/index.js'
import { definitionsOf } from '../custom-fields/index.js'
import { moveClicks } from '../links/index.js'
import { moveTasks, tasksModule } from '../tasks/index.js'
import { contactsModule } from './index.js'

let on: ModuleApp

beforeAll(async () => {
  on = await moduleApp(({ lookups }) => [
    ...contactsModule(
      contactPorts(lookups, {
        moves: [moveTasks, moveClicks, moveEnrolments],
        fields: { definitions: (db, locationId) => definitionsOf(db, locationId, 'contact') },
        campaigns: {
          enrol: (db, locationId, contactId, campaignId, now) => campaignsOf(db, locationId).enrol(contactId, campaignId, now),
          remove: (db, locationId, contactId, campaignId) => campaignsOf(db, locationId).remove(contactId, campaignId),
          removeAll: (db, locationId, contactId) => campaignsOf(db, locationId).removeAll(contactId),
        },
      }),
    ),
    ...campaignsModule(),
    ...tasksModule({ users: { among: async () => new Set() }, places: { location: async () => undefined } }),
  ])
})
afterAll(() => on?.close())

const create = async (fields: object, token = on.token(), locationId = on.locationId): Promise<string> =>
  (await on.call('POST', '/contacts/', { token, body: { locationId, ...fields } })).body.contact.id
const merge = (contactId: string, mergedId: string) =>
  on.call('POST', '/_ground/contacts/merge', { body: { locationId: on.locationId, contactId, mergedId } })
const total = async () => (await on.call('GET', `/contacts/?locationId=${on.locationId}`)).body.meta.total

describe('merging two contacts', () => {
  test('keeps what the first has, fills what it lacks, and hands it all that hangs on the second', async () => {
    const sms = { SMS: { status: 'active' } }
    const kept = await create({ email: 'keep@merge.example', firstName: 'Ada', tags: ['a'], city: 'Rome' })
    const gone = await create({
      email: 'gone@merge.example',
      phone: '+14155550142',
      firstName: 'Bob',
      lastName: 'Brown',
      city: 'Oslo',
      tags: ['a', 'b'],
      dndSettings: sms,
    })
    await on.call('POST', `/contacts/${gone}/notes`, { body: { body: 'of the second' } })
    await on.call('POST', `/contacts/${gone}/tasks`, { body: { title: 'of the second', completed: false, dueDate: null } })
    const campaign = await on.call('POST', '/campaigns/', {
      body: { locationId: on.locationId, name: 'Spring', status: 'published' },
    })
    for (const id of [kept, gone]) await on.call('POST', `/contacts/${id}/campaigns/${campaign.body.campaign.id}`, { body: {} })
    const [before, from] = [await total(), on.events.length]

    const { status, body } = await merge(kept, gone)
    expect(status).toBe(200)
    expect(body).toMatchObject({ succeded: true, succeeded: true })
    expect(body.contact).toMatchObject({
      id: kept,
      email: 'keep@merge.example',
      phone: '+14155550142',
      name: 'Ada',
      city: 'Rome',
      tags: ['a', 'b'],
      dndSettings: sms,
    })
    expect(body.contact).not.toHaveProperty('lastName')
    expect((await on.call('GET', `/contacts/${gone}`)).body.message).toBe(`Contact not found for id:${gone}`)
    expect((await on.call('GET', `/contacts/${kept}/notes`)).body.notes).toMatchObject([{ body: 'of the second' }])
    expect((await on.call('GET', `/contacts/${kept}/tasks`)).body.tasks).toMatchObject([{ title: 'of the second' }])
    const enrolled = await on.db.selectFrom('campaignEnrolments').select('contactId').execute()
    expect(enrolled).toEqual([{ contactId: kept }])
    expect(await total()).toBe(before - 1)
    expect(on.events.slice(from).map(({ type }) => type)).toEqual([
      'ContactUpdate',
      'ContactTagUpdate',
      'ContactDndUpdate',
      'ContactDelete',
    ])
  })

  test('with itself is refused, and so is one that is missing or somebody else’s; nothing changes', async () => {
    const own = await create({ email: 'own@merge.example' })
    const token = on.token({ locationId: on.otherLocationId })
    const foreign = await create({ email: 'foreign@merge.example' }, token, on.otherLocationId)
    const from = on.events.length
    expect((await merge(own, own)).status).toBe(422)
    for (const [first, second, lost] of [
      [own, foreign, foreign],
      [foreign, own, foreign],
      [own, 'nobody', 'nobody'],
    ] as const) {
      expect((await merge(first, second)).body.message).toBe(`Contact not found for id:${lost}`)
    }
    expect(on.events).toHaveLength(from)
    expect((await on.call('GET', `/contacts/${foreign}`, { token })).status).toBe(200)
  })

  test('both ways at once leaves one of them', async () => {
    const [one, two] = [await create({ email: 'one@merge.example' }), await create({ email: 'two@merge.example' })]
    const replies = await Promise.all([merge(one, two), merge(two, one)])
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 400])
  })
})
