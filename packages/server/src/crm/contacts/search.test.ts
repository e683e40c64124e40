import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contactPorts } from '../../testing/contact-ports.js'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { storeFieldValues } from './field-values.sql.js'
import { contactsModule } from './index.js'

const definitions = [
  { id: 'sizeField', fieldKey: 'contact.shoe_size', dataType: 'NUMERICAL' },
  { id: 'tasteField', fieldKey: 'contact.taste', dataType: 'CHECKBOX' },
]

let on: ModuleApp
beforeAll(async () => {
  on = await moduleApp(({ lookups }) =>
    contactsModule({
      ...contactPorts({
        location: async (id) => {
          const row = await lookups.selectFrom('locations').select('country').where('id', '=', id).executeTakeFirst()
          return row && { country: row.country, settings: { allowDuplicateContact: true } }
        },
      }),
      customFields: async () => definitions,
    }),
  )
  await addPeople()
})
afterAll(() => on?.close())

const people = [
  {
    id: 'p1',
    firstName: 'Ada',
    lastName: 'Byron',
    email: 'ada@x.example',
    source: 'Web',
    tags: ['hot'],
    city: 'Paris',
    dnd: true,
  },
  { id: 'p2', firstName: 'Änne', lastName: null, email: null, source: 'web', tags: ['hot', 'new'], city: 'paris', dnd: false },
  { id: 'p3', firstName: null, lastName: 'Zuse', email: 'zuse@x.example', source: null, tags: [], city: null, dnd: false },
  { id: 'p4', firstName: null, lastName: null, email: null, source: null, tags: [], city: 'Lyon', dnd: false },
  {
    id: 'p5',
    firstName: 'ada',
    lastName: 'Byron',
    email: 'ada2@x.example',
    source: 'Import',
    tags: ['new'],
    city: 'Lyon',
    dnd: true,
  },
]

const addPeople = async () => {
  const empty = { followers: [], customFields: '[]', additionalEmails: '[]', createdBy: '{}', type: 'lead' }
  const rows = [on.locationId, on.otherLocationId].flatMap((locationId) =>
    people.map((person, at) => {
      const dateAdded = new Date(Date.UTC(2026, 0, 1 + Math.floor(at / 2)))
      return { ...empty, ...person, locationId, dateAdded, dateUpdated: new Date(Date.UTC(2026, 1, 5 - at)) }
    }),
  )
  await on.db.insertInto('contacts').values(rows).execute()
  await on.db.insertInto('contactCounts').values({ locationId: on.locationId, delta: people.length }).execute()
  for (const [contactId, size, taste] of [
    ['p1', 38, ['Tea', 'Milk']],
    ['p5', 44.5, ['Tea']],
  ] as const) {
    const values = [
      { id: 'sizeField', value: size },
      { id: 'tasteField', value: taste },
    ]
    await storeFieldValues(on.db, on.locationId, contactId, values, definitions)
  }
}

// A token for each call: there are more of them than one token's rate limit lets through.
const search = (body: object, pageLimit = 20) =>
  on.call('POST', '/contacts/search', { token: on.token(), body: { locationId: on.locationId, pageLimit, ...body } })
const ids = ({ body }: { body: { contacts: { id: string }[] } }) => body.contacts.map(({ id }) => id)
const by = (field: string, operator: string, value?: unknown) => ({ filters: [{ field, operator, value }] })

describe('a search of contacts', () => {
  test('answers rows as the live service does: every field there, empty ones null, the cursor of the row', async () => {
    const { status, body } = await search({ filters: [{ field: 'id', operator: 'eq', value: 'p4' }] })
    expect(status).toBe(200)
    expect(Object.keys(body).sort()).toEqual(['contacts', 'total', 'traceId'])
    expect(body.total).toBe(1)
    expect(body.contacts[0]).toMatchObject({
      id: 'p4',
      locationId: on.locationId,
      firstNameLowerCase: null,
      contactName: null,
      phone: null,
      phoneLabel: null,
      address: null,
      businessName: null,
      validEmail: null,
      opportunities: [],
      searchAfter: [Date.UTC(2026, 0, 2), 'p4'],
    })
    expect(body.contacts[0]).not.toHaveProperty('address1')
  })

  test.each([
    ['city', 'eq', 'PARIS', ['p2', 'p1']],
    ['city', 'not_eq', 'paris', ['p5', 'p4', 'p3']],
    ['tags', 'eq', ['hot', 'new'], ['p5', 'p2', 'p1']],
    ['tags', 'contains', 'ho', ['p2', 'p1']],
    ['firstNameLowerCase', 'eq', 'Änne', ['p2']],
    ['firstNameLowerCase', 'contains', 'ad', ['p5', 'p1']],
    ['lastNameLowerCase', 'contains', 'yron', ['p5', 'p1']],
    ['contactName', 'eq', 'ada byron', ['p5', 'p1']],
    ['email', 'not_exists', undefined, ['p4', 'p2']],
    ['dnd', 'eq', true, ['p5', 'p1']],
    ['dateAdded', 'range', { gte: '2026-01-02', lte: '2026-01-02' }, ['p4', 'p3']],
    ['customFields.sizeField', 'range', { gt: 40 }, ['p5']],
    ['customFields.shoe_size', 'exists', undefined, ['p5', 'p1']],
    ['customFields.tasteField', 'eq', 'milk', ['p1']],
    ['customFields.tasteField', 'not_eq', 'milk', ['p5', 'p4', 'p3', 'p2']],
    ['businessName', 'not_exists', undefined, ['p5', 'p4', 'p3', 'p2', 'p1']],
    ['isValidWhatsapp', 'eq', true, []],
    ['activeWorkflows', 'not_eq', 'w1', ['p5', 'p4', 'p3', 'p2', 'p1']],
    ['lastAppointment', 'range', { gte: '2020-01-01' }, []],
    ['opportunities', 'nested', [{ field: 'status', operator: 'eq', value: 'won' }], []],
  ])('%s %s %j finds %j, newest first', async (field, operator, value, expected) => {
    const reply = await search(by(field, operator, value))
    expect(reply.status, JSON.stringify(reply.body)).toBe(200)
    expect(ids(reply)).toEqual(expected)
    expect(reply.body.total).toBe(expected.length)
  })

  test('joins text and filters', async () => {
    expect(ids(await search({ query: 'by', ...by('dnd', 'eq', true) }))).toEqual(['p5', 'p1'])
    expect(ids(await search({ query: 'ada@x', ...by('city', 'eq', 'Lyon') }))).toEqual([])
  })

  test('refuses a field of another sub-account’s making, and names operator and field', async () => {
    const { status, body } = await search({
      filters: [
        { field: 'email', operator: 'contains', value: 'x' },
        { field: 'nose', operator: 'eq' },
      ],
    })
    expect(status).toBe(422)
    expect(body.message).toEqual([
      'filters.0.operator "contains" cannot be used with email; use eq, not_eq, exists or not_exists',
      expect.stringContaining('filters.1.field "nose" cannot be searched by; use id, address,'),
    ])
  })

  test('never reaches into another sub-account', async () => {
    const reply = await search({ ...by('id', 'exists'), locationId: on.otherLocationId })
    expect(reply.status).toBe(403)
    const either = {
      group: 'OR',
      filters: [
        { field: 'id', operator: 'eq', value: 'p1' },
        { field: 'dnd', operator: 'exists' },
      ],
    }
    const { body } = await search({ filters: [either] })
    expect(body.contacts.every(({ locationId }: { locationId: string }) => locationId === on.locationId)).toBe(true)
    expect(body.total).toBe(5)
  })
})

