import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { folderBytes } from '../../blobs/folder.js'
import { createBlobs } from '../../blobs/index.js'
import { contactPorts } from '../../testing/contact-ports.js'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { attributeContact, contactActs, contactsModule } from '../contacts/index.js'
import { customFieldsModule, definitionsOf } from '../custom-fields/index.js'
import { trapName } from '../public-pages/index.js'
import { type FormEvent, type FormPorts, formPages, formsModule, moveSubmissions } from './index.js'

let on: ModuleApp
let allowed = true
const told: FormEvent[] = []
const store = mkdtempSync(join(tmpdir(), 'groundlevel-forms-'))

beforeAll(async () => {
  let ports: FormPorts
  on = await moduleApp(
    ({ db, lookups }) => {
      const services = contactPorts(lookups, { fields: { definitions: (at, id) => definitionsOf(at, id, 'contact') } })
      const blobs = createBlobs({ db, bytes: folderBytes(store), publicUrl: () => 'http://127.0.0.1:4000' })
      ports = {
        contacts: contactActs(services),
        blobs,
        attribute: attributeContact,
        definitions: (at, id) => definitionsOf(at, id, 'contact'),
        location: async (id) =>
          id === on.locationId || id === on.otherLocationId ? { companyId: on.companyId, country: 'GB' } : undefined,
        addEvent: async (_db, event) => told.push(event),
        wake: () => {},
        publicUrl: () => 'http://127.0.0.1:4000',
      }
      return [...formsModule(ports), ...contactsModule(services), ...customFieldsModule(async () => 0, blobs)]
    },
    undefined,
    undefined,
    (app, { db, clock }) =>
      void app.register(formPages({ db, clock, ports })({ count: () => ({ allowed, retryAfterSeconds: 9 }) })),
  )
})
afterAll(() => on?.close())

