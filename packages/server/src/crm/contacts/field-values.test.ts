import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { typedValues } from './field-values.rules.js'
import { clearContactField, storeFieldValues, storeManyFieldValues } from './field-values.sql.js'

describe('a custom field value is filed', () => {
  test.each([
    ['TEXT', 'Blue Ridge ', [{ text: 'blue ridge' }]],
    ['LARGE_TEXT', 'a\nb', [{ text: 'a\nb' }]],
    ['PHONE', '+14155550100', [{ text: '+14155550100' }]],
    ['SINGLE_OPTIONS', 'Gold', [{ text: 'gold' }]],
    ['RADIO', ['Gold'], [{ text: 'gold' }]],
    ['NUMERICAL', 12.5, [{ num: 12.5 }]],
    ['NUMERICAL', '1,250', [{ num: 1250 }]],
    ['MONETORY', -0.01, [{ num: -0.01 }]],
    ['NUMERICAL', 'many', [{}]],
    ['DATE', '2026-03-01', [{ at: new Date('2026-03-01T00:00:00Z') }]],
    ['DATE', '2026-03-01T10:30:00+02:00', [{ at: new Date('2026-03-01T08:30:00Z') }]],
    ['DATE', 1_772_323_200_000, [{ at: new Date(1_772_323_200_000) }]],
    ['DATE', 9e18, [{}]],
    ['DATE', 'soon', [{}]],
    ['CHECKBOX', ['Tea', 'Milk'], [{ text: 'tea' }, { text: 'milk' }]],
    ['MULTIPLE_OPTIONS', 'Tea', [{ text: 'tea' }]],
    [
      'TEXTBOX_LIST',
      { o1: 'First', o2: '', o3: 'Third' },
      [
        { optionId: 'o1', text: 'first' },
        { optionId: 'o3', text: 'third' },
      ],
    ],
    ['FILE_UPLOAD', { f: { url: 'x' } }, [{}]],
    ['TEXT', '', []],
    ['CHECKBOX', [], []],
    ['TEXTBOX_LIST', { o1: '' }, []],
    ['constructor', 'x', [{ text: 'x' }]],
  ])('%s %j', (dataType, value, rows) => expect(typedValues(dataType, value)).toEqual(rows))
})

describe('the typed side table', () => {
  let on: ModuleApp
  const definitions = [
    { id: 'size', dataType: 'NUMERICAL' },
    { id: 'taste', dataType: 'CHECKBOX' },
  ]
  beforeAll(async () => {
    on = await moduleApp(() => [])
    for (const [locationId, id] of [
      [on.locationId, 'c1'],
      [on.locationId, 'c2'],
      [on.otherLocationId, 'c1'],
    ] as const) {
      const now = on.clock.now()
      const empty = { tags: [], followers: [], customFields: '[]', additionalEmails: '[]', createdBy: '{}' }
      const row = { ...empty, locationId, id, dnd: false, type: 'lead', dateAdded: now, dateUpdated: now }
      await on.db.insertInto('contacts').values(row).execute()
    }
  })
  afterAll(() => on?.close())

  const filed = (locationId = on.locationId) =>
    on.db
      .selectFrom('contactFieldValues')
      .select(['contactId', 'fieldId', 'num', 'text'])
      .where('locationId', '=', locationId)
      .orderBy('contactId')
      .orderBy('fieldId')
      .orderBy('position')
      .execute()

  test('replaces the fields that are named, keeps the others, and leaves other sub-accounts alone', async () => {
    await storeFieldValues(on.db, on.otherLocationId, 'c1', [{ id: 'size', value: 1 }], definitions)
    await storeFieldValues(
      on.db,
      on.locationId,
      'c1',
      [
        { id: 'size', value: 3 },
        { id: 'taste', value: ['Tea', 'Milk'] },
      ],
      definitions,
    )
    await storeFieldValues(
      on.db,
      on.locationId,
      'c1',
      [
        { id: 'taste', value: ['Milk'] },
        { id: 'gone', value: 'x' },
      ],
      definitions,
    )
    expect(await filed()).toEqual([
      { contactId: 'c1', fieldId: 'size', num: 3, text: null },
      { contactId: 'c1', fieldId: 'taste', num: null, text: 'milk' },
    ])
    await storeFieldValues(on.db, on.locationId, 'c1', [{ id: 'size', value: '' }], definitions)
    expect((await filed()).map(({ fieldId }) => fieldId)).toEqual(['taste'])
    expect(await filed(on.otherLocationId)).toHaveLength(1)
  })

  test('takes a batch of new contacts, forgets a field and goes with its contact', async () => {
    const batch = ['c1', 'c2'].map((contactId, at) => ({ contactId, values: [{ id: 'size', value: at }] }))
    await storeManyFieldValues(on.db, on.locationId, batch, definitions, { fresh: true })
    expect(await filed()).toHaveLength(3)
    await on.db.deleteFrom('contacts').where('locationId', '=', on.locationId).where('id', '=', 'c1').execute()
    expect((await filed()).map(({ contactId }) => contactId)).toEqual(['c2'])
    await clearContactField(on.db, { locationId: on.locationId, fieldId: 'size' }, 10)
    expect(await filed()).toEqual([])
    expect(await filed(on.otherLocationId)).toHaveLength(1)
  })
})
