import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contactPorts } from '../../testing/contact-ports.js'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { contactsModule } from './index.js'

let on: ModuleApp

beforeAll(async () => {
  on = await moduleApp(({ lookups }) => contactsModule(contactPorts(lookups)))
})
afterAll(() => on?.close())

const create = (fields: object) => on.call('POST', '/contacts/', { body: { locationId: on.locationId, ...fields } })
const eventTypes = (from: number) => on.events.slice(from).map(({ type }) => type)

describe('a contact', () => {
  test('is created with 201, its empty fields left out, its e-mail lower-cased and its phone in E.164', async () => {
    const { status, body } = await create({
      firstName: 'Ada',
      lastName: 'Lovelace',
      email: 'Ada@Example.com',
      phone: '(415) 555-2671',
      tags: ['new', 'New', 'hot'],
    })
    expect(status).toBe(201)
    expect(body.traceId).toMatch(/^[0-9a-f-]{36}$/)
    expect(body.contact).toMatchObject({
      locationId: on.locationId,
      name: 'Ada Lovelace',
      email: 'ada@example.com',
      phone: '+14155552671',
      firstNameLowerCase: 'ada',
      tags: ['new', 'hot'],
      type: 'lead',
      createdBy: { source: 'INTEGRATION', channel: 'OAUTH' },
    })
    expect(body.contact).not.toHaveProperty('city')
    expect(body.contact.id).toMatch(/^[A-Za-z0-9]{20}$/)
    expect(body.contact.dateAdded).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  })

  test('of an e-mail that is there already is refused with the id of the other', async () => {
    const first = await create({ email: 'twice@example.com', name: 'First One' })
    const { status, body } = await create({ email: 'TWICE@example.com' })
    expect(status).toBe(400)
    expect(body).toMatchObject({
      statusCode: 400,
      message: 'This location does not allow duplicated contacts.',
      meta: { contactId: first.body.contact.id, contactName: 'First One', matchingField: 'email' },
    })
  })

  test('is created once when twenty requests race', async () => {
    const replies = await Promise.all(Array.from({ length: 20 }, () => create({ phone: '+14155550100' })))
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(replies.filter(({ status }) => status === 400)).toHaveLength(19)
  })

  test('that is missing is a 400 in both spellings that programs read', async () => {
    const { status, body } = await on.call('GET', '/contacts/doesNotExist00000000')
    expect(status).toBe(400)
    expect(body).toMatchObject({
      message: 'Contact not found for id:doesNotExist00000000',
      error: 'Contact with id doesNotExist00000000 not found',
    })
  })

  test('of another location is as missing as one that never was', async () => {
    const { body } = await create({ email: 'mine@example.com' })
    const foreign = on.token({ locationId: on.otherLocationId })
    const got = await on.call('GET', `/contacts/${body.contact.id}`, { token: foreign })
    expect(got.status).toBe(400)
    const changed = await on.call('PUT', `/contacts/${body.contact.id}`, { token: foreign, body: { firstName: 'Stolen' } })
    expect(changed.status).toBe(400)
    const removed = await on.call('DELETE', `/contacts/${body.contact.id}`, { token: foreign })
    expect(removed.status).toBe(400)
    expect((await on.call('GET', `/contacts/${body.contact.id}`)).body.contact.firstName).toBeUndefined()
  })

  test('is changed field by field, tags replaced, and tells of each kind of change once', async () => {
    const { body } = await create({ email: 'change@example.com', firstName: 'Old', city: 'Lyon', tags: ['a'] })
    const from = on.events.length
    const changed = await on.call('PUT', `/contacts/${body.contact.id}`, {
      body: { firstName: 'New', city: '', tags: ['b'], dnd: true },
    })
    expect(changed.status).toBe(200)
    expect(changed.body).toMatchObject({ succeded: true, succeeded: true, contact: { firstName: 'New', tags: ['b'], dnd: true } })
    expect(changed.body.contact).not.toHaveProperty('city')
    expect(eventTypes(from)).toEqual(['ContactUpdate', 'ContactTagUpdate', 'ContactDndUpdate'])
  })

  test('refuses locationId in an update and names every violation', async () => {
    const { body } = await create({ email: 'strict@example.com' })
    const { status, body: refusal } = await on.call('PUT', `/contacts/${body.contact.id}`, {
      body: { locationId: on.locationId, firstName: 7, email: 'nope', colour: 'red' },
    })
    expect(status).toBe(422)
    expect(refusal.message).toEqual([
      'firstName must be a string',
      'email must be an email',
      'property locationId should not exist',
      'property colour should not exist',
    ])
  })

  test('is deleted with its notes, and the total goes down', async () => {
    const { body } = await create({ email: 'gone@example.com' })
    const { id } = body.contact
    await on.call('POST', `/contacts/${id}/notes`, { body: { body: 'Soon gone' } })
    const before = (await on.call('GET', `/contacts/?locationId=${on.locationId}&limit=1`)).body.meta.total
    const { status, body: reply } = await on.call('DELETE', `/contacts/${id}`)
    expect({ status, ...reply, traceId: '' }).toEqual({ status: 200, succeded: true, succeeded: true, traceId: '' })
    expect((await on.call('GET', `/contacts/?locationId=${on.locationId}&limit=1`)).body.meta.total).toBe(before - 1)
    expect(await on.db.selectFrom('contactNotes').select('id').where('contactId', '=', id).execute()).toEqual([])
  })
})

