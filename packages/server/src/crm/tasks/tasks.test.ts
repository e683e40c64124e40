import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { usersAmong } from '../../identity/index.js'
import { newId } from '../../ids.js'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { seedContacts } from '../contacts/index.js'
import { tasksModule } from './index.js'

let on: ModuleApp
let contactId: string
let userId: string
let foreign: string

const addContact = async (locationId: string, email: string) => {
  const id = newId(on.clock.now())
  const blank = { type: 'lead' as const, tags: [], assignedTo: null, companyName: null, dateAdded: on.clock.now() }
  const person = { firstName: 'Ada', lastName: 'L', email, phone: `+1${email}`, city: '', state: '', country: 'US' }
  await seedContacts(on.db, locationId, [{ id, ...person, source: '', timezone: '', ...blank }])
  return id
}

const addUser = async (companyId: string, locationId: string) => {
  const id = newId(on.clock.now())
  const row = {
    id,
    companyId,
    accountId: null,
    firstName: 'U',
    lastName: 'S',
    email: `${id}@example.com`,
    type: 'account',
    role: 'user',
  }
  await on.db
    .insertInto('users')
    .values({ ...row, permissions: '{}', scopes: [], dateAdded: on.clock.now() } as never)
    .execute()
  await on.db
    .insertInto('userLocations')
    .values({ userId: id, locationId } as never)
    .execute()
  return id
}

beforeAll(async () => {
  on = await moduleApp(({ lookups }) =>
    tasksModule({
      users: { among: usersAmong },
      places: {
        location: (id) =>
          lookups.selectFrom('locations').select(['companyId', 'timezone']).where('id', '=', id).executeTakeFirst(),
      },
    }),
  )
  contactId = await addContact(on.locationId, 'ada@example.com')
  userId = await addUser(on.companyId, on.locationId)
  foreign = on.token({ locationId: on.otherLocationId })
})
afterAll(() => on?.close())

const path = (id = contactId) => `/contacts/${id}/tasks`
const create = async (fields: object = {}, id = contactId) =>
  on.call('POST', path(id), { body: { title: 'Call back', dueDate: null, completed: false, ...fields } })
const last = () => {
  const { type, payloadText } = on.events.at(-1) ?? { type: '', payloadText: '{}' }
  return { type, payload: JSON.parse(payloadText) }
}

describe('a task', () => {
  test('is created with 201, its date in UTC, and its event carries contact and body', async () => {
    const { status, body } = await create({ body: 'About the invoice', dueDate: '2026-10-25T11:00:00+02:00', assignedTo: userId })
    expect(status).toBe(201)
    expect(body.task).toMatchObject({
      id: expect.stringMatching(/^[A-Za-z0-9]{20}$/),
      title: 'Call back',
      body: 'About the invoice',
      assignedTo: userId,
      dueDate: '2026-10-25T09:00:00.000Z',
      completed: false,
      contactId,
    })
    expect(last()).toMatchObject({ type: 'TaskCreate', payload: { id: body.task.id, contactId, body: 'About the invoice' } })
  })

  test('without a date is accepted as null, and has none', async () => {
    const { status, body } = await create()
    expect(status).toBe(201)
    expect(body.task).not.toHaveProperty('dueDate')
  })

  test.each([
    ['2020-10-25', '2020-10-25T00:00:00.000Z'],
    ['2020-10-25T11:00:00', '2020-10-25T11:00:00.000Z'],
    ['2020-10-25 11:00:00Z', '2020-10-25T11:00:00.000Z'],
  ])('due %s is due %s', async (dueDate, expected) => {
    expect((await create({ dueDate })).body.task.dueDate).toBe(expected)
  })

  test('is completed once, opened again, changed and deleted, each with its event', async () => {
    const { id } = (await create()).body.task
    const steps: [string, string, object | undefined, string][] = [
      ['PUT', `${path()}/${id}/completed`, { completed: true }, 'TaskComplete'],
      ['PUT', `${path()}/${id}/completed`, { completed: true }, 'TaskUpdate'],
      ['PUT', `${path()}/${id}`, { completed: false, title: 'Call again', dueDate: '2027-01-01' }, 'TaskUpdate'],
      ['PUT', `${path()}/${id}`, { completed: true }, 'TaskComplete'],
      ['DELETE', `${path()}/${id}`, undefined, 'TaskDelete'],
    ]
    for (const [method, url, body, event] of steps) {
      const reply = await on.call(method, url, { body })
      expect([reply.status, last().type]).toEqual([200, event])
      expect(last().payload).toMatchObject({ id, contactId })
    }
    expect((await on.call('GET', `${path()}/${id}`)).body.message).toBe('Task not found')
  })

  test.each([
    [
      'no fields',
      {},
      [
        'title must be a string',
        'title should not be empty',
        'dueDate must be a string',
        'dueDate should not be empty',
        'completed must be a boolean value',
        'completed should not be empty',
      ],
    ],
    [
      'a date that is none',
      { title: 'A', dueDate: '2026-02-30T25:00:00Z', completed: false },
      ['dueDate must be a valid ISO 8601 date string'],
    ],
    [
      'a date before any',
      { title: 'A', dueDate: '0000-01-01', completed: false },
      ['dueDate must be a valid ISO 8601 date string'],
    ],
    ['a blank title', { title: ' ', dueDate: null, completed: false }, ['title should not be empty']],
    ['an unknown field', { title: 'A', dueDate: null, completed: false, due: 1 }, ['property due should not exist']],
  ])('with %s is refused', async (_case, body, message) => {
    const reply = await on.call('POST', path(), { body })
    expect([reply.status, reply.body.message]).toEqual([422, message])
  })

  test('of nobody, or for somebody else’s user, is refused', async () => {
    expect((await create({}, 'nobodyNobodyNobody00')).body.message).toBe('Contact not found for id:nobodyNobodyNobody00')
    const stranger = await addUser(on.companyId, on.otherLocationId)
    const { status, body } = await create({ assignedTo: stranger })
    expect([status, body.message]).toEqual([400, 'User not found'])
  })

  test('is out of reach for another sub-account', async () => {
    const { id } = (await create({ title: 'Mine' })).body.task
    const there = await addContact(on.otherLocationId, 'there@example.com')
    for (const under of [contactId, there]) {
      for (const [method, body] of [['GET'], ['PUT', { title: 'Theirs' }], ['DELETE']] as const) {
        expect((await on.call(method, `${path(under)}/${id}`, { token: foreign, body })).status).toBe(400)
      }
    }
    expect((await on.call('GET', path(), { token: foreign })).status).toBe(400)
    expect((await on.call('GET', `${path()}/${id}`)).body.task.title).toBe('Mine')
  })

  test('goes with its contact', async () => {
    const gone = await addContact(on.locationId, 'gone@example.com')
    await create({}, gone)
    await on.db.deleteFrom('contacts').where('id', '=', gone).execute()
    expect(await on.db.selectFrom('contactTasks').select('id').where('contactId', '=', gone).execute()).toEqual([])
  })
})

