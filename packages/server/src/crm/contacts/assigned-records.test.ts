import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Tenant, type WholeApp, wholeApp } from '../../testing/proof/whole-app.js'

// A user with assignedDataOnly, against every room that keeps something of contacts.
let on: WholeApp
let tenant: Tenant
let cookie: string

/** What hangs on one contact. */
interface Kept {
  readonly contact: string
  readonly conversation: string
  readonly message: string
  readonly email: string
  readonly thread: string
  readonly scheduled: string
  readonly call: string
  readonly appointment: string
  readonly series: string
  readonly submission: string
  readonly enrolment: string
  readonly order: string
  readonly transaction: string
}
let theirs: Kept
let hidden: Kept
let calendarId: string
let formId: string
let workflowId: string
let priceId: string

const unknown = 'Zzzzzzzzzzzzzzzzzzzz'
const nobody: Kept = {
  ...{
    contact: unknown,
    conversation: unknown,
    message: unknown,
    email: unknown,
    thread: unknown,
    scheduled: unknown,
    call: unknown,
  },
  ...{ appointment: unknown, series: unknown, submission: '00000000-0000-4000-8000-000000000000' },
  ...{ enrolment: '00000000-0000-4000-8000-000000000000', order: 'f'.repeat(24), transaction: 'f'.repeat(24) },
}

const send = async (headers: Record<string, string>, method: string, path: string, body?: object) => {
  const json = { version: '2021-04-15', 'content-type': 'application/json' }
  const { status, text } = await on.send(method, path, { ...json, ...headers }, body && JSON.stringify(body))
  return { status, body: JSON.parse(text) }
}
const boss = async (method: string, path: string, body?: object) => {
  const reply = await send({ authorization: `Bearer ${tenant.tokens.location}` }, method, path, body)
  expect(reply.status, JSON.stringify(reply.body)).toBeLessThan(300)
  return reply.body
}
const agent = (method: string, path: string, body?: object) =>
  send({ cookie, 'x-groundlevel': 'portal', 'x-groundlevel-place': `location:${tenant.locationId}` }, method, path, body)

const inMs = (days: number) => Date.now() + days * 86_400_000

const buy = async (contactId: string) => {
  const alt = { altId: tenant.locationId, altType: 'location' }
  const order = (await boss('POST', '/payments/orders', { ...alt, contactId, currency: 'USD', items: [{ priceId, qty: 1 }] }))._id
  await boss('POST', `/payments/orders/${order}/record-payment`, { ...alt, mode: 'cash' })
  const { data } = await boss('GET', `/payments/transactions?altId=${alt.altId}&altType=location&entityId=${order}`)
  return { order, transaction: data[0]._id }
}

const sendIn = async (contactId: string) => {
  const id = crypto.randomUUID()
  const said = { name: 'Sent in', email: `${contactId}@mail.example`, phone: '', others: '{}', createdAt: new Date() }
  const row = { id, formId, kind: 'form' as const, contactId, locationId: tenant.locationId, ...said }
  await on.db.insertInto('formSubmissions').values(row).execute()
  return id
}

const enrol = async (contactId: string) => {
  await boss('POST', `/contacts/${contactId}/workflow/${workflowId}`, {})
  return (await boss('GET', `/contacts/${contactId}/workflow`)).enrolments[0].id
}

const keep = async (serial: number, more: object): Promise<Kept> => {
  const { locationId } = tenant
  const phone = `+1415555200${serial}`
  const { contact } = await boss('POST', '/contacts/', { locationId, email: `c${serial}@mail.example`, phone, ...more })
  const about = { contactId: contact.id }
  const sent = await boss('POST', '/conversations/messages', { type: 'SMS', message: 'hi', ...about })
  const mail = await boss('POST', '/conversations/messages', { type: 'Email', subject: 's', html: 'h', ...about })
  const later = { type: 'SMS', message: 'later', scheduledTimestamp: Math.floor(inMs(1) / 1000), ...about }
  const logged = { type: 'Call', conversationProviderId: tenant.providers.Call, call: { from: phone }, ...about }
  const startTime = new Date(inMs(2 + serial)).toISOString()
  const visit = { calendarId, locationId, startTime, ignoreFreeSlotValidation: true, ...about }
  const rruleOptions = { intervalType: 'daily', interval: 1, startDate: startTime, dueAfterSeconds: 3600 }
  const series = { title: 'Call', contactIds: [contact.id], owners: [], rruleOptions, ignoreTaskCreation: true }
  return {
    ...(await buy(contact.id)),
    submission: await sendIn(contact.id),
    enrolment: await enrol(contact.id),
    contact: contact.id,
    conversation: sent.conversationId,
    message: sent.messageId,
    email: mail.emailMessageId,
    thread: mail.messageId,
    scheduled: (await boss('POST', '/conversations/messages', later)).messageId,
    call: (await boss('POST', '/conversations/messages/inbound', logged)).messageId,
    appointment: (await boss('POST', '/calendars/events/appointments', visit)).id,
    series: (await boss('POST', `/locations/${locationId}/recurring-tasks`, series)).recurringTask.id,
  }
}