describe('upsert', () => {
  test('creates once, then updates the same contact', async () => {
    const send = (fields: object) =>
      on.call('POST', '/contacts/upsert', { body: { locationId: on.locationId, email: 'upsert@example.com', ...fields } })
    const first = await send({ firstName: 'One' })
    expect(first.body).toMatchObject({ new: true, succeded: true, succeeded: true })
    const second = await send({ firstName: 'Two', phone: '+14155550123' })
    expect(second.body).toMatchObject({
      new: false,
      contact: { id: first.body.contact.id, firstName: 'Two', phone: '+14155550123' },
    })
  })
})

describe('the list', () => {
  test('goes by the day of the last change or of the beginning, both ways, and on from the last row', async () => {
    const ids: string[] = []
    for (const lastName of ['One', 'Two', 'Three']) {
      ids.push((await create({ firstName: 'Sortable', lastName, email: `${lastName}@sortable.example` })).body.contact.id)
    }
    const [first = '', second = '', third = ''] = ids
    await on.call('PUT', `/contacts/${first}`, {
      body: { city: 'Oslo', type: 'customer', additionalEmails: ['A@b.example'] },
    })
    const listed = async (more: string) => {
      const { body } = await on.call('GET', `/contacts/?locationId=${on.locationId}&query=sortable&limit=2${more}`)
      return [body.contacts.map(({ id }: { id: string }) => id), body.meta.nextPageUrl] as const
    }
    for (const [sortBy, order, pages] of [
      ['date_updated', 'desc', [[first, third], [second]]],
      ['date_updated', 'asc', [[second, third], [first]]],
      ['date_added', 'asc', [[first, second], [third]]],
    ] as const) {
      const [one, next] = await listed(`&sortBy=${sortBy}&order=${order}`)
      expect(one).toEqual(pages[0])
      const { body } = await on.call('GET', next.replace(/^.*\/contacts/, '/contacts'))
      expect(body.contacts.map(({ id }: { id: string }) => id)).toEqual(pages[1])
    }
    const { contact } = (await on.call('GET', `/contacts/${first}`)).body
    expect(contact).toMatchObject({ type: 'customer', additionalEmails: [{ email: 'a@b.example' }] })
  })

  test('pages by cursor through every contact once, newest first, with empty fields as null', async () => {
    const other = on.token({ locationId: on.otherLocationId })
    for (let at = 0; at < 7; at++) {
      await on.call('POST', '/contacts/', { token: other, body: { locationId: on.otherLocationId, firstName: `P${at}` } })
    }
    const seen: string[] = []
    let path: string | undefined = `/contacts/?locationId=${on.otherLocationId}&limit=3`
    while (path) {
      const { status, body } = await on.call('GET', path, { token: other })
      expect(status).toBe(200)
      expect(body.meta.total).toBe(7)
      for (const row of body.contacts) expect(row.email).toBeNull()
      seen.push(...body.contacts.map((row: { firstName: string }) => row.firstName))
      path = body.meta.nextPageUrl ? new URL(body.meta.nextPageUrl).pathname + new URL(body.meta.nextPageUrl).search : undefined
    }
    expect(seen).toEqual(['P6', 'P5', 'P4', 'P3', 'P2', 'P1', 'P0'])
  })

  test('pages by number until fewer than the limit come back', async () => {
    const other = on.token({ locationId: on.otherLocationId })
    const third = await on.call('GET', `/contacts/?locationId=${on.otherLocationId}&limit=3&page=3`, { token: other })
    expect(third.body.contacts).toHaveLength(1)
    expect(third.body.meta).toMatchObject({ currentPage: 3, nextPage: null, prevPage: 2 })
  })

  test('of another location is 403, before any validation', async () => {
    const { status, body } = await on.call('GET', `/contacts/?locationId=${on.otherLocationId}&limit=9999&x=1`)
    expect(status).toBe(403)
    expect(body.message).toBe('The token does not have access to this location.')
  })

  test('finds by part of a name, an e-mail or a phone, and by two first letters', async () => {
    await create({ firstName: 'Zoltan', lastName: 'Quimby', email: 'zq@example.org' })
    for (const query of ['quim', 'ZOLTAN q', 'zq@ex', 'zo']) {
      const { body } = await on.call('GET', `/contacts/?locationId=${on.locationId}&query=${encodeURIComponent(query)}`)
      expect(
        body.contacts.map((row: { lastName: string }) => row.lastName),
        query,
      ).toEqual(['Quimby'])
      expect(body.meta.total).toBe(1)
    }
  })
})

