import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Product, startProduct } from '../packages/server/src/testing/product.js'

// Answers of the live service that public programs have written down, in their comments or in tests that they ran against it, with the
// private token of a sub-account: where a status or a sentence is odd, that is the point.
let product: Product
let locationId = ''
let contactId = ''

interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: replies of many shapes, each read by one line of a test
  readonly body: any
}

const call = async (method: string, path: string, body?: object): Promise<Answer> => {
  const response = await fetch(`${product.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${product.demo.tokens.location}`,
      version: /^\/(calendars|conversations)/.test(path) ? '2021-04-15' : '2021-07-28',
      'content-type': 'application/json',
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return { status: response.status, body: await response.json() }
}

beforeAll(async () => {
  product = await startProduct()
  locationId = product.demo.locations[0]?.id as string
  const made = await call('POST', '/contacts/', { locationId, firstName: 'Recorded', email: 'recorded@example.com' })
  contactId = made.body.contact.id
}, 120_000)
afterAll(() => product?.stop())

describe('refusals', () => {
  test('users without company and sub-account are a 403, without company alone a 422', async () => {
    expect((await call('GET', '/users/search')).status).toBe(403)
    const { status, body } = await call('GET', `/users/search?locationId=${locationId}`)
    expect([status, body.message]).toEqual([422, expect.arrayContaining(['companyId must be a string'])])
  })

  test('the list of users refuses the company that its search demands', async () => {
    const { status, body } = await call('GET', `/users/?locationId=${locationId}&companyId=${product.demo.company.id}`)
    expect([status, body.message]).toEqual([422, ['property companyId should not exist']])
  })

  test('the search of opportunities wants its sub-account in snake case', async () => {
    const { status, body } = await call('GET', `/opportunities/search?locationId=${locationId}`)
    expect([status, body.message]).toEqual([422, expect.arrayContaining(['property locationId should not exist'])])
  })

  test('opportunities without a sub-account say which field is missing', async () => {
    const undefinedField = (name: string) => ({
      status: 422,
      body: { message: `${name} can't be undefined`, code: 'COMMON_LOCATION_ID_UNDEFINED' },
    })
    expect(await call('GET', '/opportunities/search?limit=100')).toMatchObject(undefinedField('location_id'))
    expect(await call('GET', '/opportunities/pipelines')).toMatchObject(undefinedField('locationId'))
    expect(await call('POST', '/opportunities/', { name: 'Nowhere', status: 'open' })).toMatchObject(undefinedField('locationId'))
  })

  test('what programs leave in a field by mistake is named', async () => {
    const { status, body } = await call('POST', '/contacts/upsert', { locationId, email: '', phone: '+14155550170' })
    expect([status, body.message]).toEqual([422, ['email must be an email']])
    const calendarId = (await call('GET', `/calendars/?locationId=${locationId}`)).body.calendars[0].id
    const slots = await call('GET', `/calendars/${calendarId}/free-slots?startDate=1&endDate=2&locationId=${locationId}`)
    expect([slots.status, slots.body.message]).toEqual([422, ['property locationId should not exist']])
    const events = `/calendars/events?locationId=${locationId}&calendarId=${calendarId}&startTime=0&endTime=9999999999999`
    expect((await call('GET', `${events}&limit=500`)).body.message).toEqual(['property limit should not exist'])
  })

  test('what is for agencies is a forbidden resource for the private token of a sub-account', async () => {
    expect(await call('GET', `/snapshots/?companyId=${product.demo.company.id}`)).toMatchObject({
      status: 403,
      body: { statusCode: 403, message: 'Forbidden resource', error: 'Forbidden' },
    })
    expect(await call('GET', `/oauth/installedLocations?companyId=${product.demo.company.id}`)).toMatchObject({
      status: 401,
      body: { message: "This token's user type is not yet supported!" },
    })
  })

  test('a contact of nothing but its sub-account is a 400 that says 422', async () => {
    expect(await call('POST', '/contacts/', { locationId })).toMatchObject({ status: 400, body: { statusCode: 422 } })
  })

  test('contacts without a sub-account are a 403', async () => {
    expect(await call('GET', '/contacts/')).toMatchObject({
      status: 403,
      body: { message: 'The token does not have access to this location.' },
    })
  })

  test('events of nobody are a sentence of their own', async () => {
    const { status, body } = await call('GET', `/calendars/events?locationId=${locationId}&startTime=0&endTime=9999999999999`)
    expect([status, body.message]).toEqual([422, 'Either of userId, calendarId or groupId is required'])
  })

  test('a second conversation with a contact is refused with the id of the first', async () => {
    const { status, body } = await call('POST', '/conversations/', { locationId, contactId })
    expect(status).toBe(201)
    expect(await call('POST', '/conversations/', { locationId, contactId })).toMatchObject({
      status: 400,
      body: {
        message: 'Conversation already exists',
        canonicalCode: 'CONVERSATIONS_CONVERSATION_ALREADY_EXISTS',
        conversationId: body.conversation.id,
      },
    })
  })
})

describe('replies', () => {
  test('rows of GET /contacts/ have the names as they were written beside the others', async () => {
    const { body } = await call('GET', `/contacts/?locationId=${locationId}&query=recorded@example.com`)
    expect(body.contacts[0]).toMatchObject({ id: contactId, firstNameRaw: 'Recorded', dndSettings: {}, companyName: null })
  })

  test('a tag outlives its last contact', async () => {
    await call('POST', `/contacts/${contactId}/tags`, { tags: ['outlives'] })
    expect((await call('DELETE', `/contacts/${contactId}/tags`, { tags: ['outlives'] })).body.tags).not.toContain('outlives')
    const { tags } = (await call('GET', `/locations/${locationId}/tags`)).body
    expect(tags.map(({ name }: { name: string }) => name)).toContain('outlives')
  })

  test('an appointment is answered bare when it is made and under its name when it is read', async () => {
    const calendar = await call('POST', '/calendars/', { locationId, name: 'Bare', slotDuration: 30 })
    expect(calendar.status, JSON.stringify(calendar.body)).toBe(200)
    const calendarId = calendar.body.calendar.id
    const startTime = `${new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 13)}:00:00+00:00`
    const body = { calendarId, contactId, locationId, startTime, title: 'Bare', ignoreFreeSlotValidation: true, toNotify: false }
    const made = await call('POST', '/calendars/events/appointments', body)
    expect(made.body.id, JSON.stringify(made.body)).toBeTypeOf('string')
    const utc = expect.stringMatching(/\.\d{3}Z$/)
    expect(made.body).toMatchObject({ address: '', dateAdded: utc, dateUpdated: utc, isRecurring: false, status: 'booked' })
    const read = await call('GET', `/calendars/events/appointments/${made.body.id}`)
    expect(read.body.appointment).toMatchObject({
      id: made.body.id,
      address: '',
      deleted: false,
      dateAdded: utc,
      dateUpdated: utc,
    })
    expect(await call('DELETE', `/calendars/events/${made.body.id}`, {})).toMatchObject({ body: { succeeded: true } })
  })

  test('an opportunity repeats its contact among its relations', async () => {
    const pipelineId = (await call('GET', `/opportunities/pipelines?locationId=${locationId}`)).body.pipelines[0].id
    const body = { pipelineId, locationId, name: 'Related', status: 'open', contactId }
    const made = (await call('POST', '/opportunities/', body)).body.opportunity
    const [relation] = made.relations
    expect(made).toMatchObject({ isAttribute: false, internalSource: { type: 'CREATED', source: 'INTEGRATION' } })
    expect(relation).toMatchObject({ primary: true, recordId: contactId, fullName: 'Recorded', email: 'recorded@example.com' })
    const { opportunities } = (await call('GET', `/opportunities/search?location_id=${locationId}&contact_id=${contactId}`)).body
    expect(opportunities[0].relations).toMatchObject([relation])
    expect(opportunities[0]).toMatchObject({ pipelineStageUId: opportunities[0].pipelineStageId, attributions: [] })
    expect(opportunities[0].contact.score).toEqual([])
  })

  test('custom fields of found opportunities have their value under the name of its type as well', async () => {
    const field = async (name: string, dataType: string) =>
      (await call('POST', `/locations/${locationId}/customFields`, { name, dataType, model: 'opportunity' })).body.customField.id
    const [words, count] = [await field('Words', 'TEXT'), await field('Count', 'NUMERICAL')]
    const pipelineId = (await call('GET', `/opportunities/pipelines?locationId=${locationId}`)).body.pipelines[0].id
    const customFields = [
      { id: words, field_value: 'w' },
      { id: count, field_value: 7 },
    ]
    const made = (await call('POST', '/contacts/', { locationId, firstName: 'Typed', email: 'typed@example.com' })).body
    const body = { pipelineId, locationId, name: 'Typed', status: 'open', contactId: made.contact.id, customFields }
    expect((await call('POST', '/opportunities/', body)).status).toBe(201)
    const { opportunities } = (await call('GET', `/opportunities/search?location_id=${locationId}&q=Typed`)).body
    expect(opportunities[0].customFields).toEqual([
      { id: words, fieldValue: 'w', type: 'string', fieldValueString: 'w' },
      { id: count, fieldValue: 7, type: 'number', fieldValueNumber: 7 },
    ])
  })

  test('rows of a contact search have empty objects and lists where there is nothing', async () => {
    const filters = [{ field: 'email', operator: 'eq', value: 'recorded@example.com' }]
    const { contacts } = (await call('POST', '/contacts/search', { locationId, pageLimit: 1, filters })).body
    const nothing = { dndSettings: {}, inboundDndSettings: {}, attributionSource: {}, lastAttributionSource: {} }
    expect(contacts[0]).toMatchObject({ ...nothing, additionalPhones: [], additionalEmails: [], validEmail: null })
  })

  test('lists of tasks and users leave empty fields out, as one of them does', async () => {
    await call('POST', `/contacts/${contactId}/tasks`, { title: 'Bare', dueDate: '2030-01-01T00:00:00Z', completed: false })
    const { tasks } = (await call('GET', `/contacts/${contactId}/tasks`)).body
    const { users } = (await call('GET', `/users/?locationId=${locationId}`)).body
    expect([...tasks, ...users].flatMap((each) => Object.values(each)).filter((value) => value === null)).toEqual([])
    expect([tasks.length, users.length]).not.toContain(0)
  })

  test('events are found from the beginning of time, which programs write as 0', async () => {
    const calendarId = (await call('GET', `/calendars/?locationId=${locationId}`)).body.calendars[0].id
    const span = `calendarId=${calendarId}&startTime=0&endTime=9999999999999`
    expect((await call('GET', `/calendars/events?locationId=${locationId}&${span}`)).status).toBe(200)
  })

  test('an update of a conversation answers its dates in ISO', async () => {
    const made = (await call('POST', '/contacts/', { locationId, firstName: 'Dated', email: 'dated@example.com' })).body
    const { conversation } = (await call('POST', '/conversations/', { locationId, contactId: made.contact.id })).body
    const { body } = await call('PUT', `/conversations/${conversation.id}`, { locationId, starred: true })
    const date = expect.stringMatching(/Z$/)
    expect(body.conversation).toMatchObject({ starred: true, lastMessageDate: date, dateAdded: date, dateUpdated: date })
  })

  test('a custom value says that it is a field', async () => {
    const { customValue } = (await call('POST', `/locations/${locationId}/customValues`, { name: 'Recorded', value: 'v' })).body
    expect(customValue.documentType).toBe('field')
  })

  test('tasks found in a sub-account have _id', async () => {
    await call('POST', `/contacts/${contactId}/tasks`, { title: 'Found', dueDate: '2030-01-01T00:00:00Z', completed: false })
    const { tasks } = (await call('POST', `/locations/${locationId}/tasks/search`, { contactId: [contactId], limit: 5 })).body
    expect(tasks[0]).toMatchObject({ _id: expect.any(String), title: 'Found' })
  })
})
