import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Demo } from '../packages/server/src/testing/product.js'
import { scratchFolderOnDisk } from '../packages/server/src/testing/scratch.js'
import { doomedServer } from './doomed-server.js'

// Killed whole while two hundred contacts are on their way through a workflow.
const server = doomedServer(join(scratchFolderOnDisk(), 'data'))
afterAll(() => server.clear())

const people = 200
const waits = [{ type: 'wait', seconds: 1 }]
const note = (body: string) => ({ type: 'create_note', body })
const actions = [
  note('one'),
  { type: 'create_task', title: 'Call {{contact.email}}' },
  ...waits,
  note('two'),
  { type: 'send_email', subject: 'Once by mail', html: '<p>{{contact.email}}</p>' },
  ...waits,
  { type: 'send_sms', message: 'Once' },
  note('three'),
]

test('server and database killed in the middle of runs: no step is missing, none is done twice', {
  timeout: 180_000,
}, async () => {
  const first = await server.start()
  const demo = (await (await fetch(`${first}/_ground/lab/demo`)).json()) as Demo
  const locationId = demo.locations[0]?.id
  const headers = { authorization: `Bearer ${demo.tokens.location}`, version: '2021-07-28', 'content-type': 'application/json' }
  const ask = async (url: string, method: string, path: string, body?: object) =>
    // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came back
    (await (await fetch(url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })).json()) as any

  const { workflow } = await ask(first, 'POST', '/workflows/', {
    locationId,
    name: 'Doomed',
    status: 'published',
    triggers: [{ type: 'tag_added', filters: { tag: 'doomed' } }],
    actions,
  })
  const contacts = await Promise.all(
    Array.from({ length: people }, (_, at) =>
      ask(first, 'POST', '/contacts/', {
        locationId,
        email: `doomed-${at}@example.com`,
        phone: `+1415555${1000 + at}`,
        tags: ['doomed'],
      }),
    ),
  )
  const ids: string[] = contacts.map(({ contact }) => contact.id)
  const counts = async (url: string, status: string) =>
    (await ask(url, 'GET', `/workflows/${workflow.id}/enrolments?status=${status}&limit=1`)).total as number
  await expect.poll(() => counts(first, 'completed'), { timeout: 60_000, interval: 20 }).toBeGreaterThan(0)
  expect(await counts(first, 'completed')).toBeLessThan(people)

  await server.kill()
  const second = await server.start()
  await expect.poll(() => counts(second, 'completed'), { timeout: 60_000 }).toBe(people)

  for (const id of ids) {
    const { notes } = await ask(second, 'GET', `/contacts/${id}/notes`)
    expect(notes.map(({ body }: { body: string }) => body).sort()).toEqual(['one', 'three', 'two'])
    const { tasks } = await ask(second, 'GET', `/contacts/${id}/tasks`)
    expect(tasks).toHaveLength(1)
  }
  const { enrolments } = await ask(second, 'GET', `/workflows/${workflow.id}/enrolments?limit=100`)
  for (const { id } of enrolments) {
    const { steps } = await ask(second, 'GET', `/workflows/${workflow.id}/enrolments/${id}`)
    expect(steps.map(({ type }: { type: string }) => type)).toEqual(actions.map(({ type }) => type))
  }
  const { messages } = await ask(second, 'GET', `/_ground/lab/outbox?locationId=${locationId}&contactId=${ids[0]}`)
  expect(messages.filter(({ body }: { body?: string }) => body === 'Once')).toHaveLength(1)
  expect(messages.filter(({ subject }: { subject?: string }) => subject === 'Once by mail')).toHaveLength(1)
})