const fields = [
  { key: 'full_name', label: 'Your <name>', required: true },
  { key: 'email', label: 'E-mail', required: true },
  { key: 'wants', label: 'What for?', type: 'radio', options: ['Price', 'Help'] },
  { key: 'budget', label: 'Budget', type: 'number', required: true, showIf: { key: 'wants', equals: 'Price' } },
]
const create = async (more: object = {}, kind: 'form' | 'survey' = 'form') => {
  const body = { locationId: on.locationId, name: 'Ask us', fields, ...more }
  return (await on.call('POST', `/${kind}s/`, { body })).body[kind]
}
const send = (id: string, answers: Record<string, string | string[]>, query = '', headers: Record<string, string> = {}) =>
  on.app.inject({
    method: 'POST',
    url: `/_ground/f/${id}${query}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'Firefox', ...headers },
    payload: new URLSearchParams(
      Object.entries(answers).flatMap(([name, value]) => [value].flat().map((each) => [name, each])),
    ).toString(),
  })
const ask = (id: string, query = '') => on.app.inject({ method: 'GET', url: `/_ground/f/${id}${query}` })
const submissions = async (query = '') => (await on.call('GET', `/forms/submissions?locationId=${on.locationId}${query}`)).body

describe('a form', () => {
  test('is created, read, changed and deleted, and each is told of', async () => {
    const from = on.events.length
    const made = await on.call('POST', '/forms/', { body: { locationId: on.locationId, name: 'Ask us', fields } })
    const { id } = made.body.form
    expect(made.status).toBe(201)
    expect(made.body.form).toMatchObject({ id, name: 'Ask us', locationId: on.locationId, fields, settings: {} })
    expect(made.body.form.url).toBe(`http://127.0.0.1:4000/_ground/f/${id}`)
    const changed = await on.call('PUT', `/forms/${id}`, { body: { name: 'Ask', settings: { tags: ['lead'] } } })
    expect(changed.body.form).toMatchObject({ id, name: 'Ask', fields, settings: { tags: ['lead'] } })
    expect((await on.call('GET', `/forms/${id}`)).body.form.name).toBe('Ask')
    expect((await on.call('DELETE', `/forms/${id}`)).body).toMatchObject({ succeded: true, succeeded: true })
    expect((await on.call('GET', `/forms/${id}`)).body.message).toBe('Form not found')
    expect(on.events.slice(from).map(({ type }) => type)).toEqual(['FormCreate', 'FormUpdate', 'FormDelete'])
  })

  test('is listed in the three documented fields, with a total, page by page; surveys are apart', async () => {
    const token = on.token({ locationId: on.otherLocationId })
    const made: string[] = []
    for (const name of ['A', 'B', 'C']) {
      const body = { locationId: on.otherLocationId, name, fields: [] }
      made.push((await on.call('POST', '/forms/', { token, body })).body.form.id)
    }
    const list = async (query: string) =>
      (await on.call('GET', `/forms/?locationId=${on.otherLocationId}${query}`, { token })).body
    expect(await list('&limit=2&skip=1')).toMatchObject({
      forms: [
        { id: made[1], name: 'B', locationId: on.otherLocationId },
        { id: made[0], name: 'A', locationId: on.otherLocationId },
      ],
      total: 3,
    })
    expect(await list('&type=folder')).toMatchObject({ forms: [], total: 0 })
    const surveys = await on.call('GET', `/surveys/?locationId=${on.otherLocationId}`, { token })
    expect(surveys.body).toMatchObject({ surveys: [], total: 0 })
  })

  test.each([
    ['a key twice', [fields[1], fields[1]], 'fields.1.key must be unique'],
    [
      'a choice of nothing',
      [{ key: 'a', label: 'A', type: 'select' }],
      'fields.0.options should not be empty for the type select',
    ],
    ['a key with blanks', [{ key: 'a b', label: 'A' }], 'fields.0.key must be letters, digits, _ . - and not begin with __'],
    [
      'a key of the page itself',
      [{ key: '__id', label: 'A' }],
      'fields.0.key must be letters, digits, _ . - and not begin with __',
    ],
    [
      'a condition on what comes later',
      [{ key: 'a', label: 'A', showIf: { key: 'b', equals: 'x' } }],
      'fields.0.showIf.key must be the key of an earlier field',
    ],
    ['a type that is none', [{ key: 'a', label: 'A', type: 'shoe' }], 'fields.0.type must be a valid enum value'],
  ])('with %s is refused', async (_case, wrong, message) => {
    const { status, body } = await on.call('POST', '/forms/', { body: { locationId: on.locationId, name: 'Bad', fields: wrong } })
    expect([status, body.message]).toEqual([422, [message]])
  })

  test('is out of reach for another sub-account, and so are its submissions', async () => {
    const { id } = await create()
    await send(id, { full_name: 'Foe', email: 'foe@x.example' })
    const [{ id: submissionId }] = (await submissions(`&formId=${id}`)).submissions
    const token = on.token({ locationId: on.otherLocationId })
    expect((await on.call('GET', `/forms/${id}`, { token })).body.message).toBe('Form not found')
    expect((await on.call('PUT', `/forms/${id}`, { token, body: { name: 'Mine' } })).body.message).toBe('Form not found')
    expect((await on.call('DELETE', `/forms/${id}`, { token })).body.message).toBe('Form not found')
    for (const method of ['GET', 'DELETE']) {
      expect((await on.call(method, `/forms/submissions/${submissionId}`, { token })).body.message).toBe('Submission not found')
    }
    expect((await on.call('GET', '/forms/submissions/no-uuid')).body.message).toBe('Submission not found')
  })
})

