import { dataTypes } from '@groundlevel/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBlobs } from '../../blobs/index.js'
import { newId } from '../../ids.js'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { clearContactField } from '../contacts/index.js'
import { clearRemovedFields, customFieldsModule, definitionsOf } from './index.js'

let on: ModuleApp

/** These tests store no file. */
const noFiles = createBlobs({ db: undefined as never, bytes: undefined as never, publicUrl: () => '' })

beforeAll(async () => {
  on = await moduleApp(() => customFieldsModule(clearContactField, noFiles))
})
afterAll(() => on?.close())

/** Each call as an app of its own: none of this is about rate limits. */
const call: ModuleApp['call'] = (method, path, options = {}) => on.call(method, path, { token: on.token(), ...options })

const base = () => `/locations/${on.locationId}/customFields`
const create = (body: object) => call('POST', base(), { body })
const createObjectField = (body: object) =>
  call('POST', '/custom-fields/', {
    body: { locationId: on.locationId, showInForms: true, objectKey: 'custom_objects.pet', parentId: '', ...body },
  })
const foreign = () => on.token({ locationId: on.otherLocationId })

const addContact = async (customFields: object[]) => {
  const now = on.clock.now()
  const id = newId(now)
  const json = JSON.stringify(customFields)
  const rest = { dnd: false, type: 'lead', tags: [], followers: [], additionalEmails: '[]', createdBy: '{}', dateAdded: now }
  await on.db
    .insertInto('contacts')
    .values({ ...rest, id, locationId: on.locationId, customFields: json, dateUpdated: now })
    .execute()
  return id
}

const valuesOf = async (id: string) =>
  (await on.db.selectFrom('contacts').select('customFields').where('id', '=', id).executeTakeFirstOrThrow()).customFields

