import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Product, startProduct } from '../packages/server/src/testing/product.js'

// What widespread connectors send where the official documents say less: each request as their source builds it.
let product: Product
let locationId = ''
let contactId = ''
let pipelineId = ''
let calendarId = ''

const dig = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], value)

const call = async (method: string, path: string, body?: object): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(`${product.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${product.demo.tokens.location}`,
      version: '2021-07-28',
      'content-type': 'application/json',
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return { status: response.status, body: (await response.json()) as unknown }
}

const first = async (path: string, at: string) => dig((await call('GET', path)).body, at) as string

beforeAll(async () => {
  product = await startProduct()
  locationId = product.demo.locations[0]?.id as string
  contactId = await first(`/contacts/?locationId=${locationId}&limit=1`, 'contacts.0.id')
  pipelineId = await first(`/opportunities/pipelines?locationId=${locationId}`, 'pipelines.0.id')
  calendarId = await first(`/calendars/?locationId=${locationId}`, 'calendars.0.id')
}, 120_000)
afterAll(() => product?.stop())

const inDays = (days: number) => Date.now() + days * 86_400_000

/** Path and body are made when the tenant is known; the last is what the program reads of the reply. */
type Request = readonly [what: string, method: string, path: () => string, body?: () => object, reads?: string]

const requests: readonly Request[] = [
  [
    'contacts by the day of their last change',
    'GET',
    () => `/contacts/?limit=100&locationId=${locationId}&order=desc&sortBy=date_updated`,
    undefined,
    'contacts.0.id',
  ],
  [
    'contacts by age, a cursor of half',
    'GET',
    () => `/contacts/?limit=100&locationId=${locationId}&order=asc&sortBy=date_added&startAfterId=${contactId}`,
    undefined,
    'meta.total',
  ],
  [
    'upsert with a trailing slash and a custom field by id and shown name',
    'POST',
    () => '/contacts/upsert/',
    () => ({
      email: 'node@connector.example',
      phone: '+14155552671',
      dnd: false,
      tags: ['a'],
      timezone: 'America/New_York',
      locationId,
      customFields: [{ id: 'elsewhere', key: 'Shoe size', field_value: '42' }],
    }),
    'contact.id',
  ],
  [
    'a note by the sub-account instead of a user',
    'POST',
    () => `/contacts/${contactId}/notes`,
    () => ({ userId: locationId, body: 'Hello' }),
  ],
  [
    'an opportunity with what belongs to its contact',
    'POST',
    () => '/opportunities/',
    () => ({ pipelineId, contactId, name: 'Deal', status: 'open', companyName: 'Acme', tags: ['x'], locationId }),
    'opportunity.id',
  ],
  [
    'opportunities by days in milliseconds and in ISO',
    'GET',
    () => `/opportunities/search?location_id=${locationId}&date=2026-01-01T00:00:00.000Z&endDate=${inDays(90)}&limit=100`,
    undefined,
    'meta.total',
  ],
  [
    'a task whose day is not known',
    'POST',
    () => `/contacts/${contactId}/tasks/`,
    () => ({ title: 'Call', dueDate: '2027-01-01T00:00:00+01:00', completed: false, body: 'About it' }),
    'task.id',
  ],
  [
    'free slots with a setting of the calendar',
    'GET',
    () => `/calendars/${calendarId}/free-slots?startDate=${inDays(1)}&endDate=${inDays(9)}&timezone=UTC&enableLookBusy=true`,
  ],
  [
    'opportunities with what hangs on them, page after page',
    'GET',
    () => `/opportunities/search?limit=100&getCalendarEvents=true&getNotes=true&getTasks=true&location_id=${locationId}`,
    undefined,
    'opportunities.0.relations.0.fullName',
  ],
  ['a sub-account with a page size', 'GET', () => `/locations/${locationId}?limit=10`, undefined, 'location.companyId'],
  [
    'contacts by the digits of a number',
    'GET',
    () => `/contacts/?locationId=${locationId}&query=14155552671`,
    undefined,
    'contacts.0.phone',
  ],
  [
    'contacts with any of several tags, five hundred at once',
    'POST',
    () => '/contacts/search',
    () => ({
      locationId,
      pageLimit: 500,
      filters: [{ field: 'tags', operator: 'contains', value: ['a', 'no such tag'] }],
      sort: [{ field: 'dateAdded', direction: 'desc' }],
    }),
    'contacts.0.id',
  ],
  ['time zones', 'GET', () => `/locations/${locationId}/timezones`, undefined, 'timeZones.0'],
  [
    'submissions with a trailing slash',
    'GET',
    () => `/forms/submissions/?limit=100&locationId=${locationId}`,
    undefined,
    'submissions',
  ],
  [
    'users with the sub-account’s token and the agency’s id',
    'GET',
    () => `/users/search?locationId=${locationId}&companyId=${product.demo.company.id}`,
    undefined,
    'users.0.id',
  ],
  [
    'the field that the document shows, all of its example at once',
    'POST',
    () => `/locations/${locationId}/customFields`,
    () => ({
      ...{ name: 'Custom Field', dataType: 'TEXT', placeholder: 'Placeholder Text', acceptedFormat: ['.pdf', '.docx', '.jpeg'] },
      ...{ isMultipleFile: false, maxNumberOfFiles: 2, position: 0, model: 'opportunity' },
      textBoxListOptions: [{ label: 'First', prefillValue: '' }],
    }),
    'customField.id',
  ],
  [
    'flags as Guzzle writes them, in HighLevel’s own client for PHP as well, and a list by number',
    'GET',
    () => `/products/?locationId=${locationId}&availableInStore=1&includedInStore=0&expand%5B0%5D=tax&expand%5B1%5D=stripe`,
    undefined,
    'products',
  ],
  [
    'flags as Python’s requests writes them',
    'GET',
    () => `/opportunities/search?location_id=${locationId}&limit=1&getTasks=True&getNotes=False`,
    undefined,
    'opportunities.0.tasks',
  ],
  ['a path with slashes too many', 'GET', () => `//contacts//${contactId}`, undefined, 'contact.id'],
  [
    'fields of a contact that the documents keep to themselves',
    'PUT',
    () => `/contacts/${contactId}`,
    () => ({ type: 'customer', keyword: 'k', ssn: '1', additionalPhones: [], additionalEmails: ['second@connector.example'] }),
    'contact.additionalEmails.0.email',
  ],
]

describe('requests of connectors', () => {
  for (const [what, method, path, body, reads] of requests)
    test(what, async () => {
      const answer = await call(method, path(), body?.())
      expect([200, 201], JSON.stringify(answer.body)).toContain(answer.status)
      if (reads) expect(dig(answer.body, reads)).toBeDefined()
    })

  test('half of a cursor of contacts is one: an id alone, and a date alone', async () => {
    const list = async (more: string) => (await call('GET', `/contacts/?locationId=${locationId}&limit=2&order=asc${more}`)).body
    const [first, second] = dig(await list(''), 'contacts') as { id: string; dateAdded: string }[]
    expect(dig(await list(`&startAfterId=${first?.id}`), 'contacts.0.id')).toBe(second?.id)
    expect(dig(await list(`&startAfter=${Date.parse(first?.dateAdded ?? '')}`), 'contacts.0.id')).toBe(second?.id)
    expect(dig(await list('&startAfterId=nobody'), 'contacts.0.id')).toBe(first?.id)
  })

  test('a field that nobody knows is refused all the same', async () => {
    const { status, body } = await call('PUT', `/contacts/${contactId}`, { foobar: 'x' })
    expect([status, dig(body, 'message')]).toEqual([422, ['property foobar should not exist']])
  })
})