describe('the list', () => {
  test.each(['-8640000000000000', '-1', '99999999999999999'])('refuses startAfter=%s, a day that no contact has', async (at) => {
    const query = `locationId=${on.locationId}&startAfter=${at}&startAfterId=x`
    expect((await on.call('GET', `/contacts/?${query}`)).status).toBe(422)
  })
})

describe('search', () => {
  const search = (body: object) =>
    on.call('POST', '/contacts/search', { body: { locationId: on.locationId, pageLimit: 20, ...body } })

  test('demands locationId and pageLimit', async () => {
    const { status, body } = await on.call('POST', '/contacts/search', { body: { locationId: on.locationId } })
    expect(status).toBe(422)
    expect(body.message).toEqual([
      'pageLimit must be a number conforming to the specified constraints',
      'pageLimit should not be empty',
    ])
  })

  test('filters by tag, sorts, and goes on from the last row', async () => {
    for (const name of ['Cara', 'Abe', 'Bob']) await create({ firstName: name, email: `${name}@sort.example`, tags: ['sorted'] })
    const asked = {
      filters: [{ field: 'tags', operator: 'eq', value: 'sorted' }],
      sort: [{ field: 'firstNameLowerCase', direction: 'asc' }],
    }
    const first = await search({ ...asked, pageLimit: 2 })
    expect(first.status).toBe(200)
    expect(first.body.total).toBe(3)
    expect(first.body.contacts.map((row: { firstName: string }) => row.firstName)).toEqual(['Abe', 'Bob'])
    expect(first.body.contacts[0]).toMatchObject({ address: null, opportunities: [], contactName: 'Abe' })
    const second = await search({ ...asked, pageLimit: 2, searchAfter: first.body.contacts[1].searchAfter })
    expect(second.body.contacts.map((row: { firstName: string }) => row.firstName)).toEqual(['Cara'])
  })

  test.each([-8.64e15, -1, 8.64e15 + 2, null, '2026-01-01'])('refuses a cursor at %s, a day that no contact has', async (at) => {
    const { status, body } = await search({ searchAfter: [at, 'x'] })
    expect(status).toBe(422)
    expect(body.message[0]).toContain('searchAfter.0 does not fit')
  })

  test('takes 100 filters and no more', async () => {
    const filters = (count: number) => Array.from({ length: count }, () => ({ field: 'id', operator: 'eq', value: 'x' }))
    expect((await search({ filters: filters(100) })).status).toBe(200)
    expect((await search({ filters: filters(15_000) })).status).toBe(422)
  })

  test('ends its window at 10 000 and says how to go on', async () => {
    const { status, body } = await search({ page: 501 })
    expect(status).toBe(400)
    expect(body.message).toContain('searchAfter')
  })

  test('tells the duplicate by e-mail or by number, and null where there is none', async () => {
    const { body } = await create({ email: 'dup@example.com', phone: '+14155550177' })
    const byNumber = await on.call(
      'GET',
      `/contacts/search/duplicate?locationId=${on.locationId}&number=${encodeURIComponent('415 555 0177')}`,
    )
    expect(byNumber.body).toMatchObject({ contact: { id: body.contact.id }, matchingField: 'phone' })
    const none = await on.call('GET', `/contacts/search/duplicate?locationId=${on.locationId}&email=nobody@example.com`)
    expect(none.body.contact).toBeNull()
  })
})