describe('the older operations', () => {
  test('create answers 201 with the field in the older names, its key from its name, its folder made', async () => {
    const { status, body } = await create({ name: 'Größe der Schuhe', dataType: 'NUMERICAL', placeholder: 'EU' })
    expect(status).toBe(201)
    const { traceId, ...reply } = body
    expect(reply).toEqual({
      customField: {
        id: expect.stringMatching(/^[A-Za-z0-9]{20}$/),
        name: 'Größe der Schuhe',
        fieldKey: 'contact.grosse_der_schuhe',
        placeholder: 'EU',
        dataType: 'NUMERICAL',
        position: 0,
        isAllowedCustomOption: false,
        isMultiFileAllowed: false,
        locationId: on.locationId,
        model: 'contact',
        documentType: 'field',
        parentId: expect.stringMatching(/^[A-Za-z0-9]{20}$/),
        standard: false,
        scopes: [],
        dateAdded: expect.stringMatching(/Z$/),
      },
    })
    expect(traceId).toMatch(/^[0-9a-f-]{36}$/)
  })

  test.each(dataTypes)('a field of type %s can be made, read, changed and deleted, its key kept on rename', async (dataType) => {
    const made = (await create({ name: `All ${dataType}`, dataType })).body.customField
    const changed = await call('PUT', `${base()}/${made.id}`, { body: { name: 'Another name', position: 7 } })
    expect(changed.status).toBe(200)
    expect(changed.body.customField).toMatchObject({ ...made, name: 'Another name', position: 7 })
    expect((await call('GET', `${base()}/${made.fieldKey}`)).body.customField.id).toBe(made.id)
    const removed = await call('DELETE', `${base()}/${made.id}`)
    expect(removed.body).toMatchObject({ succeded: true, succeeded: true })
    expect(await call('GET', `${base()}/${made.id}`)).toMatchObject({
      status: 400,
      body: { message: 'Custom field not found' },
    })
  })

  test('twenty fields of one name made at once have twenty keys', async () => {
    const replies = await Promise.all(Array.from({ length: 20 }, () => create({ name: 'Same name', dataType: 'TEXT' })))
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 201))
    const keys = replies.map(({ body }) => body.customField.fieldKey)
    expect(new Set(keys).size).toBe(20)
    expect(keys).toContain('contact.same_name')
    expect(keys).toContain('contact.same_name_19')
    expect(new Set(replies.map(({ body }) => body.customField.parentId)).size).toBe(1)
  })

  test('options come as labels in any of three lists, and keep their keys when they are listed again', async () => {
    const bare = (await create({ name: 'Color', dataType: 'SINGLE_OPTIONS', options: ['Red', 'Dark blue'] })).body.customField
    expect(bare.picklistOptions).toEqual(['Red', 'Dark blue'])
    const boxes = await create({
      name: 'Sizes',
      dataType: 'TEXTBOX_LIST',
      textBoxListOptions: [
        { label: 'First', prefillValue: '' },
        { label: 'Second', prefillValue: 'two' },
      ],
    })
    expect(boxes.body.customField).toMatchObject({
      picklistOptions: ['First', 'Second'],
      textBoxListOptions: [
        { id: 'first', label: 'First' },
        { id: 'second', label: 'Second', prefillValue: 'two' },
      ],
    })
    await call('PUT', `${base()}/${bare.id}`, { body: { name: 'Color', picklistOptions: ['Green', 'red'] } })
    const [definition] = (await definitionsOf(on.db, on.locationId, 'contact')).filter(({ id }) => id === bare.id)
    expect(definition?.options).toEqual([
      { key: 'green', label: 'Green' },
      { key: 'red', label: 'red' },
    ])
  })

  test('a file field keeps its formats and its limit', async () => {
    const { body } = await create({
      name: 'Papers',
      dataType: 'FILE_UPLOAD',
      acceptedFormat: ['.PDF', 'docx'],
      isMultipleFile: true,
      maxNumberOfFiles: 2,
    })
    expect(body.customField).toMatchObject({ acceptedFormat: ['.pdf', '.docx'], isMultiFileAllowed: true, maxFileLimit: 2 })
  })

  test('the list is by position and of one model; all has both', async () => {
    const late = (await create({ name: 'Late', dataType: 'TEXT', position: 50 })).body.customField
    const early = (await create({ name: 'Early', dataType: 'TEXT', position: -1 })).body.customField
    const deal = (await create({ name: 'Deal', dataType: 'TEXT', model: 'opportunity' })).body.customField
    expect(deal.fieldKey).toBe('opportunity.deal')
    const ids = async (query: string) =>
      (await call('GET', `${base()}${query}`)).body.customFields.map(({ id }: { id: string }) => id)
    const contacts = await ids('')
    expect(contacts[0]).toBe(early.id)
    expect(contacts.at(-1)).toBe(late.id)
    expect(contacts).not.toContain(deal.id)
    expect(await ids('?model=opportunity')).toEqual([deal.id])
    expect(await ids('?model=all')).toEqual(expect.arrayContaining([deal.id, early.id, late.id]))
  })

  test('a standard field is read by its key, its key is taken, and it cannot be deleted', async () => {
    const { status, body } = await call('GET', `${base()}/contact.first_name`)
    expect(status).toBe(200)
    expect(body.customField).toMatchObject({
      fieldKey: 'contact.first_name',
      name: 'First Name',
      dataType: 'TEXT',
      standard: true,
    })
    expect((await create({ name: 'First name', dataType: 'TEXT' })).body.customField.fieldKey).toBe('contact.first_name_1')
    expect((await call('DELETE', `${base()}/contact.first_name`)).status).toBe(400)
  })

  test('of another location a field is not found, and nothing of it changes', async () => {
    const { id } = (await create({ name: 'Mine alone', dataType: 'TEXT' })).body.customField
    const theirs = `/locations/${on.otherLocationId}/customFields/${id}`
    const token = foreign()
    expect((await call('GET', theirs, { token })).status).toBe(400)
    expect((await call('PUT', theirs, { token, body: { name: 'Stolen' } })).status).toBe(400)
    expect((await call('DELETE', theirs, { token })).status).toBe(400)
    expect((await call('DELETE', `/custom-fields/${id}`, { token })).status).toBe(400)
    expect((await call('GET', `${base()}/${id}`)).body.customField.name).toBe('Mine alone')
  })

  test('passes over a list that the type has no use for, as the document sends one; takes the key and the description', async () => {
    const textBoxListOptions = [{ label: 'First', prefillValue: '' }]
    const sent = { name: 'Key of its own', dataType: 'TEXT', textBoxListOptions, fieldKey: 'own_key', description: 'What for' }
    const { status, body } = await create(sent)
    expect([status, body.customField.fieldKey]).toEqual([201, 'contact.own_key'])
    expect(body.customField.picklistOptions ?? []).toEqual([])
  })

  test.each([
    [{ dataType: 'TEXT' }, 'name should not be empty'],
    [{ name: 'x', dataType: 'COLOR' }, 'dataType must be a valid enum value'],
    [{ name: 'x', dataType: 'RADIO', options: ['a', 'A'] }, 'options must have labels of their own; "A" is there twice'],
    [{ name: 'x', dataType: 'TEXT', position: 1e300 }, 'position must not be greater than 1000000000'],
    [{ name: 'x', dataType: 'TEXT', shoe: 1 }, 'property shoe should not exist'],
    [{ name: 'a\u0000b', dataType: 'TEXT' }, 'name must not contain a null character or half a surrogate pair'],
  ])('%j is a 422 that says why', async (sent, message) => {
    const { status, body } = await create(sent)
    expect(status).toBe(422)
    expect(body.message).toContain(message)
  })
})

