import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { contactPorts } from '../../testing/contact-ports.js'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { contactsModule, countTagged, retagAll, retagSome } from '../contacts/index.js'
import { keepTags, tagsModule } from './index.js'

let on: ModuleApp
let awaited = true

beforeAll(async () => {
  on = await moduleApp(() => [
    ...tagsModule({ countTagged, retagAll, retagSome, isAwaited: async () => awaited }),
    ...contactsModule(contactPorts({ location: async () => ({ country: 'US', settings: { allowDuplicateContact: true } }) })),
  ])
})
beforeEach(async () => {
  awaited = true
  await on.db.deleteFrom('contacts').execute()
  await on.db.deleteFrom('locationTags').execute()
})
afterAll(() => on?.close())

const path = (locationId = on.locationId) => `/locations/${locationId}/tags`
const names = async (locationId?: string, token?: string) => {
  const { body } = await on.call('GET', path(locationId), token ? { token } : {})
  return body.tags.map(({ name }: { name: string }) => name)
}
const create = (name: string) => on.call('POST', path(), { body: { name } })
const addContact = async (tags: string[], fields: object = {}) => {
  const reply = await on.call('POST', '/contacts/', { body: { locationId: on.locationId, firstName: 'Ada', tags, ...fields } })
  return reply.body.contact.id as string
}
const tagsOf = async (id: string) => (await on.call('GET', `/contacts/${id}`, { token: on.token() })).body.contact.tags
const idOf = async (name: string) => {
  const row = await on.db.selectFrom('locationTags').select('id').where('name', '=', name).executeTakeFirstOrThrow()
  return row.id
}

describe('a tag', () => {
  test('is created with 200 in lower case, once', async () => {
    const { status, body } = await create(' VIP ')
    expect(status).toBe(200)
    const { traceId: _, ...reply } = body
    expect(reply).toEqual({ tag: { id: expect.stringMatching(/^[A-Za-z0-9]{20}$/), name: 'vip', locationId: on.locationId } })
    const again = await create('Vip')
    expect([again.status, again.body.message]).toEqual([400, 'A tag named vip already exists.'])
    expect((await on.call('GET', `${path()}/${reply.tag.id}`)).body.tag.name).toBe('vip')
  })

  test.each([
    ['no name', {}, ['name must be a string', 'name should not be empty']],
    ['a blank name', { name: ' ' }, ['name should not be empty']],
    ['a number', { name: 7 }, ['name must be a string']],
  ])('with %s is refused', async (_case, body, message) => {
    const reply = await on.call('POST', path(), { body })
    expect([reply.status, reply.body.message]).toEqual([422, message])
  })

  test('that is renamed is renamed on contacts in its place, each of which is told of', async () => {
    const [one, two, other] = [await addContact(['hot', 'lead']), await addContact(['lead']), await addContact(['cold'])]
    const before = on.events.length
    const { status, body } = await on.call('PUT', `${path()}/${await idOf('lead')}`, { body: { name: 'Prospect' } })
    expect([status, body.tag.name]).toEqual([200, 'prospect'])
    expect([await tagsOf(one), await tagsOf(two), await tagsOf(other)]).toEqual([['hot', 'prospect'], ['prospect'], ['cold']])
    expect(await names()).toEqual(['cold', 'hot', 'prospect'])
    const events = on.events.slice(before)
    expect(events.map(({ type, payloadText }) => [type, JSON.parse(payloadText).id]).sort()).toEqual(
      [
        ['ContactTagUpdate', one],
        ['ContactTagUpdate', two],
      ].sort(),
    )
  })

  test('cannot take the name of another', async () => {
    await addContact(['one', 'two'])
    const { status, body } = await on.call('PUT', `${path()}/${await idOf('one')}`, { body: { name: 'TWO' } })
    expect([status, body.message]).toEqual([400, 'A tag named two already exists.'])
    expect(await names()).toEqual(['one', 'two'])
  })

  test('that is deleted leaves its contacts; nobody is told where nobody listens', async () => {
    awaited = false
    const id = await addContact(['old', 'new'])
    const before = on.events.length
    const { status, body } = await on.call('DELETE', `${path()}/${await idOf('old')}`)
    expect([status, body.succeded, body.succeeded]).toEqual([200, true, true])
    expect([await tagsOf(id), await names(), on.events.length]).toEqual([['new'], ['new'], before])
  })

  test('of another sub-account cannot be read, renamed or deleted, nor its contacts', async () => {
    const id = await addContact(['mine'])
    const tagId = await idOf('mine')
    const token = on.token({ locationId: on.otherLocationId })
    for (const [method, body] of [['GET'], ['PUT', { name: 'theirs' }], ['DELETE']] as const) {
      expect((await on.call(method, `${path()}/${tagId}`, { token, body })).status).toBe(403)
      const reply = await on.call(method, `${path(on.otherLocationId)}/${tagId}`, { token, body })
      expect([reply.status, reply.body.message]).toEqual([400, 'Tag not found'])
    }
    const theirs = await on.call('POST', path(on.otherLocationId), { token, body: { name: 'mine' } })
    await on.call('DELETE', `${path(on.otherLocationId)}/${theirs.body.tag.id}`, { token })
    expect([await tagsOf(id), await names(), await names(on.otherLocationId, token)]).toEqual([['mine'], ['mine'], []])
  })
})

