import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../ids.js'
import { actsOf, type WorkflowWorld, workflowWorld } from '../../testing/workflow-world.js'

let world: WorkflowWorld
const { call, create, person, read, enrol, run, history } = actsOf(() => world)
beforeAll(async () => {
  world = await workflowWorld()
})
afterAll(() => world?.on.close())

const addUser = async () => {
  const { db, companyId, locationId, clock } = world.on
  const id = newId(clock.now())
  const person = { companyId, accountId: null, firstName: 'U', lastName: 'S', email: `${id}@example.com` }
  const rights = { type: 'account', role: 'user', permissions: '{}', scopes: [], dateAdded: clock.now() }
  await db
    .insertInto('users')
    .values({ id, ...person, ...rights } as never)
    .execute()
  await db
    .insertInto('userLocations')
    .values({ userId: id, locationId } as never)
    .execute()
  return id
}

const people = async (workflowId: string, fields: readonly object[]) => {
  const made = []
  for (const each of fields) made.push(await person(each))
  await Promise.all(made.map(({ id }) => enrol(id, workflowId)))
  return made
}

const said = async (workflowId: string, contactId: string) =>
  (await history(workflowId, contactId)).steps.map(({ outcome, reason }: Record<string, string>) => `${outcome}: ${reason}`)

test('a value that fits one contact and not the other changes the one and says why of the other; both go on', async () => {
  const { id } = await create({
    actions: [
      { type: 'update_field', field: 'timezone', value: '{{contact.city}}' },
      { type: 'create_note', body: 'Of {{contact.city}}' },
    ],
  })
  const [fits, not] = await people(id, [{ city: 'Europe/Berlin' }, { city: 'Nowhere' }])
  await run()
  expect([(await read(fits.id)).timezone, (await read(not.id)).timezone]).toEqual(['Europe/Berlin', undefined])
  expect(await said(id, fits.id)).toEqual(['done: set timezone', expect.stringMatching(/^done: wrote note /)])
  expect(await said(id, not.id)).toEqual([
    'failed: timezone must be a name of the tz database such as America/New_York',
    expect.stringMatching(/^done: wrote note /),
  ])
  const notes = (await call('GET', `/contacts/${not.id}/notes`)).body.notes
  expect(notes.map(({ body }: { body: string }) => body)).toEqual(['Of Nowhere'])
})

test('each contact gets its own of what is written for all: field, custom field, owner, note', async () => {
  const field = { locationId: world.on.locationId, objectKey: 'contact', documentType: 'field', dataType: 'TEXT', parentId: 'p' }
  const shown = { placeholder: '', options: '[]', acceptedFormats: [], isMultipleFile: false, allowCustomOption: false }
  const dates = { showInForms: false, dateAdded: world.on.clock.now(), dateUpdated: world.on.clock.now() }
  const fieldId = newId(world.on.clock.now())
  const named = { id: fieldId, name: 'From', fieldKey: 'contact.from', position: 0 }
  await world.on.db
    .insertInto('customFields')
    .values({ ...field, ...named, ...shown, ...dates } as never)
    .execute()
  const userId = await addUser()
  const { id } = await create({
    actions: [
      { type: 'update_field', fields: { companyName: 'Of {{contact.city}}', 'contact.from': '{{contact.city}}' } },
      { type: 'assign', userId, onlyIfUnassigned: true },
      { type: 'assign', users: [userId, 'nobody'] },
    ],
  })
  const cities = Array.from({ length: 20 }, (_, at) => `City ${at}`)
  const made = await people(
    id,
    cities.map((city) => ({ city })),
  )
  await run()
  const outcomes = new Set<string>()
  for (const [at, contact] of made.entries()) {
    const { companyName, customFields, assignedTo } = await read(contact.id)
    expect([companyName, customFields, assignedTo]).toEqual([`Of ${cities[at]}`, [{ id: fieldId, value: cities[at] }], userId])
    const [, , last] = await said(id, contact.id)
    outcomes.add(last)
  }
  // Drawn by the enrolment: of twenty some are given to each.
  expect([...outcomes].sort()).toEqual([`done: assigned to ${userId}`, 'failed: User not found'])
  const filed = world.on.db.selectFrom('contactFieldValues').select('text').where('fieldId', '=', fieldId)
  expect((await filed.execute()).map(({ text }) => text).sort()).toEqual(cities.map((city) => city.toLowerCase()).sort())
})

test('events of a contact are told in the order of its steps', async () => {
  const { id } = await create({
    actions: [
      { type: 'add_tag', tags: ['one'] },
      { type: 'update_field', field: 'city', value: 'Rome' },
      { type: 'create_note', body: 'Now' },
      { type: 'remove_tag', tags: ['one'] },
      { type: 'update_field', field: 'city', value: 'Oslo' },
    ],
  })
  const made = await people(id, [{}, {}, {}])
  const from = world.told.length
  await run()
  for (const contact of made) {
    const mine = world.told.slice(from).filter(({ text }) => text.includes(contact.id))
    expect(mine.map(({ type }) => type)).toEqual([
      'ContactTagUpdate',
      'ContactUpdate',
      'NoteCreate',
      'ContactTagUpdate',
      'ContactUpdate',
    ])
    const cities = mine.map(({ text }) => JSON.parse(text).city)
    expect([cities[1], cities[4]]).toEqual(['Rome', 'Oslo'])
  }
})

test('the history goes with the contact, and with the workflow', async () => {
  const { id } = await create({ actions: [{ type: 'add_tag', tags: ['gone'] }] })
  const [first, second] = await people(id, [{}, {}])
  await run()
  const left = async () => {
    const steps = world.on.db.selectFrom('workflowSteps').select(({ fn }) => fn.countAll<number>().as('n'))
    return (await steps.where('actionId', '=', (await actionsOf(id))[0].id).executeTakeFirstOrThrow()).n
  }
  const actionsOf = async (workflowId: string) => (await call('GET', `/workflows/${workflowId}/versions/1`)).body.version.actions
  expect(await left()).toBe(2)
  await call('DELETE', `/contacts/${first.id}`)
  expect(await left()).toBe(1)
  const [{ id: actionId }] = await actionsOf(id)
  await call('DELETE', `/workflows/${id}`)
  const steps = await world.on.db.selectFrom('workflowSteps').select('number').where('actionId', '=', actionId).execute()
  expect([steps, (await read(second.id)).tags]).toEqual([[], ['gone']])
})

test('a list of who is in it says their names', async () => {
  const { id } = await create({ actions: [{ type: 'wait', days: 1 }] })
  await people(id, [{ firstName: 'Ada', lastName: 'Ray' }, { email: 'nameless@flow.example' }])
  const { enrolments } = (await call('GET', `/workflows/${id}/enrolments`)).body
  expect(enrolments.map(({ contactName }: { contactName: string }) => contactName).sort()).toEqual([
    'Ada Ray',
    'nameless@flow.example',
  ])
})