describe('the search of tasks', () => {
  const search = async (body: object, token?: string) => {
    const reply = await on.call('POST', `/locations/${on.locationId}/tasks/search`, { body, ...(token ? { token } : {}) })
    expect(reply.status).toBe(200)
    return reply.body.tasks.map(({ title }: { title: string }) => title)
  }

  test('filters by contact, state, assignee, business and text, and pages', async () => {
    const one = await addContact(on.locationId, 'one@example.com')
    const two = await addContact(on.locationId, 'two@example.com')
    await on.db
      .updateTable('contacts')
      .set({ businessId: 'b'.repeat(24) })
      .where('id', '=', two)
      .execute()
    await create({ title: 'Zebra feeding' }, one)
    await create({ title: 'Yak shaving', completed: true, body: 'with 100% care' }, one)
    await create({ title: 'Xylophone tuning', assignedTo: userId }, two)
    expect(await search({ contactId: [one, two] })).toEqual(['Xylophone tuning', 'Yak shaving', 'Zebra feeding'])
    expect(await search({ contactId: [one], completed: false })).toEqual(['Zebra feeding'])
    expect(await search({ contactId: [one], completed: true })).toEqual(['Yak shaving'])
    expect(await search({ contactId: [one, two], assignedTo: [userId] })).toEqual(['Xylophone tuning'])
    expect(await search({ businessId: 'b'.repeat(24) })).toEqual(['Xylophone tuning'])
    expect(await search({ query: 'FEED' })).toEqual(['Zebra feeding'])
    expect(await search({ query: '0%' })).toEqual([])
    expect(await search({ query: '00% care' })).toEqual(['Yak shaving'])
    expect(await search({ query: 'xy' })).toEqual(['Xylophone tuning'])
    expect(await search({ contactId: [one, two], limit: 1, skip: 1 })).toEqual(['Yak shaving'])
  })

  test('finds nothing of others', async () => {
    const theirs = await on.call('POST', `/locations/${on.otherLocationId}/tasks/search`, {
      token: foreign,
      body: { contactId: [contactId] },
    })
    expect(theirs.body.tasks).toEqual([])
    expect((await on.call('POST', `/locations/${on.locationId}/tasks/search`, { token: foreign, body: {} })).status).toBe(403)
  })

  test.each([
    ['open ones', sql`not completed`],
    ['those of a contact', sql`"contactId" = any(array['x', 'y'])`],
    ['those of a user', sql`"assignedTo" = any(array['x'])`],
    ['a text', sql`"searchText" like '%invoice%'`],
    ['a beginning', sql`left("searchText", 64) like 'in%'`],
  ])('reads an index: %s', async (_case, condition) => {
    const rows = await on.db.transaction().execute(async (db) => {
      await sql`set local enable_seqscan = off`.execute(db)
      const query = sql<{
        'QUERY PLAN': string
      }>`explain select * from "contactTasks" where "locationId" = 'x' and ${condition} order by "dateAdded" desc, id desc limit 25`
      return (await query.execute(db)).rows
    })
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan).toMatch(/Index/)
    expect(plan).not.toMatch(/Seq Scan/)
  })
})