beforeAll(async () => {
  on = await wholeApp()
  tenant = await on.addTenant('assigned')
  const { locationId, companyId, userId } = tenant
  const place = { kind: 'location', id: locationId, name: 'Branch', role: 'location-user', companyId, userId } as const
  const person = { accountId: crypto.randomUUID(), email: 'agent@assigned.example', name: 'Agent', sessionHash: Buffer.alloc(0) }
  cookie = on.session({ ...person, places: [{ ...place, permissions: { assignedDataOnly: true } }] })
  calendarId = (await boss('POST', '/calendars/', { locationId, name: 'Visits' })).calendar.id
  formId = (await boss('POST', '/forms/', { locationId, name: 'Ask', fields: [{ type: 'text', key: 'email', label: 'Mail' }] }))
    .form.id
  const actions = [{ type: 'wait', days: 1 }]
  workflowId = (await boss('POST', '/workflows/', { locationId, name: 'Wait', status: 'published', actions })).workflow.id
  const product = await boss('POST', '/products/', { locationId, name: 'Tee', productType: 'DIGITAL' })
  const price = { locationId, name: 'Blue', type: 'one_time', currency: 'USD', amount: 10 }
  priceId = (await boss('POST', `/products/${product._id}/price`, price))._id
  theirs = await keep(1, { assignedTo: userId })
  hidden = await keep(2, {})
})
afterAll(() => on?.close())

/** To a contact of theirs, and on to whom they like. */
const forward = (what: object) => ({
  ...{ type: 'Email', subject: 'Fwd', html: 'see', contactId: theirs.contact },
  forward: { isForwarded: true, toEmail: 'out@mail.example', ...what },
})

/** What names a record of a contact. */
const calls = (kept: Kept): readonly (readonly [string, string, object?])[] => {
  const { locationId } = tenant
  const visit = { calendarId, locationId, startTime: new Date(inMs(20)).toISOString(), ignoreFreeSlotValidation: true }
  return [
    ['GET', `/conversations/${kept.conversation}`],
    ['PUT', `/conversations/${kept.conversation}`, { locationId, starred: true }],
    ['GET', `/conversations/${kept.conversation}/messages`],
    ['GET', `/conversations/messages/${kept.message}`],
    ['GET', `/conversations/messages/email/${kept.email}`],
    ['PUT', `/conversations/messages/${kept.call}/attachments`, { attachments: ['https://files.example/a.png'] }],
    ['DELETE', `/conversations/messages/${kept.scheduled}/schedule`],
    ['PUT', `/conversations/locations/${locationId}/messages/${kept.call}/transcription`, { sentences: [] }],
    ['POST', '/conversations/messages', { type: 'SMS', message: 'x', contactId: kept.contact }],
    ['POST', '/conversations/messages', forward({ emailMessageId: kept.email })],
    ['POST', '/conversations/messages', forward({ forwardWholeThread: true, messageId: kept.thread })],
    ['POST', '/conversations/messages/inbound', { type: 'SMS', message: 'x', conversationId: kept.conversation }],
    [
      'GET',
      `/conversations/preferences/unsubscriptions/status?locationId=${locationId}&contactId=${kept.contact}&email=c1@mail.example`,
    ],
    ['POST', '/_ground/lab/outbox/answers', { locationId, contactId: kept.contact, type: 'SMS', message: 'x' }],
    ['GET', `/contacts/${kept.contact}/appointments`],
    ['GET', `/contacts/${kept.contact}/notes`],
    ['GET', `/calendars/events/appointments/${kept.appointment}`],
    ['PUT', `/calendars/events/appointments/${kept.appointment}`, { title: 'Mine' }],
    ['GET', `/calendars/appointments/${kept.appointment}/notes?limit=10&offset=0`],
    ['POST', `/calendars/appointments/${kept.appointment}/notes`, { body: 'x' }],
    ['POST', '/calendars/events/appointments', { ...visit, contactId: kept.contact }],
    ['GET', `/forms/submissions/${kept.submission}`],
    ['GET', `/workflows/${workflowId}/enrolments/${kept.enrolment}`],
    ['POST', `/workflows/${workflowId}/dry-run`, { contactId: kept.contact }],
    ['POST', '/_ground/templates/preview', { locationId, contactId: kept.contact, body: '{{contact.email}}' }],
    ['GET', `/payments/orders/${kept.order}?altId=${locationId}&altType=location`],
    ['GET', `/payments/orders/${kept.order}/notes?altId=${locationId}&altType=location`],
    ['GET', `/payments/transactions/${kept.transaction}?altId=${locationId}&altType=location`],
    ['GET', `/locations/${locationId}/recurring-tasks/${kept.series}`],
    ['PUT', `/locations/${locationId}/recurring-tasks/${kept.series}`, { title: 'Mine' }],
    ['DELETE', `/locations/${locationId}/recurring-tasks/${kept.series}`],
    ['DELETE', `/calendars/events/${kept.appointment}`],
    ['DELETE', `/conversations/${kept.conversation}`],
  ]
}

