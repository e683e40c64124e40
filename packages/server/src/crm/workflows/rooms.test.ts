import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Product, startProduct } from '../../testing/product.js'

// The whole product: real calendars, payments, opportunities, conversations and apps around the workflows.
interface Heard {
  readonly path: string
  readonly headers: Readonly<Record<string, unknown>>
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came
  readonly body: any
}

let product: Product
let receiver: Server
let receiverUrl = ''
const heard: Heard[] = []
const answers: Readonly<Record<string, object>> = {
  '/score': { branchId: 'high', points: 7 },
  '/lists': { options: [{ label: 'One', value: '1' }] },
}

beforeAll(async () => {
  product = await startProduct()
  receiver = createServer(async (request, reply) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString()
    heard.push({ path: request.url ?? '', headers: request.headers, body: text === '' ? undefined : JSON.parse(text) })
    reply.setHeader('content-type', 'application/json').end(JSON.stringify(answers[request.url ?? ''] ?? {}))
  }).listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  receiverUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
}, 120_000)
afterAll(async () => {
  receiver?.close()
  await product?.stop()
})

const locationId = () => product.demo.locations[0]?.id ?? ''

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came back
const ask = async (method: string, path: string, body?: object, more: Record<string, string> = {}): Promise<any> => {
  const headers = {
    authorization: `Bearer ${product.demo.tokens.location}`,
    version: '2021-07-28',
    'content-type': 'application/json',
    ...more,
  }
  const reply = await fetch(product.url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
  const answer = await reply.json()
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(answer)}`)
  return answer
}

let people = 0
const person = async (more: object = {}) => {
  const at = ++people
  const fields = {
    locationId: locationId(),
    firstName: 'Ada',
    email: `rooms-${at}@example.com`,
    phone: `+141555520${10 + at}`,
    ...more,
  }
  return (await ask('POST', '/contacts/', fields)).contact
}

const publish = async (definition: object) =>
  (await ask('POST', '/workflows/', { locationId: locationId(), name: 'Rooms', status: 'published', ...definition })).workflow

const stepsOf = async (workflowId: string, contactId: string) => {
  const done = async () =>
    (await ask('GET', `/workflows/${workflowId}/enrolments?contactId=${contactId}&status=completed`)).enrolments[0]?.id
  await expect.poll(done, { timeout: 30_000 }).toBeTruthy()
  return (await ask('GET', `/workflows/${workflowId}/enrolments/${await done()}`)).steps
}

const outbox = async (contactId: string) =>
  (await ask('GET', `/_ground/lab/outbox?locationId=${locationId()}&contactId=${contactId}`)).messages

test('an appointment in a calendar begins a workflow that writes an opportunity and an SMS', { timeout: 60_000 }, async () => {
  const { calendars } = await ask('GET', `/calendars/?locationId=${locationId()}`)
  const { pipelines } = await ask('GET', `/opportunities/pipelines?locationId=${locationId()}`)
  const [calendar, pipeline] = [calendars[0], pipelines[0]]
  const { id } = await publish({
    triggers: [
      {
        type: 'appointment',
        filters: [
          { field: 'calendarId', value: calendar.id },
          { field: 'event', value: 'AppointmentCreate' },
        ],
      },
    ],
    actions: [
      { type: 'create_opportunity', pipelineId: pipeline.id, name: 'Visit of {{contact.first_name}}', monetaryValue: 120 },
      { type: 'send_sms', message: 'See you, {{contact.first_name}}' },
    ],
  })
  const contact = await person()
  await ask('POST', '/calendars/events/appointments', {
    locationId: locationId(),
    calendarId: calendar.id,
    contactId: contact.id,
    startTime: '2027-03-04T10:00:00Z',
    endTime: '2027-03-04T11:00:00Z',
    ignoreFreeSlotValidation: true,
  })
  const steps = await stepsOf(id, contact.id)
  expect(steps.map(({ type, outcome }: Record<string, string>) => `${type} ${outcome}`)).toEqual([
    'create_opportunity done',
    'send_sms done',
  ])
  const found = await ask('GET', `/opportunities/search?location_id=${locationId()}&contact_id=${contact.id}`)
  expect(found.opportunities).toMatchObject([{ name: 'Visit of Ada', pipelineId: pipeline.id, monetaryValue: 120 }])
  await expect.poll(async () => (await outbox(contact.id)).map(({ body }: { body: string }) => body)).toContain('See you, Ada')
})

test('steps change and delete opportunities, set the state of appointments and tell users, each with its events', {
  timeout: 60_000,
}, async () => {
  const { calendars } = await ask('GET', `/calendars/?locationId=${locationId()}`)
  const calendar = calendars[0]
  const stages = [{ name: 'In' }, { name: 'Out' }]
  const pipelineOf = async (name: string) =>
    (await ask('POST', '/opportunities/pipelines', { locationId: locationId(), name, stages })).pipeline
  const [pipeline, other] = [await pipelineOf('Steps'), await pipelineOf('More steps')]
  const { users } = await ask('GET', `/users/?locationId=${locationId()}`)
  const make = { type: 'create_opportunity', pipelineId: pipeline.id, name: 'Of {{contact.first_name}}' }
  const stage = pipeline.stages.at(-1).id
  const won = await publish({
    triggers: [{ type: 'opportunity_status', filters: { status: 'won' } }],
    actions: [{ type: 'update_opportunity', title: 'Won by {{contact.first_name}}', monetaryValue: 7 }],
  })
  const { id } = await publish({
    actions: [
      make,
      { type: 'update_opportunity', pipelineStageId: stage, status: 'won' },
      { type: 'create_opportunity', pipelineId: other.id },
      { type: 'delete_opportunity', lookIn: other.id },
      { type: 'update_appointment', status: 'showed' },
      { type: 'notify', title: '{{contact.first_name}} came', message: 'Now', users: [users[0].id] },
      { type: 'notify', title: 'Owner', owner: true },
    ],
  })
  const people = [await person(), await person({ firstName: 'Bo' })]
  const [first] = people
  const appointment = await ask('POST', '/calendars/events/appointments', {
    locationId: locationId(),
    calendarId: calendar.id,
    contactId: first.id,
    startTime: '2027-04-05T10:00:00Z',
    endTime: '2027-04-05T11:00:00Z',
    ignoreFreeSlotValidation: true,
  })
  for (const each of people) await ask('POST', `/contacts/${each.id}/workflow/${id}`, {})
  const outcomes = async (contactId: string) =>
    (await stepsOf(id, contactId)).map(({ type, outcome }: Record<string, string>) => `${type} ${outcome}`)
  const all = [
    'create_opportunity',
    'update_opportunity',
    'create_opportunity',
    'delete_opportunity',
    'update_appointment',
    'notify',
  ]
  expect(await outcomes(first.id)).toEqual([...all.map((type) => `${type} done`), 'notify skipped'])
  expect((await outcomes(people[1].id))[4]).toBe('update_appointment skipped')
  for (const each of people) {
    await stepsOf(won.id, each.id)
    const found = await ask(
      'GET',
      `/opportunities/search?location_id=${locationId()}&contact_id=${each.id}&pipeline_id=${pipeline.id}`,
    )
    const kept = {
      name: `Won by ${each.firstName === 'Bo' ? 'Bo' : 'Ada'}`,
      status: 'won',
      pipelineStageId: stage,
      monetaryValue: 7,
    }
    expect(found.opportunities).toMatchObject([kept])
  }
  const { event } = await ask('GET', `/calendars/events/appointments/${appointment.id}`)
  expect(event?.appointmentStatus).toBe('showed')
})

test('an order begins a workflow that sends an e-mail, and reaches the goal of another', { timeout: 60_000 }, async () => {
  const thanks = await publish({
    triggers: [
      {
        type: 'order',
        filters: [
          { field: 'amount', operator: 'gt', value: 50 },
          { field: 'event', value: 'OrderCreate' },
        ],
      },
    ],
    actions: [{ type: 'send_email', subject: 'Thank you, {{contact.first_name}}', html: '<p>It is on its way.</p>' }],
  })
  const chase = await publish({
    actions: [
      { type: 'wait', days: 30 },
      { type: 'add_tag', tags: ['chased'] },
      { type: 'goal', on: 'order', filters: [{ field: 'amount', operator: 'gt', value: 50 }] },
      { type: 'add_tag', tags: ['customer'] },
    ],
  })
  const contact = await person()
  await ask('POST', `/contacts/${contact.id}/workflow/${chase.id}`, {})
  await ask('POST', '/payments/orders', {
    altId: locationId(),
    altType: 'location',
    contactId: contact.id,
    currency: 'USD',
    items: [{ name: 'Chair', price: 99, qty: 1 }],
  })
  const steps = await stepsOf(thanks.id, contact.id)
  expect(steps.map(({ type, outcome }: Record<string, string>) => `${type} ${outcome}`)).toEqual(['send_email done'])
  await expect
    .poll(async () => (await outbox(contact.id)).map(({ subject }: { subject?: string }) => subject))
    .toContain('Thank you, Ada')
  await stepsOf(chase.id, contact.id)
  expect((await ask('GET', `/contacts/${contact.id}`)).contact.tags).toEqual(['customer'])
})

test('what an app defines in My Apps begins a workflow, is done in it and chooses its branch', { timeout: 60_000 }, async () => {
  const { users, apps } = product.demo
  const developer = users.find(({ role }) => role === 'developer')
  const signedIn = await fetch(`${product.url}/_ground/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-groundlevel': 'portal' },
    body: JSON.stringify({ email: developer?.email, password: developer?.password }),
  })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  const portal = (method: string, path: string, body?: object) =>
    ask(method, path, body, { cookie, 'x-groundlevel': 'portal', authorization: '' })
  const [app] = apps
  const appPath = `/_ground/apps/${app?.id}`
  const headers = { 'x-key': 'of the app' }
  const { trigger } = await portal('POST', `${appPath}/triggers`, {
    key: 'sale',
    name: 'A sale',
    subscriptionUrl: `${receiverUrl}/subscribe`,
    headers,
    filters: [{ key: 'kind', label: 'Kind', type: 'string' }],
  })
  const field = { key: 'list', label: 'List', type: 'select', url: `${receiverUrl}/lists` }
  const { action } = await portal('POST', `${appPath}/actions`, {
    key: 'score',
    name: 'Score',
    url: `${receiverUrl}/wrong`,
    headers,
    fields: [field],
    branching: true,
  })
  await expect(portal('POST', `${appPath}/actions`, { key: 'score', name: 'Again', url: receiverUrl })).rejects.toThrow(
    /this key already/,
  )
  const faulty = { key: 'a b', name: 'x', url: 'ftp://a', fields: [{ key: 'm', label: 'M', type: 'select' }] }
  await expect(portal('POST', `${appPath}/actions`, faulty)).rejects.toThrow(
    /422.*key must begin.*url must begin.*fields\.0\.options should/,
  )
  const changed = (await portal('PUT', `${appPath}/actions/${action.id}`, { url: `${receiverUrl}/score` })).action
  expect([changed.version, changed.key, trigger.version]).toEqual([2, 'score', 1])
  await portal('PUT', appPath, { scopes: [...new Set([...(app?.scopes ?? []), 'workflows.readonly'])] })

  const catalogue = async () => (await ask('GET', `/workflows/catalogue?locationId=${locationId()}`)).apps
  await expect
    .poll(async () => (await catalogue()).actions.map(({ key }: { key: string }) => key), { timeout: 10_000 })
    .toEqual(['score'])
  const question = { locationId: locationId(), appId: app?.id, kind: 'action', key: 'score', field: 'list' }
  expect((await ask('POST', '/workflows/catalogue/ask', question)).options).toEqual([{ label: 'One', value: '1' }])

  const { id } = await publish({
    triggers: [{ type: 'app', appId: app?.id, key: 'sale', filters: { kind: 'big' } }],
    actions: [
      {
        type: 'app',
        appId: app?.id,
        key: 'score',
        data: { list: '1' },
        branches: [{ id: 'high', actions: [{ type: 'add_tag', tags: ['high'] }] }],
      },
    ],
  })
  await expect.poll(() => heard.find(({ path }) => path === '/subscribe'), { timeout: 10_000 }).toBeTruthy()
  const subscribed = heard.find(({ path }) => path === '/subscribe')
  expect(subscribed).toMatchObject({
    headers,
    body: { triggerData: { key: 'sale', eventType: 'CREATED' }, meta: { version: '1' } },
  })
  const contact = await person()
  await ask('POST', new URL(subscribed?.body.triggerData.targetUrl).pathname, { kind: 'big', contactId: contact.id })
  await stepsOf(id, contact.id)
  expect((await ask('GET', `/contacts/${contact.id}`)).contact.tags).toEqual(['high'])
  expect(heard.find(({ path }) => path === '/score')).toMatchObject({
    headers,
    body: { data: { list: '1' }, meta: { key: 'score', version: '2' }, extras: { contactId: contact.id, workflowId: id } },
  })

  await portal('DELETE', `${appPath}/actions/${action.id}`)
  await expect(portal('DELETE', `${appPath}/actions/${action.id}`)).rejects.toThrow(/Action not found/)
  await expect(portal('GET', '/_ground/apps/somebody-elses/triggers')).rejects.toThrow(/App not found/)
  await ask('POST', new URL(subscribed?.body.triggerData.targetUrl).pathname, { kind: 'big', contactId: (await person()).id })
  expect((await catalogue()).actions).toEqual([])
})
