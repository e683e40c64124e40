import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contactPorts } from '../../testing/contact-ports.js'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { judgeValue, type ValueField } from './custom-fields.rules.js'
import { contactsModule } from './index.js'

const field = (dataType: string, more: Partial<ValueField> = {}): ValueField => ({
  id: `id${dataType}`,
  fieldKey: `contact.${dataType.toLowerCase()}`,
  dataType,
  options: [],
  allowCustomOption: false,
  maxFileLimit: null,
  ...more,
})
const colours = { options: ['Red', 'Deep Blue'].map((label) => ({ key: label.toLowerCase().replace(' ', '_'), label })) }

describe('a value of a custom field', () => {
  const file = { f1: { url: 'https://files.example/a.pdf', documentId: 'd' } }
  test.each<[string, Partial<ValueField>, unknown, unknown]>([
    ['TEXT', {}, 'free text', 'free text'],
    ['TEXT', {}, 12, '12'],
    ['LARGE_TEXT', {}, 'a\nb', 'a\nb'],
    ['NUMERICAL', {}, '12.50', 12.5],
    ['NUMERICAL', {}, -3, -3],
    ['MONETORY', {}, '$1,250.75', 1250.75],
    ['MONETORY', {}, '-€ 3', -3],
    ['DATE', {}, '09/05/1990', '1990-09-05'],
    ['DATE', {}, '2026-03-01T10:30:00+02:00', '2026-03-01T08:30:00.000Z'],
    ['DATE', {}, 1_772_323_200_000, '2026-03-01T00:00:00.000Z'],
    ['PHONE', {}, '(415) 555-2671', '+14155552671'],
    ['EMAIL', {}, ' Ada@Example.com ', 'Ada@Example.com'],
    ['SINGLE_OPTIONS', colours, 'red', 'Red'],
    ['RADIO', colours, ['deep_blue'], 'Deep Blue'],
    ['RADIO', { ...colours, allowCustomOption: true }, 'Teal', 'Teal'],
    ['CHECKBOX', colours, ['Red', 'RED', ''], ['Red']],
    ['MULTIPLE_OPTIONS', colours, 'Deep Blue', ['Deep Blue']],
    ['TEXTBOX_LIST', colours, { Red: 'a', deep_blue: '' }, { red: 'a' }],
    ['FILE_UPLOAD', {}, file, file],
    ['NUMERICAL', {}, '', null],
    ['CHECKBOX', colours, [], null],
    ['TEXTBOX_LIST', colours, { red: '' }, null],
  ])('of type %s %j: %j is kept as %j', (type, more, value, kept) =>
    expect(judgeValue(value, field(type, more), 'US')).toEqual({ value: kept }),
  )

  test.each<[string, Partial<ValueField>, unknown]>([
    ['TEXT', {}, { a: 1 }],
    ['TEXT', {}, 'x'.repeat(20_001)],
    ['NUMERICAL', {}, 'many'],
    ['NUMERICAL', {}, '1e999'],
    ['NUMERICAL', {}, [1, 2]],
    ['DATE', {}, '2026-02-30'],
    ['DATE', {}, 9e18],
    ['PHONE', {}, 'call me'],
    ['EMAIL', {}, 'nobody'],
    ['SINGLE_OPTIONS', colours, 'Green'],
    ['SINGLE_OPTIONS', colours, ['Red', 'Deep Blue']],
    ['CHECKBOX', colours, ['Red', 'Green']],
    ['CHECKBOX', {}, ['Red']],
    ['TEXTBOX_LIST', colours, 'Red'],
    ['TEXTBOX_LIST', colours, { Green: 'x' }],
    ['FILE_UPLOAD', {}, 'javascript:alert(1)'],
    ['FILE_UPLOAD', { maxFileLimit: 1 }, ['https://a.example/1', 'https://a.example/2']],
  ])('of type %s %j: %j is refused', (type, more, value) =>
    expect(judgeValue(value, field(type, more), 'US')).toHaveProperty('must'),
  )
})