describe('a user who sees only what is assigned to them', () => {
  test('is shown what hangs on their contacts, in every list', async () => {
    const { locationId } = tenant
    const found = (await agent('GET', `/conversations/search?locationId=${locationId}`)).body
    expect([found.total, found.conversations.map(({ id }: { id: string }) => id)]).toEqual([1, [theirs.conversation]])
    const one = (await agent('GET', `/conversations/search?locationId=${locationId}&contactId=${hidden.contact}`)).body
    expect(one).toMatchObject({ total: 0, conversations: [] })
    const exported = (await agent('GET', `/conversations/messages/export?locationId=${locationId}&limit=50`)).body
    expect(new Set(exported.messages.map(({ contactId }: { contactId: string }) => contactId))).toEqual(new Set([theirs.contact]))
    const span = `startTime=${inMs(-1)}&endTime=${inMs(30)}&calendarId=${calendarId}&locationId=${locationId}`
    const events = (await agent('GET', `/calendars/events?${span}`)).body.events
    expect(events.map(({ id }: { id: string }) => id)).toEqual([theirs.appointment])
    const kept = (await agent('GET', `/_ground/lab/outbox?locationId=${locationId}`)).body.messages
    expect(new Set(kept.map(({ contactId }: { contactId: string }) => contactId))).toEqual(new Set([theirs.contact]))
    const sent = (await agent('GET', `/forms/submissions?locationId=${locationId}`)).body
    expect([sent.meta.total, sent.submissions.map(({ id }: { id: string }) => id)]).toEqual([1, [theirs.submission]])
    const going = (await agent('GET', `/workflows/${workflowId}/enrolments?locationId=${locationId}`)).body
    expect([going.total, going.enrolments.map(({ id }: { id: string }) => id)]).toEqual([1, [theirs.enrolment]])
    const alt = `altId=${locationId}&altType=location`
    for (const [list, id] of [
      ['orders', theirs.order],
      ['transactions', theirs.transaction],
    ]) {
      const { data, totalCount } = (await agent('GET', `/payments/${list}?${alt}`)).body
      expect([list, totalCount, data.map(({ _id }: { _id: string }) => _id)]).toEqual([list, 1, [id]])
    }
    const customers = (await agent('GET', `/payments/customers?${alt}`)).body.data
    expect(customers.map(({ contactId }: { contactId: string }) => contactId)).toEqual([theirs.contact])
    expect((await agent('GET', `/_ground/lab/staff-outbox?locationId=${locationId}`)).status).toBe(403)
  })

  test('is told of what hangs on somebody else’s contact what they are told of nothing, and changes none of it', async () => {
    const before = await Promise.all(calls(hidden).map(([method, path]) => (method === 'GET' ? boss(method, path) : undefined)))
    const bare = ({ status, body: { traceId: _, ...body } }: Awaited<ReturnType<typeof agent>>) => {
      const ids = [...Object.values(hidden), unknown].join('|')
      return JSON.parse(JSON.stringify([status, body]).replaceAll(new RegExp(ids, 'g'), 'ID'))
    }
    for (const [at, [method, path, body]] of calls(hidden).entries()) {
      const [, nowhere = '', nothing] = calls(nobody)[at] ?? []
      const told = await agent(method, path, body)
      expect(bare(told), `${method} ${path}`).toEqual(bare(await agent(method, nowhere, nothing)))
      expect(told.status, `${method} ${path}: ${JSON.stringify(told.body)}`).toBe(400)
    }
    const after = await Promise.all(calls(hidden).map(([method, path]) => (method === 'GET' ? boss(method, path) : undefined)))
    const still = (replies: typeof before) => replies.map((reply) => reply && { ...reply, traceId: '' })
    expect(still(after)).toEqual(still(before))
  })

  test('is nobody’s user where developers set up what their apps bring', async () => {
    const path = `/_ground/apps/${tenant.appId}/conversation-providers`
    expect((await agent('GET', path)).body.message).toBe('App not found')
    const provider = { name: 'Way out', type: 'SMS', deliveryUrl: 'https://app.example/out' }
    expect((await agent('POST', path, provider)).body.message).toBe('App not found')
  })

  test('makes no opportunity of somebody else’s contact, which would show it, and gives theirs to none', async () => {
    const { locationId, userId } = tenant
    const stages = [{ name: 'New', position: 0 }]
    const { pipeline } = await boss('POST', '/opportunities/pipelines', { locationId, name: 'Sales', stages })
    const deal = { locationId, pipelineId: pipeline.id, name: 'Deal', status: 'open' }
    expect((await agent('POST', '/opportunities/', { ...deal, contactId: hidden.contact })).status).toBe(400)
    expect((await agent('POST', '/opportunities/upsert', { ...deal, contactId: hidden.contact })).status).toBe(400)
    const own = await agent('POST', '/opportunities/', { ...deal, contactId: theirs.contact, assignedTo: userId })
    const { id } = own.body.opportunity
    expect((await agent('PUT', `/opportunities/${id}`, { contactId: hidden.contact })).status).toBe(400)
    expect((await agent('PUT', `/opportunities/${id}`, { contactId: theirs.contact, name: 'Mine' })).status).toBe(200)
  })

  test('is not shown what hangs on somebody else’s contact by an opportunity that is theirs', async () => {
    const { locationId, userId } = tenant
    const stages = [{ name: 'New', position: 0 }]
    const { pipeline } = await boss('POST', '/opportunities/pipelines', { locationId, name: 'Given', stages })
    const given = { locationId, pipelineId: pipeline.id, name: 'Given away', status: 'open', assignedTo: userId }
    for (const { contact } of [theirs, hidden]) {
      await boss('POST', '/opportunities/', { ...given, contactId: contact })
      await boss('POST', `/contacts/${contact}/notes`, { body: 'Between us' })
      await boss('POST', `/contacts/${contact}/tasks`, { title: 'Call', dueDate: '2027-01-01T10:00:00Z', completed: false })
    }
    const counted = ({ opportunities }: { opportunities: Record<'notes' | 'tasks' | 'calendarEvents', unknown[]>[] }) =>
      opportunities.map(({ notes, tasks, calendarEvents }) => [notes, tasks, calendarEvents].map((list) => list.length > 0))
    const [all, none] = [Array(3).fill(true), Array(3).fill(false)]
    const listed = `/opportunities/search?location_id=${locationId}&pipeline_id=${pipeline.id}&getNotes=true&getTasks=true&getCalendarEvents=true`
    expect(counted(await boss('GET', listed))).toEqual([all, all])
    expect(counted((await agent('GET', listed)).body).sort()).toEqual([none, all])
    const filters = [{ field: 'pipeline_id', operator: 'eq', value: pipeline.id }]
    const additionalDetails = { notes: true, tasks: true, calendarEvents: true }
    const advanced = { locationId, limit: 20, page: 1, query: '', filters, additionalDetails }
    expect(counted((await agent('POST', '/opportunities/search', advanced)).body).sort()).toEqual([none, all])
  })

  test('does all of it with their own', async () => {
    for (const [method, path, body] of calls(theirs)) {
      const reply = await agent(method, path, body)
      expect(reply.status, `${method} ${path}: ${JSON.stringify(reply.body)}`).toBeLessThan(300)
    }
  })

  test('opens and does a task of theirs, and keeps an appointment, whoever’s contact it is about', async () => {
    const { userId, locationId } = tenant
    const task = { title: 'Mine', dueDate: '2027-01-01T10:00:00Z', completed: false }
    const own = (await boss('POST', `/contacts/${hidden.contact}/tasks`, { ...task, assignedTo: userId })).task
    const other = (await boss('POST', `/contacts/${hidden.contact}/tasks`, task)).task
    const at = `/contacts/${hidden.contact}/tasks`
    expect((await agent('PUT', `${at}/${own.id}/completed`, { completed: true })).status).toBe(200)
    expect((await agent('GET', `${at}/${other.id}`)).status).toBe(400)
    expect((await agent('GET', at)).status).toBe(400)
    const visit = { calendarId, locationId, contactId: hidden.contact, assignedUserId: userId, ignoreFreeSlotValidation: true }
    const { id } = await boss('POST', '/calendars/events/appointments', { ...visit, startTime: new Date(inMs(9)).toISOString() })
    expect((await agent('GET', `/calendars/events/appointments/${id}`)).status).toBe(200)
  })
})