describe('the public page', () => {
  test('asks without a script, may be framed, escapes what the sub-account wrote, and is prefilled by its address', async () => {
    const { id } = await create()
    const page = await ask(id, '?email=ada@x.example&full_name=%22%3E%3Cscript%3E')
    expect(page.statusCode).toBe(200)
    const policy = String(page.headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain('frame-ancestors *')
    expect(page.headers['x-frame-options']).toBeUndefined()
    expect(page.body).toContain('Your &lt;name&gt;')
    expect(page.body).not.toContain('<script')
    expect(page.body).toContain('value="ada@x.example"')
    expect(page.body).toContain('<label for="f1">E-mail <span class="must">(required)</span></label>')
  })

  test('that is gone, never was, or belongs to a deleted sub-account is a 404; too many at once a 429', async () => {
    for (const id of ['goneGoneGoneGone0000', 'x', '%00']) expect((await ask(id)).statusCode).toBe(404)
    const { id } = await create()
    allowed = false
    const refused = [await ask(id), await send(id, {})]
    allowed = true
    expect(refused.map(({ statusCode, headers }) => [statusCode, headers['retry-after']])).toEqual([
      [429, '9'],
      [429, '9'],
    ])
  })
})

describe('a submission', () => {
  test('makes the contact with tags and attribution, is listed, and is told of', async () => {
    const { id } = await create({ settings: { tags: ['Lead'], message: 'We call you.' } })
    const from = told.length
    const reply = await send(
      id,
      { full_name: 'Ada Byron', email: 'Ada@Forms.example', wants: 'Price', budget: '12.5', stray: 'x' },
      '?utm_source=news&gclid=g1',
      {},
    )
    expect([reply.statusCode, reply.body.includes('We call you.')]).toEqual([200, true])
    const { submissions: listed, meta } = await submissions(`&formId=${id}`)
    expect(meta).toEqual({ total: 1, currentPage: 1, nextPage: null, prevPage: null })
    const [row] = listed
    expect(row).toMatchObject({ formId: id, name: 'Ada Byron', email: 'ada@forms.example' })
    expect(row.others).toMatchObject({
      wants: 'Price',
      budget: '12.5',
      fieldsOriSequance: ['full_name', 'email', 'wants', 'budget'],
    })
    expect(row.others).not.toHaveProperty('stray')
    expect(row.others.eventData).toMatchObject({ medium: 'form', mediumId: id, source: 'news' })
    const { contact } = (await on.call('GET', `/contacts/${row.contactId}`)).body
    expect(contact).toMatchObject({
      email: 'ada@forms.example',
      firstName: 'Ada',
      lastName: 'Byron',
      source: 'Ask us',
      tags: ['lead'],
    })
    expect(contact.attributionSource).toMatchObject({ medium: 'form', mediumId: id, utmSource: 'news', gclid: 'g1' })
    expect(contact.createdBy).toMatchObject({ source: 'FORM', sourceId: id })
    expect(told.slice(from).map(({ type }) => type)).toEqual(['ContactCreate', 'ContactTagUpdate', 'FormSubmission'])
    expect(JSON.parse(told.at(-1)?.payloadText ?? '')).toMatchObject({ formId: id, contactId: row.contactId })
  })

  test('of a known e-mail changes that contact, whose first attribution stays', async () => {
    const { id } = await create()
    await send(id, { full_name: 'First Name', email: 'known@forms.example' }, '?utm_source=one')
    await send(id, { full_name: 'Second Name', email: 'KNOWN@forms.example' }, '?utm_source=two')
    const { submissions: rows } = await submissions(`&formId=${id}`)
    expect(new Set(rows.map(({ contactId }: { contactId: string }) => contactId)).size).toBe(1)
    const { contact } = (await on.call('GET', `/contacts/${rows[0].contactId}`)).body
    expect([contact.firstName, contact.attributionSource.utmSource, contact.lastAttributionSource.utmSource]).toEqual([
      'Second',
      'one',
      'two',
    ])
  })

  test('that lacks an answer shows the page again with what was written; a question that was not asked is not missed', async () => {
    const { id } = await create()
    const lacking = await send(id, { full_name: 'Kept', email: 'no address', wants: 'Price' })
    expect(lacking.statusCode).toBe(422)
    expect(lacking.body).toContain('role="alert"')
    expect(lacking.body).toContain('Enter an e-mail address.')
    expect(lacking.body).toContain('value="Kept"')
    expect(lacking.body).toContain('<a href="#f3">Budget: Fill this in.</a>')
    expect((await send(id, { full_name: 'Kept', email: 'kept@forms.example', wants: 'Help', budget: '9' })).statusCode).toBe(200)
    const { submissions: rows } = await submissions(`&formId=${id}`)
    expect(rows.map(({ others }: { others: object }) => 'budget' in others)).toEqual([false])
  })

  test('whose phone is no number shows the page again with it; a national number is read in the sub-account’s country', async () => {
    await on.db.updateTable('locations').set({ country: 'GB' }).where('id', '=', on.locationId).execute()
    const asked = [...fields, { key: 'phone', label: 'Phone' }]
    for (const kind of ['form', 'survey'] as const) {
      const { id } = await create({ fields: asked }, kind)
      const answers = { full_name: 'Joan', email: 'joan@forms.example' }
      const wrong = await send(id, { ...answers, phone: '12345678901234567890' })
      expect([wrong.statusCode, wrong.body]).toEqual([422, expect.stringContaining('value="12345678901234567890"')])
      expect(wrong.body).toContain('This is no phone number')
      expect((await send(id, { ...answers, phone: '020 7946 0018' })).statusCode).toBe(200)
    }
    const found = await on.call('GET', `/contacts/?locationId=${on.locationId}&query=joan@forms.example`)
    expect(found.body.contacts[0].phone).toBe('+442079460018')
  })

  test('sent twice from one page is one submission, and one that fills the trap is none', async () => {
    const { id } = await create()
    const answers = { full_name: 'Twice', email: 'twice@forms.example', __id: '0f0e0d0c-0b0a-4908-8706-050403020100' }
    const replies = await Promise.all([send(id, answers), send(id, answers), send(id, answers)])
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200])
    expect((await submissions(`&formId=${id}`)).meta.total).toBe(1)
    const trapped = await send(id, { full_name: 'Bot', email: 'bot@forms.example', __company_website: 'http://spam.example' })
    expect([trapped.statusCode, (await submissions('&q=bot@forms.example')).meta.total]).toEqual([200, 0])
  })

  test('leads on to the form’s own address, which the policy of the page lets through', async () => {
    const { id } = await create({ settings: { redirectTo: 'https://shop.example/thanks?a=1' } })
    expect((await ask(id)).headers['content-security-policy']).toContain("form-action 'self' https://shop.example")
    const reply = await send(id, { full_name: 'On', email: 'on@forms.example' })
    expect([reply.statusCode, reply.headers.location]).toEqual([303, 'https://shop.example/thanks?a=1'])
  })

  test('leads on to web addresses only, and says nothing in its policy or its headers that the address smuggles in', async () => {
    const body = { locationId: on.locationId, name: 'Away', fields }
    for (const redirectTo of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'https://a;sandbox/']) {
      const reply = await on.call('POST', '/forms/', { body: { ...body, settings: { redirectTo } } })
      expect([reply.status, reply.body.message]).toEqual([422, ['settings.redirectTo must be a URL address']])
    }
    const { id } = await create({ settings: { redirectTo: 'https://shop.example/é\r\nX-Own: 1' } })
    const reply = await send(id, { full_name: 'On', email: 'on2@forms.example' })
    expect([reply.statusCode, reply.headers.location]).toEqual([303, 'https://shop.example/%C3%A9X-Own:%201'])
  })

  test('a question may be called what every object has', async () => {
    const keys = ['constructor', 'toString', 'hasOwnProperty']
    const { id } = await create({
      fields: [
        ...keys.map((key) => ({ key, label: key })),
        { key: 'email', label: 'E-mail', showIf: { key: 'constructor', equals: 'a' } },
      ],
    })
    expect((await ask(id)).statusCode).toBe(200)
    expect((await send(id, { email: 'nobody@forms.example' })).statusCode).toBe(200)
    expect((await send(id, { constructor: 'a', toString: 'b', email: 'no address' })).statusCode).toBe(422)
    expect((await send(id, { constructor: 'a', toString: 'b', email: 'keys@forms.example' })).statusCode).toBe(200)
    const rows = (await submissions(`&formId=${id}`)).submissions
    expect(rows.map(({ others }: { others: object }) => Object.keys(others).includes('toString'))).toEqual([true, false])
  })

  test('fills custom fields of the contact by their type, and stands in `others` by their id', async () => {
    const addField = async (body: object) =>
      (await on.call('POST', `/locations/${on.locationId}/customFields`, { body: { model: 'contact', ...body } })).body
        .customField
    const shoe = await addField({ name: 'Shoe size', dataType: 'NUMERICAL' })
    const pets = await addField({ name: 'Pets', dataType: 'CHECKBOX', options: ['Cat', 'Dog', 'Fish'] })
    const { id } = await create({
      fields: [
        { key: 'email', label: 'E-mail' },
        { key: shoe.id, label: 'Shoe' },
        { key: 'contact.pets', label: 'Pets' },
      ],
    })
    expect((await ask(id)).body).toContain('type="checkbox" name="contact.pets" value="Cat"')
    await send(id, { email: 'fields@forms.example', [shoe.id]: '43.5', 'contact.pets': ['Cat', 'Fish'] })
    const [row] = (await submissions(`&formId=${id}`)).submissions
    expect(row.others).toMatchObject({ [shoe.id]: '43.5', [pets.id]: ['Cat', 'Fish'] })
    const { contact } = (await on.call('GET', `/contacts/${row.contactId}`)).body
    expect(contact.customFields).toEqual(
      expect.arrayContaining([
        { id: shoe.id, value: 43.5 },
        { id: pets.id, value: ['Cat', 'Fish'] },
      ]),
    )
  })

  test('of nobody in particular is kept without a contact; surveys are listed by surveyId', async () => {
    const survey = await create(
      { fields: [{ key: 'rating', label: 'How was it?', type: 'radio', options: ['1', '2'] }] },
      'survey',
    )
    expect((await send(survey.id, { rating: '2' })).statusCode).toBe(200)
    const { body } = await on.call('GET', `/surveys/submissions?locationId=${on.locationId}&surveyId=${survey.id}`)
    expect(body.submissions[0]).toMatchObject({ surveyId: survey.id, contactId: null, others: { rating: '2' } })
    const { id } = body.submissions[0]
    expect((await on.call('GET', `/surveys/submissions/${id}`)).body.submission).not.toHaveProperty('contactId')
    expect((await on.call('GET', `/forms/submissions/${id}`)).status).toBe(400)
    expect(told.at(-1)?.type).toBe('SurveySubmission')
  })

  test('is found by text and by day, in pages, and can be deleted', async () => {
    const { id } = await create()
    for (const name of ['Pia One', 'Pia Two', 'Pia Three'])
      await send(id, { full_name: name, email: `${name.replace(' ', '.')}@p.example` })
    const page = await submissions(`&formId=${id}&q=pia&limit=2&page=2`)
    expect([page.submissions.length, page.meta]).toEqual([1, { total: 3, currentPage: 2, nextPage: null, prevPage: 1 }])
    const now = on.clock.now()
    const today = now.toISOString().slice(0, 10)
    expect((await submissions(`&formId=${id}&startAt=${today}&endAt=${today}`)).meta.total).toBe(3)
    expect((await submissions(`&formId=${id}&endAt=2020-01-01`)).meta.total).toBe(0)
    expect((await on.call('GET', `/forms/submissions?locationId=${on.locationId}&startAt=soon`)).body.message).toEqual([
      'startAt must be a day such as 2026-11-14',
    ])
    const removed = await on.call('DELETE', `/forms/submissions/${page.submissions[0].id}`)
    expect([removed.status, removed.body.succeded]).toEqual([200, true])
    expect((await submissions(`&formId=${id}`)).meta.total).toBe(2)
  })

  test('keeps its answers when the contact goes, and moves with a contact that becomes another', async () => {
    const { id } = await create()
    await send(id, { full_name: 'Goes', email: 'goes@forms.example' })
    await send(id, { full_name: 'Stays', email: 'stays@forms.example' })
    const rows = async () => (await submissions(`&formId=${id}`)).submissions as { contactId: string | null; name: string }[]
    const [stays, goes] = await rows()
    await moveSubmissions(on.db, on.locationId, goes?.contactId ?? '', stays?.contactId ?? '')
    expect(new Set((await rows()).map(({ contactId }) => contactId))).toEqual(new Set([stays?.contactId]))
    await on.call('DELETE', `/contacts/${stays?.contactId}`)
    expect((await rows()).map(({ contactId, name }) => [contactId, name])).toEqual([
      [null, 'Stays'],
      [null, 'Goes'],
    ])
  })

  test.each(['full_name=%00&email=a%40b.example', '%ud800=1', 'email[]=a&email[x]=b', '{', ''])(
    'of odd text %j is never an error of the server',
    async (payload) => {
      const { id } = await create()
      for (const type of ['application/x-www-form-urlencoded', 'application/json']) {
        const { statusCode } = await on.app.inject({
          method: 'POST',
          url: `/_ground/f/${id}`,
          headers: { 'content-type': type },
          payload,
        })
        expect(statusCode).toBeLessThan(500)
      }
    },
  )
})