describe('the order of a search', () => {
  test.each([
    ['firstNameLowerCase', 'asc', ['p1', 'p5', 'p2', 'p3', 'p4']],
    ['firstNameLowerCase', 'desc', ['p2', 'p5', 'p1', 'p4', 'p3']],
    ['lastNameLowerCase', 'asc', ['p1', 'p5', 'p3', 'p2', 'p4']],
    ['source', 'asc', ['p5', 'p1', 'p2', 'p3', 'p4']],
    ['source', 'desc', ['p2', 'p1', 'p5', 'p4', 'p3']],
    ['email', 'desc', ['p3', 'p1', 'p5', 'p4', 'p2']],
    ['dnd', 'asc', ['p2', 'p3', 'p4', 'p1', 'p5']],
    ['dateAdded', 'asc', ['p1', 'p2', 'p3', 'p4', 'p5']],
    ['dateUpdated', 'desc', ['p1', 'p2', 'p3', 'p4', 'p5']],
    ['businessName', 'asc', ['p1', 'p2', 'p3', 'p4', 'p5']],
  ])('by %s %s puts empty ones last, and is the same by cursor and by page', async (field, direction, expected) => {
    const sort = [{ field, direction }]
    expect(ids(await search({ sort }))).toEqual(expected)
    await expectWalks(sort, expected)
  })

  test('by two fields, in opposite directions', async () => {
    const sort = [
      { field: 'lastNameLowerCase', direction: 'desc' },
      { field: 'email', direction: 'asc' },
    ]
    const expected = ['p3', 'p5', 'p1', 'p4', 'p2']
    expect(ids(await search({ sort }))).toEqual(expected)
    await expectWalks(sort, expected)
    await expectWalks(
      [
        { field: 'dnd', direction: 'asc' },
        { field: 'source', direction: 'desc' },
      ],
      ['p2', 'p3', 'p4', 'p1', 'p5'],
    )
  })

  const expectWalks = async (sort: object[], expected: string[]) => {
    for (const pageLimit of [1, 2, 3]) {
      const byCursor: string[] = []
      let searchAfter: unknown
      for (let turn = 0; turn < 9; turn++) {
        const { body } = await search({ sort, ...(searchAfter ? { searchAfter } : {}) }, pageLimit)
        byCursor.push(...body.contacts.map(({ id }: { id: string }) => id))
        searchAfter = body.contacts.at(-1)?.searchAfter
        if (body.contacts.length < pageLimit) break
      }
      expect(byCursor, `cursor, ${pageLimit} a page`).toEqual(expected)
      const byPage: string[] = []
      for (let page = 1; page <= 5; page++) byPage.push(...ids(await search({ sort, page }, pageLimit)))
      expect(byPage, `page, ${pageLimit} a page`).toEqual(expected)
    }
  }

  test('refuses a field that is no order, and a cursor that is not of it', async () => {
    const wrong = await search({ sort: [{ field: 'city', direction: 'asc' }] })
    expect(wrong.status).toBe(422)
    for (const searchAfter of [['a'], ['a', 'b', 'c'], [1, 'p1'], [{}, 'p1'], [null, null]]) {
      const reply = await search({ sort: [{ field: 'email', direction: 'asc' }], searchAfter })
      expect(reply.status, JSON.stringify(searchAfter)).toBe(422)
    }
    expect((await search({ sort: [{ field: 'email', direction: 'asc' }], searchAfter: [null, 'p2'] })).status).toBe(200)
  })
})