describe('deleting a field', () => {
  test('takes its values off the contacts and leaves the others', async () => {
    const gone = (await create({ name: 'Gone', dataType: 'TEXT' })).body.customField
    const kept = [{ id: 'kept', value: 1 }]
    const id = await addContact([{ id: gone.id, value: 'x' }, ...kept])
    await call('DELETE', `${base()}/${gone.id}`)
    expect(await valuesOf(id)).toEqual(kept)
    expect(await on.db.selectFrom('customFieldRemovals').selectAll().execute()).toEqual([])
  })

  test('goes on in the background where there are more values than one batch', async () => {
    const ids = await Promise.all([0, 1, 2].map(() => addContact([{ id: 'old', value: 'x' }])))
    await on.db
      .insertInto('customFieldRemovals')
      .values({ locationId: on.locationId, fieldId: 'old', objectKey: 'contact', dateAdded: on.clock.now() })
      .execute()
    await clearRemovedFields(on.db, (db, removal) => clearContactField(db, removal, 1).then((n) => (n === 1 ? 1000 : 0)))
    expect(await Promise.all(ids.map(valuesOf))).toEqual([[], [], []])
    expect(await on.db.selectFrom('customFieldRemovals').selectAll().execute()).toEqual([])
  })
})

describe('the operations by object', () => {
  test('create answers {field} with the chosen key, the object in the plural and the documented fields', async () => {
    const { status, body } = await createObjectField({
      name: 'Breed',
      dataType: 'RADIO',
      objectKey: 'custom_object.pet',
      fieldKey: 'custom_object.pet.breed',
      options: [
        { key: 'cat', label: 'Cat', url: 'https://example.com/cat.png' },
        { key: 'dog', label: 'Dog' },
      ],
      allowCustomOption: true,
    })
    expect(status).toBe(201)
    expect(body.field).toEqual({
      id: expect.any(String),
      locationId: on.locationId,
      objectKey: 'custom_objects.pet',
      documentType: 'field',
      name: 'Breed',
      placeholder: '',
      showInForms: true,
      options: [
        { key: 'cat', label: 'Cat', url: 'https://example.com/cat.png' },
        { key: 'dog', label: 'Dog' },
      ],
      dataType: 'RADIO',
      parentId: expect.any(String),
      fieldKey: 'custom_objects.pet.breed',
      allowCustomOption: true,
      position: 0,
      standard: false,
      dateAdded: expect.any(String),
      dateUpdated: expect.any(String),
    })
    const again = await createObjectField({ dataType: 'TEXT', fieldKey: 'breed' })
    expect(again).toMatchObject({ status: 400, body: { message: 'The field key custom_objects.pet.breed is already taken.' } })
  })

  test('options are added and renamed, never taken away', async () => {
    const { field } = (
      await createObjectField({ fieldKey: 'mood', dataType: 'SINGLE_OPTIONS', options: [{ label: 'Good' }, { label: 'Bad' }] })
    ).body
    expect(field.name).toBe('Mood')
    const put = (options: object[]) =>
      call('PUT', `/custom-fields/${field.id}`, { body: { locationId: on.locationId, showInForms: false, options } })
    const { status, body } = await put([{ key: 'good', label: 'Great' }, { label: 'bad' }, { label: 'So so' }])
    expect(status).toBe(200)
    expect(body.field).toMatchObject({
      showInForms: false,
      options: [
        { key: 'good', label: 'Great' },
        { key: 'bad', label: 'bad' },
        { key: 'so_so', label: 'So so' },
      ],
    })
    expect(await put([{ label: 'Great' }])).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('Removal of options') },
    })
  })

  test('fields and folders of an object are listed apart, each with its folder', async () => {
    const folder = await call('POST', '/custom-fields/folder', {
      body: { objectKey: 'custom_objects.house', name: 'Rooms', locationId: on.locationId },
    })
    expect(folder.status).toBe(201)
    const { id } = folder.body
    expect(folder.body).toEqual({
      id,
      objectKey: 'custom_objects.house',
      locationId: on.locationId,
      name: 'Rooms',
      traceId: expect.any(String),
    })
    const { field } = (
      await createObjectField({ objectKey: 'custom_objects.house', fieldKey: 'kitchen', dataType: 'TEXT', parentId: id })
    ).body
    const renamed = await call('PUT', `/custom-fields/folder/${id}`, { body: { name: 'Halls', locationId: on.locationId } })
    expect(renamed.body).toMatchObject({ id, name: 'Halls' })
    const { body } = await call('GET', `/custom-fields/object-key/custom_objects.house?locationId=${on.locationId}`)
    expect(body.fields).toMatchObject([{ id: field.id, parentId: id }])
    expect(body.folders).toMatchObject([{ id, name: 'Halls', documentType: 'folder', fieldKey: 'custom_objects.house.rooms' }])
    expect((await call('GET', `/custom-fields/${id}`)).body.field).toMatchObject({ id, documentType: 'folder' })
  })

  test('a folder that goes leaves its fields to the first one left, and the last one with fields stays', async () => {
    const [first, second] = await Promise.all(
      ['A', 'B'].map(async (name) => {
        const body = { objectKey: 'business', name, locationId: on.locationId }
        return (await call('POST', '/custom-fields/folder', { body })).body
      }),
    )
    const { field } = (await createObjectField({ objectKey: 'business', fieldKey: 'vat', dataType: 'TEXT', parentId: second.id }))
      .body
    const remove = (id: string) => call('DELETE', `/custom-fields/folder/${id}?locationId=${on.locationId}`)
    expect((await remove(second.id)).body).toMatchObject({ succeded: true, succeeded: true, id: second.id, key: 'business.b' })
    expect((await call('GET', `/custom-fields/${field.id}`)).body.field.parentId).toBe(first.id)
    expect((await remove(first.id)).status).toBe(400)
    const removed = await call('DELETE', `/custom-fields/${field.id}`)
    expect(removed.body).toMatchObject({ succeded: true, succeeded: true, id: field.id, key: 'business.vat' })
    expect((await remove(first.id)).status).toBe(200)
  })

  test('a field of either kind of operation is one field', async () => {
    const made = (await create({ name: 'Shared', dataType: 'TEXT' })).body.customField
    const { body } = await call('GET', `/custom-fields/object-key/contact?locationId=${on.locationId}`)
    expect(body.fields.map(({ id }: { id: string }) => id)).toContain(made.id)
    expect((await call('GET', `/custom-fields/${made.id}`)).body.field.fieldKey).toBe('contact.shared')
  })

  test.each([
    ['an object that is none', { objectKey: 'spaceship', fieldKey: 'x', dataType: 'TEXT' }, /Object spaceship not found/],
    ['a folder that is none', { fieldKey: 'y', dataType: 'TEXT', parentId: 'nope' }, /Folder not found/],
    ['a key without letters', { fieldKey: '—', dataType: 'TEXT' }, /fieldKey needs/],
  ])('%s is a 400', async (_case, sent, message) => {
    const { status, body } = await createObjectField(sent)
    expect(status).toBe(400)
    expect(body.message).toMatch(message)
  })
})

test('definitions of a location have what other rooms decide by', async () => {
  const { id } = (await create({ name: 'Defined', dataType: 'CHECKBOX', options: ['One'] })).body.customField
  const definitions = await definitionsOf(on.db, on.locationId, 'contact')
  expect(definitions.find((each) => each.id === id)).toMatchObject({
    name: 'Defined',
    fieldKey: 'contact.defined',
    dataType: 'CHECKBOX',
    objectKey: 'contact',
    options: [{ key: 'one', label: 'One' }],
  })
  expect(await definitionsOf(on.db, on.otherLocationId, 'contact')).toEqual([])
})