test('the list of submissions walks its index', async () => {
  const explain = async (text: string) =>
    JSON.stringify(
      (await on.db.executeQuery({ sql: `explain ${text}`, parameters: [], query: {} as never, queryId: {} as never })).rows,
    )
  expect(
    await explain(
      `select * from "formSubmissions" where "locationId" = 'x' and kind = 'form' and "createdAt" >= '2026-01-01' order by "createdAt" desc, id desc limit 20`,
    ),
  ).toContain('submissions_newest')
})

describe('files for custom fields', () => {
  test('join those of the contact, which is answered', async () => {
    const body = { name: 'Papers', dataType: 'FILE_UPLOAD', model: 'contact', isMultipleFile: true, maxNumberOfFiles: 5 }
    const { id: fieldId } = (await on.call('POST', `/locations/${on.locationId}/customFields`, { body })).body.customField
    const { id } = (await on.call('POST', '/contacts/', { body: { locationId: on.locationId, email: 'files@forms.example' } }))
      .body.contact
    const upload = (part: string, name: string) => {
      const form = new FormData()
      form.append(part, new File(['a,b'], name, { type: 'text/csv' }))
      return on.call('POST', `/forms/upload-custom-files?contactId=${id}&locationId=${on.locationId}`, { form })
    }
    const from = on.events.length
    await upload(`${fieldId}_one`, 'a.csv')
    const { status, body: answer } = await upload(`${fieldId}_two`, 'b.csv')
    expect([status, answer.contact.id]).toEqual([200, id])
    const [{ value }] = answer.contact.customFields
    expect(Object.keys(value)).toEqual(['one', 'two'])
    expect(value.two).toMatchObject({ meta: { originalname: 'b.csv', size: 3 }, url: expect.stringContaining('/_ground/blobs/') })
    expect(on.events.slice(from).map(({ type }) => type)).toEqual(['ContactUpdate', 'ContactUpdate'])
    expect((await upload('nothing_1', 'a.csv')).status).toBe(400)
    expect((await upload(`${fieldId}_3`, 'a.exe')).status).toBe(415)
    const token = on.token({ locationId: on.otherLocationId })
    const form = new FormData()
    form.append(`${fieldId}_1`, new File(['x'], 'a.csv'))
    const foreign = await on.call('POST', `/forms/upload-custom-files?contactId=${id}&locationId=${on.otherLocationId}`, {
      token,
      form,
    })
    expect(foreign.body.message).toBe(`Contact not found for id:${id}`)
  })
})

