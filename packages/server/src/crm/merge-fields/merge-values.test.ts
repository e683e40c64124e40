import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Blobs } from '../../blobs/index.js'
import { contactPorts } from '../../testing/contact-ports.js'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { contactsModule } from '../contacts/index.js'
import { customFieldsModule, definitionsOf } from '../custom-fields/index.js'
import { customValuesModule } from '../custom-values/index.js'
import { mergeFieldsModule, mergePorts } from './index.js'

/** None of this is about files. */
const noFiles = {} as Blobs

let on: ModuleApp
let contactId = ''
let fieldId = ''
let valueId = ''

const at = (path: string) => `/locations/${on.locationId}/${path}`
const valuesOf = async (id = contactId) => (await on.call('GET', `/contacts/${id}/merge-values`)).body.mergeValues
const change = (body: object) => on.call('PUT', `/contacts/${contactId}`, { body })

beforeAll(async () => {
  on = await moduleApp(({ lookups }) => {
    const places = {
      location: async (id: string) => lookups.selectFrom('locations').select('companyId').where('id', '=', id).executeTakeFirst(),
    }
    return [
      ...contactsModule(
        contactPorts(lookups, { fields: { definitions: (db, locationId) => definitionsOf(db, locationId, 'contact') } }),
      ),
      ...customFieldsModule(async () => 0, noFiles),
      ...customValuesModule(),
      ...mergeFieldsModule(mergePorts(lookups, places)),
    ]
  })
  const field = await on.call('POST', at('customFields'), { body: { name: 'Shoe size', dataType: 'NUMERICAL' } })
  fieldId = field.body.customField.id
  valueId = (await on.call('POST', at('customValues'), { body: { name: 'Slogan', value: 'Fast' } })).body.customValue.id
  const customFields = [{ id: fieldId, value: 42 }]
  const made = await on.call('POST', '/contacts/', { body: { locationId: on.locationId, firstName: 'Ada', customFields } })
  contactId = made.body.contact.id
})
afterAll(() => on?.close())

test('every merge field is named with the text that it becomes for the contact', async () => {
  const { status, body, headers } = await on.call('GET', `/contacts/${contactId}/merge-values`)
  expect([status, headers['x-extension'], Object.keys(body).filter((name) => name !== 'traceId')]).toEqual([
    200,
    'true',
    ['mergeValues'],
  ])
  expect(body.mergeValues).toMatchObject({
    'contact.id': contactId,
    'contact.first_name': 'Ada',
    'contact.last_name': '',
    'contact.shoe_size': '42',
    'custom_values.slogan': 'Fast',
    'location.name': 'One',
    'location.location_owner.name': '',
    'user.name': '',
  })
  expect(Object.values(body.mergeValues).every((value) => typeof value === 'string')).toBe(true)
})

test('a changed value is seen at once, a cleared one is empty text, a deleted custom value is not named', async () => {
  await change({ firstName: 'Grace', customFields: [{ id: fieldId, value: 39 }] })
  await on.call('PUT', at(`customValues/${valueId}`), { body: { name: 'Slogan', value: 'Good' } })
  expect(await valuesOf()).toMatchObject({
    'contact.first_name': 'Grace',
    'contact.shoe_size': '39',
    'custom_values.slogan': 'Good',
  })
  await change({ firstName: null, customFields: [{ id: fieldId, value: '' }] })
  await on.call('DELETE', at(`customValues/${valueId}`))
  const values = await valuesOf()
  expect(values).toMatchObject({ 'contact.first_name': '', 'contact.shoe_size': '' })
  expect(values).not.toHaveProperty(['custom_values.slogan'])
})

test('a contact of another sub-account is as missing as one that never was', async () => {
  const token = on.token({ locationId: on.otherLocationId })
  for (const [id, by] of [
    [contactId, token],
    ['nobody', undefined],
  ] as const) {
    const { status, body } = await on.call('GET', `/contacts/${id}/merge-values`, by ? { token: by } : {})
    expect([status, body.message]).toEqual([400, 'Contact not found'])
  }
})
