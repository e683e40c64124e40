import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../ids.js'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { seedContacts } from '../contacts/index.js'
import { recurringJob, tasksModule } from './index.js'

let on: ModuleApp
let told: string[] = []
let job: ReturnType<typeof recurringJob>

beforeAll(async () => {
  on = await moduleApp(({ lookups }) => {
    const location = (id: string) =>
      lookups.selectFrom('locations').select(['companyId', 'timezone']).where('id', '=', id).executeTakeFirst()
    return tasksModule({ users: { among: async () => new Set() }, places: { location } })
  })
  await on.db.updateTable('locations').set({ timezone: 'America/New_York' }).where('id', '=', on.locationId).execute()
  const addEvents = async (_db: unknown, _event: unknown, texts: readonly string[]) => void told.push(...texts)
  const location = async () => ({ companyId: on.companyId, timezone: 'America/New_York' })
  job = recurringJob({ db: on.db, location, addEvents, wake: () => {} })
})
afterAll(() => on?.close())

const addContact = async () => {
  const id = newId(on.clock.now())
  const blank = { type: 'lead' as const, tags: [], assignedTo: null, companyName: null, dateAdded: on.clock.now() }
  const person = { firstName: 'A', lastName: 'L', email: `${id}@example.com`, phone: id, city: '', state: '', country: 'US' }
  await seedContacts(on.db, on.locationId, [{ id, ...person, source: '', timezone: '', ...blank }])
  return id
}

const path = () => `/locations/${on.locationId}/recurring-tasks`
const create = async (rrule: object, fields: object = {}) => {
  const rruleOptions = { intervalType: 'daily', interval: 1, startDate: '2099-03-07T14:00:00Z', dueAfterSeconds: 600, ...rrule }
  return on.call('POST', path(), { body: { title: 'Water the plants', rruleOptions, ...fields } })
}
const tasksOf = async (id: string) => {
  const rows = await on.db.selectFrom('contactTasks').selectAll().where('recurringTaskId', '=', id).orderBy('dueDate').execute()
  return rows.map(({ dueDate }) => dueDate?.toISOString())
}
const at = (time: string) => new Date(time)

