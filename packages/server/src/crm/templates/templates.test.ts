import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { folderBytes } from '../../blobs/folder.js'
import { createBlobs } from '../../blobs/index.js'
import { newId } from '../../ids.js'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { customFieldsModule } from '../custom-fields/index.js'
import { customValuesModule } from '../custom-values/index.js'
import { emailsModule } from '../emails/index.js'
import { mergeFieldsModule, mergePorts } from '../merge-fields/index.js'
import { templatesModule } from './index.js'

let on: ModuleApp
let contactId: string

const publicUrl = () => 'http://127.0.0.1:4000'
const store = mkdtempSync(join(tmpdir(), 'groundlevel-templates-'))
const stored = () => readdirSync(store, { recursive: true, withFileTypes: true }).filter((each) => each.isFile()).length

/** Each call as an app of its own: none of this is about rate limits. */
const call: ModuleApp['call'] = (method, path, options = {}) => on.call(method, path, { token: on.token(), ...options })
const at = (path: string) => `/locations/${on.locationId}/${path}`
const foreign = () => on.token({ locationId: on.otherLocationId })

beforeAll(async () => {
  on = await moduleApp(({ db, lookups }) => {
    const blobs = createBlobs({ db, bytes: folderBytes(store), publicUrl })
    const places = {
      location: async (id: string) => lookups.selectFrom('locations').select('companyId').where('id', '=', id).executeTakeFirst(),
    }
    const links = async (_db: unknown, _locationId: string, ids: readonly string[], contact: string | undefined) =>
      Object.fromEntries(ids.map((id) => [id, `https://go.example/${id}?c=${contact}`]))
    return [
      ...customFieldsModule(async () => 0, blobs),
      ...customValuesModule(),
      ...templatesModule(),
      ...emailsModule({ blobs, publicUrl }),
      ...mergeFieldsModule(mergePorts(lookups, places, links)),
    ]
  })
  await on.db
    .updateTable('locations')
    .set({ timezone: 'America/Los_Angeles', city: 'Portland' })
    .where('id', '=', on.locationId)
    .execute()
  const field = await call('POST', at('customFields'), {
    body: { name: 'Pets', dataType: 'MULTIPLE_OPTIONS', options: ['Cat', 'Dog'] },
  })
  contactId = newId(on.clock.now())
  await on.db
    .insertInto('contacts')
    .values({
      id: contactId,
      locationId: on.locationId,
      firstName: 'Ada',
      lastName: '<b>Lovelace</b>',
      phone: '+14155550100',
      dnd: false,
      type: 'lead',
      tags: ['vip', 'new'],
      followers: [],
      additionalEmails: '[]',
      createdBy: '{}',
      customFields: JSON.stringify([{ id: field.body.customField.id, value: ['Cat', 'Dog'] }]),
      dateAdded: on.clock.now(),
      dateUpdated: on.clock.now(),
    })
    .execute()
})
afterAll(() => on?.close())

describe('custom values', () => {
  const create = (name: string, value = 'v') => call('POST', at('customValues'), { body: { name, value } })

  test('are created, listed, read, changed and deleted in their envelopes; the key follows from the first name', async () => {
    const made = await create('Opening hours', '9 to 5')
    expect(made.status).toBe(201)
    const { id } = made.body.customValue
    expect(made.body.customValue).toEqual({
      id: expect.stringMatching(/^[A-Za-z0-9]{20}$/),
      name: 'Opening hours',
      fieldKey: '{{ custom_values.opening_hours }}',
      value: '9 to 5',
      documentType: 'field',
      locationId: on.locationId,
    })
    const changed = await call('PUT', at(`customValues/${id}`), { body: { name: 'Hours', value: '8 to 4' } })
    expect(changed.body.customValue).toMatchObject({
      name: 'Hours',
      fieldKey: '{{ custom_values.opening_hours }}',
      value: '8 to 4',
    })
    expect((await call('GET', at(`customValues/${id}`))).body.customValue).toEqual(changed.body.customValue)
    expect((await call('GET', at('customValues'))).body.customValues).toContainEqual(changed.body.customValue)
    expect((await call('DELETE', at(`customValues/${id}`))).body).toMatchObject({ succeded: true, succeeded: true })
    expect(await call('GET', at(`customValues/${id}`))).toMatchObject({
      status: 400,
      body: { message: 'Custom value not found' },
    })
  })

  test('of one name made at once have keys of their own', async () => {
    const made = await Promise.all(Array.from({ length: 10 }, () => create('Twice')))
    expect(new Set(made.map(({ body }) => body.customValue.fieldKey)).size).toBe(10)
  })

  test('of another location are not found', async () => {
    const { id } = (await create('Mine')).body.customValue
    const path = `/locations/${on.otherLocationId}/customValues/${id}`
    for (const [method, body] of [['GET'], ['PUT', { name: 'a', value: 'b' }], ['DELETE']] as const) {
      expect((await call(method, path, { token: foreign(), body })).status).toBe(400)
    }
    expect((await call('GET', `/locations/${on.otherLocationId}/customValues`, { token: foreign() })).body.customValues).toEqual(
      [],
    )
  })
})