describe('a file question', () => {
  const field = async (more: object = {}) => {
    const body = { name: `Papers ${Math.random()}`, dataType: 'FILE_UPLOAD', acceptedFormat: ['.pdf', '.txt'], ...more }
    return (await on.call('POST', `/locations/${on.locationId}/customFields`, { body })).body.customField as {
      id: string
      fieldKey: string
    }
  }
  const post = (
    id: string,
    parts: readonly (readonly [string, string | { name: string; bytes: Buffer }])[],
    accept = 'text/html',
  ) => {
    const boundary = 'frontier'
    const part = ([name, value]: (typeof parts)[number]) => {
      const file = typeof value === 'string' ? '' : `; filename="${value.name}"\r\ncontent-type: text/plain`
      const head = `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${file}\r\n\r\n`
      return [Buffer.from(head), typeof value === 'string' ? Buffer.from(value) : value.bytes, Buffer.from('\r\n')]
    }
    return on.app.inject({
      method: 'POST',
      url: `/_ground/f/${id}`,
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'user-agent': 'Firefox', accept },
      payload: Buffer.concat([...parts.flatMap(part), Buffer.from(`--${boundary}--\r\n`)]),
    })
  }
  const form = async (definition: { id: string }, more: object = {}) =>
    create({
      fields: [
        { key: 'email', label: 'E-mail', required: true },
        { key: 'colour', label: 'Colours', type: 'checkbox', options: ['red', 'blue'] },
        { key: definition.id, label: 'Your papers', required: true, ...more },
      ],
    })
  const pdf = (name = 'plan.pdf', size = 3) => ({ name, bytes: Buffer.alloc(size, 'a') })

  test('is drawn as one; its files become the custom field and are in the submission', async () => {
    const definition = await field({ isMultipleFile: true })
    const { id } = await form(definition)
    const page = (await ask(id)).body
    expect(page).toContain('enctype="multipart/form-data"')
    expect(page).toContain(`<input type="file" id="f2" name="${definition.id}" accept=".pdf,.txt" multiple required>`)
    const sent = [
      ['email', 'file1@mail.example'],
      ['colour', 'red'],
      ['colour', 'blue'],
      [definition.id, pdf()],
      [definition.id, pdf('b.txt')],
    ] as const
    const reply = await post(id, sent, 'application/json')
    expect(reply.statusCode).toBe(200)
    const { contactId } = reply.json()
    const { contact } = (await on.call('GET', `/contacts/${contactId}`)).body
    const filesOf = (value: Record<string, { meta: { originalname: string } }>) =>
      Object.values(value).sort((a, b) => b.meta.originalname.localeCompare(a.meta.originalname))
    const files = filesOf(contact.customFields.find((each: { id: string }) => each.id === definition.id).value)
    expect(files).toMatchObject([
      { meta: { originalname: 'plan.pdf', size: 3 }, url: expect.stringContaining('/_ground/blobs/') },
      { meta: { originalname: 'b.txt' } },
    ])
    const [{ others }] = (await submissions(`&formId=${id}`)).submissions
    expect(others.colour).toEqual(['red', 'blue'])
    expect(filesOf(others[definition.id])).toEqual(files)
    expect(
      (
        await post(id, [
          ['email', 'file1@mail.example'],
          [definition.id, pdf('c.pdf')],
        ])
      ).statusCode,
    ).toBe(200)
    const again = (await on.call('GET', `/contacts/${contactId}`)).body.contact.customFields[0].value
    expect(Object.keys(again)).toHaveLength(3)
  })

  test('is refused on the page where files are missing, of another kind, too many or too large; nothing of it is kept', async () => {
    const definition = await field()
    const { id } = await form(definition)
    const email = ['email', 'file2@mail.example'] as const
    const missing = await post(id, [email, [definition.id, { name: '', bytes: Buffer.alloc(0) }]])
    expect([missing.statusCode, missing.body]).toEqual([422, expect.stringContaining('Choose a file.')])
    const strange = await post(id, [email, [definition.id, pdf('a.exe')]])
    expect([strange.statusCode, strange.body]).toEqual([415, expect.stringContaining('does not take')])
    expect(strange.body).toContain('value="file2@mail.example"')
    expect((await post(id, [email, [definition.id, pdf()], [definition.id, pdf()]])).statusCode).toBe(422)
    const large = await post(id, [email, [definition.id, pdf('a.pdf', 10 * 1_048_576 + 1)]])
    expect([large.statusCode, large.body]).toEqual([413, expect.stringContaining('10 MB is the limit')])
    const plain = await create()
    expect(
      (
        await post(plain.id, [
          ['full_name', 'x'],
          ['email', 'a@b.example'],
          ['x', pdf()],
        ])
      ).statusCode,
    ).toBe(413)
    expect((await submissions(`&formId=${id}`)).submissions).toEqual([])
    const trapped = await post(id, [email, [trapName, 'http://spam'], [definition.id, pdf()]])
    expect([trapped.statusCode, (await submissions(`&formId=${id}`)).submissions]).toEqual([200, []])
  })

  test('names a file field, and a file field asks for files', async () => {
    const definition = await field()
    const refused = async (fields: object[]) => {
      const { status, body } = await on.call('POST', '/forms/', { body: { locationId: on.locationId, name: 'f', fields } })
      return [status, body.message?.[0]]
    }
    const told = [422, 'fields.0.type is file for a custom field of the type FILE_UPLOAD, and for no other']
    expect(await refused([{ key: definition.id, label: 'x', type: 'text' }])).toEqual(told)
    expect(await refused([{ key: 'anything', label: 'x', type: 'file' }])).toEqual(told)
  })
})