describe('custom fields of a contact', () => {
  const definitions = [field('TEXT'), field('NUMERICAL'), field('CHECKBOX', colours)]
  let on: ModuleApp
  beforeAll(async () => {
    on = await moduleApp(({ lookups }) =>
      contactsModule(
        contactPorts(lookups, { fields: { definitions: async (_db, id) => (id === on.locationId ? definitions : []) } }),
      ),
    )
  })
  afterAll(() => on?.close())

  const create = (customFields: unknown) => on.call('POST', '/contacts/', { body: { locationId: on.locationId, customFields } })
  const filed = (contactId: string) =>
    on.db
      .selectFrom('contactFieldValues')
      .select(['fieldId', 'num', 'text'])
      .where('contactId', '=', contactId)
      .orderBy('fieldId')
      .orderBy('position')
      .execute()

  test('are written by id or key in any of their spellings, read as id and value, told of so, and filed for the search', async () => {
    const from = on.events.length
    const { status, body } = await create([
      { id: 'idTEXT', field_value: 'x' },
      { key: 'contact.numerical', value: '12.5' },
      { key: '{{ contact.checkbox }}', fieldValue: ['red', 'Deep Blue'] },
    ])
    expect(status).toBe(201)
    const values = [
      { id: 'idTEXT', value: 'x' },
      { id: 'idNUMERICAL', value: 12.5 },
      { id: 'idCHECKBOX', value: ['Red', 'Deep Blue'] },
    ]
    expect(body.contact.customFields).toEqual(values)
    expect(JSON.parse(on.events[from]?.payloadText ?? '').customFields).toEqual(values)
    expect(await filed(body.contact.id)).toEqual([
      { fieldId: 'idCHECKBOX', num: null, text: 'red' },
      { fieldId: 'idCHECKBOX', num: null, text: 'deep blue' },
      { fieldId: 'idNUMERICAL', num: 12.5, text: null },
      { fieldId: 'idTEXT', num: null, text: 'x' },
    ])
  })

  test('that are not sent stay, an empty value takes one away', async () => {
    const { body } = await create([
      { key: 'text', field_value: 'x' },
      { key: 'numerical', field_value: 3 },
    ])
    const { id } = body.contact
    const put = (customFields: unknown) => on.call('PUT', `/contacts/${id}`, { body: { customFields } })
    const changed = await put([
      { id: 'idTEXT', field_value: null },
      { id: 'idCHECKBOX', field_value: ['Red'] },
    ])
    expect(changed.body.contact.customFields).toEqual([
      { id: 'idNUMERICAL', value: 3 },
      { id: 'idCHECKBOX', value: ['Red'] },
    ])
    expect((await filed(id)).map(({ fieldId }) => fieldId)).toEqual(['idCHECKBOX', 'idNUMERICAL'])
    await put([
      { id: 'idNUMERICAL', field_value: '' },
      { key: 'checkbox', field_value: [] },
    ])
    expect(await filed(id)).toEqual([])
  })

  test('that nobody here has defined are passed over, one of another sub-account among them; the rest is written', async () => {
    const sent = [
      { id: 'nobody', field_value: 'x' },
      { key: 'nothing', field_value: 'x' },
      { id: 'idNUMERICAL', field_value: 7 },
    ]
    const { status, body } = await create(sent)
    expect([status, body.contact.customFields]).toEqual([201, [{ id: 'idNUMERICAL', value: 7 }]])
    const token = on.token({ locationId: on.otherLocationId })
    const foreign = { locationId: on.otherLocationId, customFields: [{ id: 'idTEXT', field_value: 'x' }] }
    const theirs = await on.call('POST', '/contacts/', { token, body: foreign })
    expect([theirs.status, theirs.body.contact.customFields]).toEqual([201, []])
  })

  test('whose values do not fit, or that name no field, are told in one 422 and nothing is written', async () => {
    const { status, body } = await create([
      { field_value: 'x' },
      { id: 'idNUMERICAL', field_value: 'many' },
      { key: 'checkbox', value: 'Green' },
    ])
    expect(status).toBe(422)
    expect(body.message).toEqual([
      'customFields.0.id should not be empty',
      'customFields.1.field_value must be a number conforming to the specified constraints',
      'customFields.2.value must be some of the options: Red, Deep Blue',
    ])
  })
})