describe('tags', () => {
  test('are added and taken off, and the reply tells which', async () => {
    const { body } = await create({ email: 'tags@example.com', tags: ['one'] })
    const from = on.events.length
    const added = await on.call('POST', `/contacts/${body.contact.id}/tags`, { body: { tags: ['One', 'two'] } })
    expect(added.status).toBe(201)
    expect(added.body).toMatchObject({ tags: ['one', 'two'], tagsAdded: ['two'] })
    const removed = await on.call('DELETE', `/contacts/${body.contact.id}/tags`, { body: { tags: ['one', 'three'] } })
    expect(removed.status).toBe(200)
    expect(removed.body).toMatchObject({ tags: ['two'], tagsRemoved: ['one'] })
    expect(eventTypes(from)).toEqual(['ContactTagUpdate', 'ContactTagUpdate'])
  })
})

describe('notes', () => {
  test('are written, read, changed and deleted; an app’s note has no author', async () => {
    const { body } = await create({ email: 'notes@example.com' })
    const base = `/contacts/${body.contact.id}/notes`
    const from = on.events.length
    const written = await on.call('POST', base, { body: { body: '<p>Call <b>back</b></p>', userId: on.locationId } })
    expect(written.status).toBe(201)
    expect(written.body.note).toMatchObject({
      body: '<p>Call <b>back</b></p>',
      bodyText: 'Call back',
      userId: null,
      contactId: body.contact.id,
    })
    const changed = await on.call('PUT', `${base}/${written.body.note.id}`, { body: { body: 'Done' } })
    expect(changed.body.note.body).toBe('Done')
    expect((await on.call('GET', `${base}/`)).body.notes).toHaveLength(1)
    expect((await on.call('DELETE', `${base}/${written.body.note.id}`)).body).toMatchObject({ succeded: true, succeeded: true })
    expect((await on.call('GET', `${base}/${written.body.note.id}`)).body).toMatchObject({
      statusCode: 400,
      message: 'Note not found',
    })
    expect(eventTypes(from)).toEqual(['NoteCreate', 'NoteUpdate', 'NoteDelete'])
  })

  test('of a missing contact are refused', async () => {
    const { status } = await on.call('POST', '/contacts/nobody/notes', { body: { body: 'x' } })
    expect(status).toBe(400)
  })
})

test('no contact is written into a sub-account that is not there, and none that has contacts goes', async () => {
  const copy = on.db
    .insertInto('contacts')
    .columns([
      'locationId',
      'id',
      'dnd',
      'type',
      'tags',
      'customFields',
      'followers',
      'additionalEmails',
      'createdBy',
      'dateAdded',
      'dateUpdated',
    ])
    .expression(
      sql`select 'nowhere', id, dnd, type, tags, "customFields", followers, "additionalEmails", "createdBy", "dateAdded", "dateUpdated" from contacts limit 1`,
    )
  await create({ email: 'somewhere@example.com' })
  await expect(copy.execute()).rejects.toMatchObject({ code: '23503' })
  await expect(on.db.deleteFrom('locations').where('id', '=', on.locationId).execute()).rejects.toMatchObject({ code: '23503' })
})