describe('message templates', () => {
  const create = (body: object) => call('POST', at('templates'), { body })
  const list = (query: string) => call('GET', at(`templates?originId=${on.locationId}${query}`))

  test('are listed by type with a total, in the two documented forms; a deleted one is listed as deleted', async () => {
    const sms = (await create({ name: 'Hello', type: 'sms', body: 'Hi {{contact.first_name}}' })).body.template
    const mail = await create({
      name: 'Mail',
      type: 'email',
      subject: 'S',
      html: '<p>H</p>',
      urlAttachments: ['https://example.com/a.pdf'],
    })
    expect(mail.status).toBe(201)
    expect(mail.headers['x-extension']).toBe('true')
    expect(sms.template).toEqual({ body: 'Hi {{contact.first_name}}', attachments: [] })
    expect(mail.body.template).toMatchObject({ type: 'email', template: { subject: 'S', html: '<p>H</p>', attachments: [] } })
    expect((await list('&type=sms')).body).toMatchObject({ templates: [sms], totalCount: 1 })
    expect((await list('&skip=1&limit=1')).body).toMatchObject({ templates: [{}], totalCount: 2 })
    const { body } = await call('PUT', at(`templates/${sms.id}`), { body: { name: 'Hello again' } })
    expect(body.template).toMatchObject({ name: 'Hello again', template: sms.template })
    expect((await call('DELETE', at(`templates/${sms.id}`))).body).toMatchObject({ succeded: true, succeeded: true })
    expect((await list('&type=sms')).body.totalCount).toBe(0)
    expect((await list('&deleted=true')).body.templates).toMatchObject([{ id: sms.id }])
    expect((await call('DELETE', at(`templates/${sms.id}`))).status).toBe(400)
  })

  test.each([
    [{ name: 'a', type: 'sms', html: '<p>' }, 'html should not exist in a template of type sms'],
    [{ name: 'a', type: 'fax', body: 'x' }, 'type must be a valid enum value'],
    [{ name: 'a', type: 'sms', body: '{% if %}' }, 'body cannot be rendered'],
    [{ name: 'a', type: 'sms', body: "{% include '/etc/passwd' %}" }, 'body cannot be rendered: tag "include" not found'],
  ])('%j is a 422 that says why', async (body, message) => {
    const reply = await create(body)
    expect(reply.status).toBe(422)
    expect(reply.body.message.join()).toContain(message)
  })

  test('of another location are not found, and another origin is a 403', async () => {
    const { id } = (await create({ name: 'Mine', type: 'sms', body: 'x' })).body.template
    const path = `/locations/${on.otherLocationId}/templates/${id}`
    for (const [method, body] of [['GET'], ['PUT', { name: 'b' }], ['DELETE']] as const) {
      expect((await call(method, path, { token: foreign(), body })).status).toBe(400)
    }
    expect((await call('GET', at(`templates?originId=${on.otherLocationId}`))).status).toBe(403)
  })
})