describe('a series of tasks', () => {
  test('answers 201 with its rule and makes its first task at once, with its event', async () => {
    const contactId = await addContact()
    const { status, body } = await create({ endDate: null, count: 5 }, { contactIds: [contactId], description: 'All of them' })
    expect(status).toBe(201)
    expect(body.recurringTask).toMatchObject({
      id: expect.stringMatching(/^[A-Za-z0-9]{20}$/),
      title: 'Water the plants',
      description: 'All of them',
      locationId: on.locationId,
      rruleOptions: { intervalType: 'daily', interval: 1, startDate: '2099-03-07T14:00:00.000Z', dueAfterSeconds: 600, count: 5 },
      totalOccurrence: 1,
      deleted: false,
      contactId,
    })
    expect(await tasksOf(body.recurringTask.id)).toEqual(['2099-03-07T14:10:00.000Z'])
    const event = on.events.at(-1)
    expect(event?.type).toBe('TaskCreate')
    expect(JSON.parse(event?.payloadText ?? '')).toMatchObject({ contactId, title: 'Water the plants', body: 'All of them' })
  })

  test('comes round at the same time of day through a change of clocks, each turn once though two nodes look', async () => {
    const { id } = (await create({}, { ignoreTaskCreation: true })).body.recurringTask
    expect(await tasksOf(id)).toEqual([])
    await job.run(at('2099-03-07T13:59:59Z'))
    expect(await tasksOf(id)).toEqual([])
    await Promise.all([job.run(at('2099-03-08T14:00:00Z')), job.run(at('2099-03-08T14:00:00Z'))])
    // On the eighth the clocks of New York go forward.
    expect(await tasksOf(id)).toEqual(['2099-03-07T14:10:00.000Z', '2099-03-08T13:10:00.000Z'])
    await job.run(at('2099-03-08T14:00:00Z'))
    expect(await tasksOf(id)).toHaveLength(2)
    await on.call('DELETE', `${path()}/${id}`)
  })

  test('ends with its count, and with its end', async () => {
    const counted = (await create({ count: 2 }, { ignoreTaskCreation: true })).body.recurringTask.id
    const ended = (await create({ endDate: '2099-03-09T00:00:00Z' }, { ignoreTaskCreation: true })).body.recurringTask.id
    await job.run(at('2099-06-01T00:00:00Z'))
    expect([await tasksOf(counted), await tasksOf(ended)].map(({ length }) => length)).toEqual([2, 2])
    expect((await on.call('GET', `${path()}/${counted}`)).body.recurringTask.totalOccurrence).toBe(2)
  })

  test('waits while a task of it is overdue, where it is told to', async () => {
    const { id } = (await create({ createTaskIfOverDue: false, count: 3 }, { ignoreTaskCreation: true })).body.recurringTask
    await job.run(at('2099-03-09T20:00:00Z'))
    expect(await tasksOf(id)).toHaveLength(1)
    await on.db.updateTable('contactTasks').set({ completed: true }).where('recurringTaskId', '=', id).execute()
    await job.run(at('2099-03-10T20:00:00Z'))
    expect(await tasksOf(id)).toHaveLength(2)
    await on.call('DELETE', `${path()}/${id}`)
  })

  test('makes a task for each contact and ends when they are gone', async () => {
    const contactIds = [await addContact(), await addContact()]
    const { id } = (await create({}, { contactIds, ignoreTaskCreation: true })).body.recurringTask
    told = []
    await job.run(at('2099-03-07T15:00:00Z'))
    expect(told.map((text) => JSON.parse(text).contactId)).toEqual(contactIds)
    await on.db.deleteFrom('contacts').where('id', 'in', contactIds).execute()
    await job.run(at('2099-03-08T15:00:00Z'))
    const series = await on.db
      .selectFrom('recurringTasks')
      .select(['nextAt', 'totalOccurrence'])
      .where('id', '=', id)
      .executeTakeFirst()
    expect(series).toEqual({ nextAt: null, totalOccurrence: 1 })
  })

  test('that is changed goes on by its new rule, without a turn twice', async () => {
    const { id } = (await create({ startDate: '2099-03-07T14:00:00Z' })).body.recurringTask
    const rruleOptions = { intervalType: 'hourly', interval: 2, startDate: '2099-03-07T14:00:00Z', dueAfterSeconds: 0 }
    const changed = await on.call('PUT', `${path()}/${id}`, { body: { title: 'Every other hour', rruleOptions } })
    expect([changed.status, changed.body.recurringTask.title]).toEqual([200, 'Every other hour'])
    await job.run(at('2099-03-07T16:30:00Z'))
    expect(await tasksOf(id)).toEqual(['2099-03-07T14:10:00.000Z', '2099-03-07T16:00:00.000Z'])
    const removed = await on.call('DELETE', `${path()}/${id}`)
    const { traceId: _, ...reply } = removed.body
    expect([removed.status, reply]).toEqual([200, { id, success: true }])
    const left = await on.db.selectFrom('contactTasks').select('id').where('title', '=', 'Every other hour').execute()
    expect(left).toHaveLength(1)
  })

  test.each([
    ['no rule', { title: 'A' }, 'rruleOptions must be an object'],
    [
      'a start that is no date',
      { title: 'A', rruleOptions: { intervalType: 'daily', interval: 1, startDate: 'soon', dueAfterSeconds: 1 } },
      'rruleOptions.startDate must be a valid ISO 8601 date string',
    ],
    [
      'an end before its start',
      {
        title: 'A',
        rruleOptions: { intervalType: 'daily', interval: 1, startDate: '2026-02-01', endDate: '2026-01-01', dueAfterSeconds: 1 },
      },
      'rruleOptions.endDate must not be before rruleOptions.startDate',
    ],
    [
      'an interval of nothing',
      { title: 'A', rruleOptions: { intervalType: 'daily', interval: 0, startDate: '2026-02-01', dueAfterSeconds: 1 } },
      'rruleOptions.interval must not be less than 1',
    ],
  ])('with %s is refused with a 422 that names it', async (_case, body, message) => {
    const reply = await on.call('POST', path(), { body })
    expect([reply.status, reply.body.message[0]]).toEqual([422, message])
  })

  test('is out of reach for another sub-account, and cannot be given its contacts', async () => {
    const contactId = await addContact()
    const { id } = (await create({}, { ignoreTaskCreation: true })).body.recurringTask
    const token = on.token({ locationId: on.otherLocationId })
    const theirs = `/locations/${on.otherLocationId}/recurring-tasks`
    expect((await on.call('GET', `${path()}/${id}`, { token })).status).toBe(403)
    for (const method of ['GET', 'DELETE']) {
      expect((await on.call(method, `${theirs}/${id}`, { token })).body.message).toBe('Recurring task not found')
    }
    const rruleOptions = { intervalType: 'daily', interval: 1, startDate: '2099-01-01', dueAfterSeconds: 1 }
    const stolen = await on.call('POST', theirs, { token, body: { title: 'A', contactIds: [contactId], rruleOptions } })
    expect([stolen.status, stolen.body.message]).toEqual([400, `Contact not found for id:${contactId}`])
  })
})
