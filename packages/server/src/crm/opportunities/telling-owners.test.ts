import { afterAll, beforeAll, expect, test } from 'vitest'
import { usersReached } from '../../identity/index.js'
import { contactPorts } from '../../testing/contact-ports.js'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { contactsModule } from '../contacts/index.js'
import { tellUser } from '../notices/index.js'
import { tellPeople } from '../notices/telling.js'
import { addOpportunitiesToHeld } from './adding.js'
import { type OpportunityPorts, opportunitiesModule } from './index.js'

let on: ModuleApp
let ports: OpportunityPorts
let pipelineId = ''
const [sue, tom, gone] = ['userSue0000000000001', 'userTom0000000000002', 'userGone000000000003']

beforeAll(async () => {
  const tell = tellPeople({ reached: usersReached, outbox: true, mailFrom: 'desk@agency.example', text: async () => false })
  on = await moduleApp(({ lookups }) => {
    const contacts = contactPorts(lookups)
    ports = {
      ...{ users: contacts.users, locations: contacts.locations as never, fields: { definitions: async () => [] } },
      ...{ publicUrl: () => 'http://127.0.0.1:4000', tellUser: tellUser(tell) },
    }
    return [...contactsModule(contacts), ...opportunitiesModule(ports)]
  })
  const dateAdded = on.clock.now()
  const rows = [sue, tom, gone].map((id) => ({
    ...{ id, companyId: on.companyId, firstName: id, lastName: 'T', email: `${id}@agency.example`, phone: null },
    ...{ type: 'account', role: 'user', isOwner: false, dateAdded },
  }))
  await on.db
    .insertInto('users')
    .values(rows as never)
    .execute()
  const places = [sue, tom].map((userId) => ({ userId, locationId: on.locationId }))
  await on.db.insertInto('userLocations').values(places).execute()
  const body = { locationId: on.locationId, name: 'Sales', stages: [{ name: 'New' }] }
  pipelineId = (await on.call('POST', '/opportunities/pipelines', { body })).body.pipeline.id
})
afterAll(() => on?.close())

let serial = 0
const person = async (): Promise<string> => {
  const body = { locationId: on.locationId, firstName: 'Ada', email: `ada${++serial}@example.com` }
  return (await on.call('POST', '/contacts/', { body })).body.contact.id
}
const create = async (more: object, token = on.token()) => {
  const body = { locationId: on.locationId, pipelineId, name: 'Roof', contactId: await person(), monetaryValue: 1200, ...more }
  return (await on.call('POST', '/opportunities/', { body, token })).body.opportunity
}
const told = () =>
  on.db.selectFrom('userNotices').selectAll().where('locationId', '=', on.locationId).orderBy('dateAdded').execute()

test('whoever is given an opportunity is told once, with what it is worth; whoever takes one is not', async () => {
  const { id, contactId } = await create({ assignedTo: sue })
  expect(await told()).toMatchObject([
    { userId: sue, opportunityId: id, contactId, title: 'An opportunity is yours: Roof', body: 'Ada, worth $1,200' },
  ])
  const change = (body: object, token = on.token()) => {
    on.clock.advance(1000)
    return on.call('PUT', `/opportunities/${id}`, { body, token })
  }
  await change({ assignedTo: sue, monetaryValue: 1300 })
  await change({ assignedTo: tom }, on.token({ source: 'session', userId: tom }))
  expect((await told()).length).toBe(1)
  await change({ assignedTo: sue })
  await change({ assignedTo: tom })
  expect((await told()).map(({ userId }) => userId)).toEqual([sue, sue, tom])
  expect((await on.call('DELETE', `/opportunities/${id}`)).status).toBe(200)
  expect(await told()).toEqual([])
})

test('of many that come at once there is one notice, and nobody is told of what was refused', async () => {
  const contactIds = [await person(), await person(), await person()]
  const { body } = await on.call('GET', `/opportunities/pipelines?locationId=${on.locationId}`)
  const stage = body.pipelines[0].stages[0].id
  const add = (assignedTo: string, titled: readonly string[]) =>
    on.db.transaction().execute((db) => {
      on.clock.advance(1000)
      const now = on.clock.now()
      const author = { source: 'WORKFLOW', channel: 'AUTOMATION', sourceId: 'w', timestamp: now }
      const work = { db, locationId: on.locationId, now, author, newId: () => `many${++serial}`.padEnd(20, '0') }
      const shared = { pipelineId, pipelineStageId: stage, assignedTo }
      return addOpportunitiesToHeld(
        ports,
        work,
        shared,
        titled.map((contactId) => ({ contactId, name: 'Lead' })),
      )
    })
  await add(sue, contactIds)
  expect(await told()).toMatchObject([{ userId: sue, title: '3 opportunities are yours', opportunityId: null, contactId: null }])
  await add(tom, [await person()])
  expect((await told()).at(-1)).toMatchObject({ userId: tom, title: 'An opportunity is yours: Lead' })
  const before = (await told()).length
  await expect(add(gone, [await person(), await person()])).rejects.toThrow()
  expect((await told()).length).toBe(before)
})