describe('the e-mail builder', () => {
  const create = (body: object) => call('POST', '/emails/builder', { body: { locationId: on.locationId, ...body } })
  const save = (templateId: string, html: string, more: object = {}) =>
    call('POST', '/emails/builder/data', {
      body: {
        locationId: on.locationId,
        templateId,
        updatedBy: 'u',
        dnd: { elements: [], attrs: {}, templateSettings: {} },
        html,
        editorType: 'html',
        ...more,
      },
    })
  const list = async (query = '') => (await call('GET', `/emails/builder?locationId=${on.locationId}${query}`)).body

  test('creates with the id under redirect, stores content with addresses, lists with a total, deletes with its files', async () => {
    const made = await create({ type: 'html', title: 'News', importProvider: 'mailchimp' })
    expect(made.status).toBe(201)
    const id = made.body.redirect
    expect(id).toMatch(/^[0-9a-f]{24}$/)
    const before = stored()
    const saved = await save(id, '<p>1</p>')
    expect(saved.status).toBe(201)
    const address = expect.stringMatching(/^http:\/\/127\.0\.0\.1:4000\/_ground\/blobs\//)
    expect(saved.body).toMatchObject({ ok: 'true', previewUrl: address, templateDownloadUrl: address })
    const again = await save(id, '<p>2</p>')
    await expect.poll(stored).toBe(before + 2)
    const { builders, total } = await list('&search=new')
    expect(total).toEqual([{ total: 1 }])
    expect(builders).toEqual([
      {
        id,
        name: 'News',
        updatedBy: 'u',
        isPlainText: false,
        lastUpdated: expect.any(String),
        dateAdded: expect.any(String),
        previewUrl: again.body.previewUrl,
        version: '2',
        templateType: 'html',
        archived: false,
      },
    ])
    expect((await call('DELETE', `/emails/builder/${on.locationId}/${id}`)).body).toMatchObject({ ok: 'true' })
    await expect.poll(stored).toBe(before)
    expect((await save(id, 'x')).status).toBe(400)
  })

  test('a template in a folder stays when the folder goes', async () => {
    const folder = (await create({ type: 'folder', name: 'Folder' })).body.redirect
    const inside = (await create({ type: 'blank', name: 'Inside', parentId: folder })).body.redirect
    expect((await list(`&parentId=${folder}`)).builders).toMatchObject([{ id: inside, parentId: folder }])
    expect((await list('&templatesOnly=true&name=fold')).builders).toEqual([])
    expect((await create({ type: 'blank', parentId: inside })).status).toBe(400)
    await call('DELETE', `/emails/builder/${on.locationId}/${folder}`)
    expect((await list('&name=inside')).builders[0]).not.toHaveProperty('parentId')
  })

  test('is read with its content, renamed, put into a folder and out of it', async () => {
    const folder = (await create({ type: 'folder', name: 'Season' })).body.redirect
    const id = (await create({ type: 'html', name: 'Spring' })).body.redirect
    const path = `/emails/builder/${on.locationId}/${id}`
    await save(id, '<p>Hi</p>', { subject: 'Hello', previewText: 'In short' })
    expect((await call('GET', path)).body.template).toMatchObject({
      name: 'Spring',
      subject: 'Hello',
      previewText: 'In short',
      html: '<p>Hi</p>',
    })
    const changed = await call('PUT', path, { body: { name: 'Summer', parentId: folder } })
    expect(changed.body.template).toMatchObject({ id, name: 'Summer', parentId: folder, html: '<p>Hi</p>' })
    expect((await call('PUT', path, { body: { parentId: null } })).body.template).not.toHaveProperty('parentId')
    expect((await call('PUT', path, { body: { parentId: 'none' } })).status).toBe(400)
    const foreignPath = `/emails/builder/${on.otherLocationId}/${id}`
    expect((await call('GET', foreignPath, { token: foreign() })).status).toBe(400)
    expect((await call('PUT', foreignPath, { token: foreign(), body: { name: 'x' } })).status).toBe(400)
    await call('DELETE', path)
    await call('DELETE', `/emails/builder/${on.locationId}/${folder}`)
  })

  test('of another location nothing is found or changed', async () => {
    const id = (await create({ type: 'html', name: 'Kept' })).body.redirect
    const token = foreign()
    const data = {
      locationId: on.otherLocationId,
      templateId: id,
      updatedBy: 'u',
      dnd: { elements: [], attrs: {}, templateSettings: {} },
      html: '',
      editorType: 'html',
    }
    expect((await call('POST', '/emails/builder/data', { token, body: data })).status).toBe(400)
    expect((await call('DELETE', `/emails/builder/${on.otherLocationId}/${id}`, { token })).status).toBe(400)
    expect((await list('&name=kept')).builders).toHaveLength(1)
  })

  test('is gone under v3, and an import is refused in words', async () => {
    const reply = await call('GET', `/emails/builder?locationId=${on.locationId}`, { headers: { version: 'v3' } })
    expect([reply.status, reply.body.message]).toEqual([400, expect.stringContaining('not available in API version v3')])
    expect((await create({ type: 'import', importProvider: 'kajabi' })).status).toBe(400)
  })

  test('campaigns are listed in their documented form, of one location', async () => {
    const now = on.clock.now()
    const row = {
      name: 'Sale',
      status: 'active',
      emailStatus: 'complete',
      campaignType: 'email',
      parentId: '',
      repeatAfter: '',
      sendDays: [],
      templateId: 't',
      templateType: 'html',
    }
    const flags = {
      isPlainText: false,
      archived: false,
      deleted: false,
      hasTracking: true,
      hasUtmTracking: false,
      enableResendToUnopened: false,
    }
    await on.db
      .insertInto('emailSchedules')
      .values({ ...row, ...flags, id: 'c1', locationId: on.locationId, createdAt: now, updatedAt: now })
      .execute()
    const get = (query: string, options = {}) => call('GET', `/emails/schedule?${query}`, options)
    expect((await get(`locationId=${on.locationId}&emailStatus=all`)).body).toMatchObject({
      schedules: [{ id: 'c1', _id: 'c1', __v: 0, child: [] }],
      total: ['1'],
    })
    expect((await get(`locationId=${on.locationId}&status=draft`)).body).toMatchObject({ schedules: [], total: ['0'] })
    expect((await get(`locationId=${on.otherLocationId}`, { token: foreign() })).body.schedules).toEqual([])
  })
})

describe('a preview', () => {
  const preview = (texts: object, more: object = {}) =>
    call('POST', '/_ground/templates/preview', { body: { locationId: on.locationId, contactId, ...texts }, ...more })

  test('puts in contact, custom fields, location, custom values and links, escaped in HTML and raw elsewhere', async () => {
    await call('POST', at('customValues'), { body: { name: 'Slogan', value: 'Fast & good' } })
    const text =
      '{{contact.name}}|{{ contact.phone_raw }}|{{contact.pets}}|{{contact.tags}}|{{location.city}}|{{custom_values.slogan}}|{{trigger_link.abc}}|{{contact.nothing}}{{nobody.knows}}'
    const { status, body } = await preview({ body: text, html: `<p>${text}</p>`, subject: 'For {{contact.first_name}}' })
    expect(status).toBe(200)
    const link = `https://go.example/abc?c=${contactId}`
    expect(body.body).toBe(`Ada <b>Lovelace</b>|14155550100|Cat, Dog|vip, new|Portland|Fast & good|${link}|`)
    expect(body.html).toBe(
      `<p>Ada &lt;b&gt;Lovelace&lt;/b&gt;|14155550100|Cat, Dog|vip, new|Portland|Fast &amp; good|${link}|</p>`,
    )
    expect(body.subject).toBe('For Ada')
    expect(body.unknown).toEqual(['contact.nothing', 'nobody.knows'])
  })

  test('decides, repeats and defaults, but never evaluates', async () => {
    const { body } = await preview({
      body: '{% if contact.first_name == "Ada" %}yes{% endif %} {{ contact.email | default: "none" }} {{ contact.constructor }}{{ contact.__proto__ }}{{ contact.first_name.constructor }}',
    })
    expect(body.body).toBe('yes none ')
  })

  test('shows the clock of the sub-account', async () => {
    const { body } = await preview({ body: '{{right_now.date}} {{right_now.month_name}} {{right_now.day_of_week}}' })
    const shown = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Los_Angeles', dateStyle: 'short' }).format(on.clock.now())
    expect(body.body.startsWith(shown)).toBe(true)
  })

  test.each([
    ['an endless loop', '{% for i in (1..1000000000) %}x{% endfor %}'],
    ['a loop in a loop', '{% for i in (1..9999) %}{% for j in (1..9999) %}{{ j }}{% endfor %}{% endfor %}'],
    ['text that doubles', "{% assign a = 'xxxxxxxxxxxxxxxx' %}{% for i in (1..60) %}{% assign a = a | append: a %}{% endfor %}"],
    ['a filter that is none', '{{ contact.name | shell }}', 200],
    ['an open tag', '{% if contact.name %}'],
    ['another template', "{% render 'x' %}"],
  ])('%s ends at once and is no 500', async (_case, body, expected = 422) => {
    const from = performance.now()
    const { status } = await preview({ body })
    expect(status).toBe(expected)
    expect(performance.now() - from).toBeLessThan(10_000)
  })

  test('of a contact of another location is a 400', async () => {
    const { status, body } = await preview({ locationId: on.otherLocationId, body: '{{contact.name}}' }, { token: foreign() })
    expect([status, body.message]).toEqual([400, 'Contact not found'])
  })
})
