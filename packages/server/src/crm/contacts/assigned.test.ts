import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { usersAmong } from '../../identity/index.js'
import { contactPorts } from '../../testing/contact-ports.js'
import { type Browser, type PortalApp, portalApp } from '../../testing/portal-app.js'
import { taskRecords, tasksModule } from '../tasks/index.js'
import { contactRecords, contactsModule, createImporter } from './index.js'

let on: PortalApp
let boss: Browser
let agent: Browser
let agentId: string
let place: Record<string, string>
let theirs: string
let followed: string
let hidden: string

const make = async (fields: object) =>
  (await boss.send('POST', '/contacts/', { locationId: on.locationId, ...fields }, place)).body.contact.id as string

beforeAll(async () => {
  on = await portalApp({
    assigned: { ...contactRecords, ...taskRecords },
    more: ({ identity }) => {
      const ports = contactPorts(identity)
      const importer = createImporter({ db: on?.db, ports, now: () => on.clock.now(), say: () => {} })
      return [...contactsModule(ports, importer), ...tasksModule({ users: { among: usersAmong }, places: identity })]
    },
  })
  place = { version: '2021-07-28', 'x-groundlevel-place': `location:${on.locationId}` }
  const permissions = { assignedDataOnly: true }
  boss = (await on.user('boss', { role: 'admin', permissions })).browser
  const made = await on.user('agent', { permissions })
  agent = made.browser
  agentId = made.id
  theirs = await make({ email: 'theirs@a.example', assignedTo: agentId })
  followed = await make({ email: 'followed@a.example' })
  await boss.send('POST', `/contacts/${followed}/followers`, { followers: [agentId] }, place)
  hidden = await make({ email: 'hidden@a.example', tags: ['secret'] })
})
afterAll(() => on?.close())

const ids = (contacts: { id: string }[]) => contacts.map(({ id }) => id).sort()
const search = async (browser: Browser, body: object = {}) =>
  (await browser.send('POST', '/contacts/search', { locationId: on.locationId, pageLimit: 20, ...body }, place)).body

describe('a user who sees only what is assigned to them', () => {
  test('is shown contacts that they were given or follow, in lists and searches, and counted as many', async () => {
    const list = (await agent.send('GET', `/contacts/?locationId=${on.locationId}`, undefined, place)).body
    expect([ids(list.contacts), list.meta.total]).toEqual([[theirs, followed].sort(), 2])
    const found = await search(agent)
    expect([ids(found.contacts), found.total]).toEqual([[theirs, followed].sort(), 2])
    expect((await search(agent, { filters: [{ field: 'tags', operator: 'eq', value: 'secret' }] })).total).toBe(0)
    expect((await search(agent, { query: 'hidden' })).total).toBe(0)
    expect((await search(boss)).total).toBe(3)
  })

  test('finds nothing of anybody else’s contact, whatever hangs on it', async () => {
    const calls: [string, string, object?][] = [
      ['GET', `/contacts/${hidden}`],
      ['PUT', `/contacts/${hidden}`, { firstName: 'Taken' }],
      ['DELETE', `/contacts/${hidden}`],
      ['GET', `/contacts/${hidden}/notes`],
      ['POST', `/contacts/${hidden}/notes`, { body: 'x' }],
      ['GET', `/contacts/${hidden}/tasks`],
      ['POST', `/contacts/${hidden}/tags`, { tags: ['x'] }],
      ['POST', `/contacts/${hidden}/followers`, { followers: [agentId] }],
    ]
    for (const [method, path, body] of calls) {
      const reply = await agent.send(method as 'GET', path, body, place)
      expect([reply.status, reply.body.message], `${method} ${path}`).toEqual([400, `Contact not found for id:${hidden}`])
    }
    expect((await agent.send('GET', `/contacts/${theirs}/notes`, undefined, place)).status).toBe(200)
  })

  test('is told of no duplicate that is not theirs, and changes none by an upsert', async () => {
    const asked = `/contacts/search/duplicate?locationId=${on.locationId}&email=hidden@a.example`
    expect((await agent.send('GET', asked, undefined, place)).body.contact).toBeNull()
    const body = { locationId: on.locationId, email: 'hidden@a.example', firstName: 'Taken' }
    for (const reply of [
      await agent.send('POST', '/contacts/upsert', body, place),
      await agent.send('POST', '/contacts/', body, place),
      await agent.send('PUT', `/contacts/${theirs}`, { email: body.email }, place),
    ]) {
      expect(reply.status).toBe(403)
      expect(JSON.stringify(reply.body)).not.toContain(hidden)
    }
  })

  test('is given what they make', async () => {
    const sent = { locationId: on.locationId, email: 'made@a.example' }
    const { body } = await agent.send('POST', '/contacts/', sent, place)
    expect(body.contact.assignedTo).toBe(agentId)
    expect((await agent.send('GET', `/contacts/${body.contact.id}`, undefined, place)).status).toBe(200)
  })

  test('sees their own tasks and those of their contacts', async () => {
    const task = (contactId: string, more: object = {}) =>
      boss.send(
        'POST',
        `/contacts/${contactId}/tasks`,
        { title: 'Call', dueDate: '2026-12-01T10:00:00Z', completed: false, ...more },
        place,
      )
    await task(theirs, { title: 'of theirs' })
    await task(hidden, { title: 'of hidden' })
    await task(hidden, { title: 'own', assignedTo: agentId })
    const found = (await agent.send('POST', `/locations/${on.locationId}/tasks/search`, {}, place)).body.tasks
    expect(found.map(({ title }: { title: string }) => title).sort()).toEqual(['of theirs', 'own'])
  })

  test('is refused what reaches everybody: files, bulk changes, merging', async () => {
    const calls: [string, string, object?][] = [
      ['GET', `/_ground/contacts/export?locationId=${on.locationId}`],
      ['GET', `/_ground/contacts/imports?locationId=${on.locationId}`],
      ['POST', '/contacts/bulk/tags/update/add', { locationId: on.locationId, contacts: [hidden], tags: ['x'] }],
    ]
    for (const [method, path, body] of calls)
      expect((await agent.send(method as 'GET', path, body, place)).status, `${method} ${path}`).toBe(403)
  })
})