describe('the catalogue', () => {
  test('gets every tag that a contact gets, however it gets it', async () => {
    const id = await addContact(['Created'])
    await on.call('PUT', `/contacts/${id}`, { body: { tags: ['created', 'Updated'] } })
    await on.call('POST', `/contacts/${id}/tags`, { body: { tags: ['Added'] } })
    await on.call('POST', '/contacts/upsert', { body: { locationId: on.locationId, email: 'a@b.example', tags: ['Upserted'] } })
    const bulk = { contacts: [id], tags: ['In Bulk'], locationId: on.locationId }
    expect((await on.call('POST', '/contacts/bulk/tags/update/add', { body: bulk })).status).toBe(201)
    expect(await names()).toEqual(['added', 'created', 'in bulk', 'updated', 'upserted'])
  })

  test('counts the contacts of each tag in one answer, of its own sub-account alone', async () => {
    await addContact(['one', 'both'])
    await addContact(['both'])
    await on.call('POST', path(), { body: { name: 'unused' } })
    const reply = await on.call('GET', `/_ground/tags/counts?locationId=${on.locationId}`)
    expect(reply.body.counts).toEqual([
      { name: 'both', contacts: 2 },
      { name: 'one', contacts: 1 },
      { name: 'unused', contacts: 0 },
    ])
    const token = on.token({ locationId: on.otherLocationId })
    const theirs = await on.call('GET', `/_ground/tags/counts?locationId=${on.otherLocationId}`, { token })
    expect(theirs.body.counts).toEqual([])
  })

  test('keeps a tag that its last contact loses', async () => {
    const id = await addContact(['kept'])
    await on.call('DELETE', `/contacts/${id}/tags`, { body: { tags: ['kept'] } })
    expect([await tagsOf(id), await names()]).toEqual([[], ['kept']])
  })

  test('and contacts agree after a hundred changes and deletions at once', async () => {
    const ids = await Promise.all(Array.from({ length: 6 }, () => addContact(['seed'])))
    const work = Array.from({ length: 100 }, (_, at) => async () => {
      const id = ids[at % ids.length] ?? ''
      if (at % 5 !== 0) return on.call('POST', `/contacts/${id}/tags`, { token: on.token(), body: { tags: [`tag ${at % 3}`] } })
      const known = await on.db
        .selectFrom('locationTags')
        .select('id')
        .where('name', '=', `tag ${at % 3}`)
        .executeTakeFirst()
      return known && on.call('DELETE', `${path()}/${known.id}`, { token: on.token() })
    })
    const replies = await Promise.all(work.map((act) => act()))
    expect(replies.filter((reply) => reply && reply.status > 400)).toEqual([])
    const onContacts = new Set((await Promise.all(ids.map(tagsOf))).flat())
    const known = new Set(await names())
    expect([...onContacts].filter((tag) => !known.has(tag as string))).toEqual([])
  })

  test('writes nothing for tags that it knows', async () => {
    await keepTags(on.db, on.locationId, ['a', 'b'], on.clock.now())
    const version = async () => (await on.db.selectFrom('locationTags').selectAll().orderBy('name').execute()).map(({ id }) => id)
    const before = await version()
    await Promise.all([1, 2, 3].map(() => keepTags(on.db, on.locationId, ['b', 'a'], on.clock.now())))
    expect(await version()).toEqual(before)
  })
})
