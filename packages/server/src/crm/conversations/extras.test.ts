import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TalkWorld, talkWorld } from '../../testing/talk-world.js'

let on: TalkWorld
let contactId: string
let conversationId: string

const call: TalkWorld['call'] = (method, path, options = {}) => on.call(method, path, { token: on.token(), ...options })
const foreign = () => on.token({ locationId: on.otherLocationId })

beforeAll(async () => {
  on = await talkWorld()
  contactId = (await on.contact({ email: 'ada@mail.example' })).id
  conversationId = (await on.send({ type: 'SMS', contactId, message: 'x' })).body.conversationId
})
afterAll(() => on?.close())

describe('files of messages', () => {
  const form = (name: string, fields: Record<string, string> = {}) => {
    const made = new FormData()
    for (const [field, value] of Object.entries(fields)) made.append(field, value)
    made.append('fileAttachment', new File(['hello'], name, { type: 'text/plain' }))
    return made
  }
  const upload = (given: FormData, token = on.token()) => call('POST', '/conversations/messages/upload', { token, form: given })

  test('are stored and told by their name', async () => {
    const { status, body } = await upload(form('note.txt', { conversationId, contactId, locationId: on.locationId }))
    expect(status).toBe(200)
    expect(body.uploadedFiles['note.txt']).toMatch(/^http:\/\/127.0.0.1:4000\/_ground\/blobs\/[\w-]{32}\/note.txt$/)
    const row = await on.db.selectFrom('blobs').select(['recordId', 'locationId']).executeTakeFirstOrThrow()
    expect(row).toEqual({ recordId: contactId, locationId: on.locationId })
  })

  test('may be named by their addresses alone, a list as libraries for forms write it', async () => {
    const listed = new FormData()
    for (const [name, value] of [
      ['conversationId', conversationId],
      ['contactId', contactId],
      ['locationId', on.locationId],
      ['attachmentUrls[]', 'https://example.com/a,b.png'],
      ['attachmentUrls[]', 'https://example.com/c.png'],
    ] as const)
      listed.append(name, value)
    const byAddress = await upload(listed)
    expect([byAddress.status, Object.keys(byAddress.body.uploadedFiles)]).toEqual([200, ['a,b.png', 'c.png']])
  })

  test('of other kinds, of other places, or as JSON are refused', async () => {
    expect((await upload(form('virus.exe'))).status).toBe(415)
    expect((await upload(form('a.txt', { locationId: on.otherLocationId }))).status).toBe(403)
    expect((await upload(form('a.txt', { conversationId }), foreign())).status).toBe(400)
    expect((await call('POST', '/conversations/messages/upload', { body: { fileAttachment: {} } })).status).toBe(415)
  })

  const initiate = (more: object = {}) =>
    call('POST', '/conversations/messages/upload/initiate', {
      body: {
        locationId: on.locationId,
        conversationId,
        filename: 'call.mp3',
        contentType: 'audio/mpeg',
        channel: 'SMS',
        ...more,
      },
    })
  const put = (url: string, payload: Buffer | string) =>
    on.app.inject({ method: 'PUT', url: new URL(url).pathname, headers: { 'content-type': 'audio/mpeg' }, payload })
  const complete = (reply: { uploadId: string; filePath: string }, token = on.token(), locationId = on.locationId) =>
    call('POST', '/conversations/messages/upload/complete', {
      token,
      body: { uploadId: reply.uploadId, filePath: reply.filePath, locationId, conversationId, filename: 'call.mp3' },
    })

  test('are put to an address, once, and completed', async () => {
    const { status, body } = await initiate()
    expect([status, body.maxFileSize]).toEqual([200, 5 * 1_048_576])
    expect(body.expiresAt - on.clock.now().getTime()).toBeLessThanOrEqual(15 * 60_000)
    expect((await complete(body)).status).toBe(404)
    expect((await put(body.uploadUrl, 'sound')).statusCode).toBe(200)
    expect((await put(body.uploadUrl, 'other')).statusCode).toBe(409)
    const done = await complete(body)
    expect(done.body).toMatchObject({
      uploadedFiles: { 'call.mp3': expect.stringContaining('/_ground/blobs/') },
      metadata: { size: 5, contentType: 'audio/mpeg' },
    })
    expect((await complete(body, foreign(), on.otherLocationId)).status).toBe(404)
  })

  test('that are too large, or come too late, are not stored', async () => {
    expect((await initiate({ fileSize: 6_000_000 })).status).toBe(413)
    expect((await initiate({ fileSize: 6_000_000, channel: 'WHATSAPP' })).status).toBe(200)
    const { body } = await initiate()
    expect((await put(body.uploadUrl, Buffer.alloc(5 * 1_048_576 + 1))).statusCode).toBe(413)
    on.clock.advance(16 * 60_000)
    expect((await put(body.uploadUrl, 'late')).statusCode).toBe(403)
    expect((await put('http://x/_ground/uploads/nonsense', 'x')).statusCode).toBe(403)
  })
})

describe('a call', () => {
  const logCall = async (attachments: string[]) => {
    const { id, token } = await on.provider({ type: 'Call' })
    const body = { type: 'Call', contactId, conversationProviderId: id, attachments }
    return (await call('POST', '/conversations/messages/inbound', { token, body })).body.messageId as string
  }
  const recording = (id: string) =>
    on.app.inject({
      url: `/conversations/messages/${id}/locations/${on.locationId}/recording`,
      headers: { authorization: `Bearer ${on.token()}`, version: '2021-04-15' },
    })

  test('has its recording, and its transcript as rows and as a text', async () => {
    const id = await logCall(['https://calls.example/recording/1.mp3'])
    const audio = await recording(id)
    expect([audio.statusCode, audio.headers['content-type'], audio.body]).toEqual([200, 'audio/mpeg', 'sound'])
    const path = `/conversations/locations/${on.locationId}/messages/${id}/transcription`
    expect((await call('GET', path)).body.message).toBe('Transcription not found')
    const sentence = {
      mediaChannel: 1,
      sentenceIndex: 0,
      startTime: 61_000,
      endTime: 62_000,
      transcript: 'Hello',
      confidence: 0.9,
    }
    expect((await call('PUT', path, { body: { sentences: [sentence] } })).body).toMatchObject({ success: true })
    expect((await call('GET', path)).body).toEqual([sentence])
    const text = await on.app.inject({
      url: `${path}/download`,
      headers: { authorization: `Bearer ${on.token()}`, version: '2021-04-15' },
    })
    expect([text.headers['content-type'], text.body]).toEqual(['text/plain', '[01:01] Speaker 1: Hello\n'])
    expect((await call('GET', path.replace(on.locationId, on.otherLocationId), { token: foreign() })).status).toBe(400)
  })

  test('without a recording has none, and a message that is no call neither', async () => {
    expect((await recording(await logCall([]))).statusCode).toBe(400)
    const { messageId } = (await on.send({ type: 'SMS', contactId, message: 'x' })).body
    expect((await recording(messageId)).statusCode).toBe(400)
  })
})

test('typing in a live chat is a signal of a conversation that is there', async () => {
  const typing = (body: object, token = on.token()) =>
    call('POST', '/conversations/providers/live-chat/typing', {
      token,
      body: { locationId: on.locationId, visitorId: 'v', ...body },
    })
  expect(await typing({ conversationId, isTyping: 'true' })).toMatchObject({ status: 201, body: { success: true } })
  const rows = await on.db.selectFrom('liveChatTyping').select(['isTyping', 'visitorId']).execute()
  expect(rows).toEqual([{ isTyping: true, visitorId: 'v' }])
  const seen = async () => (await call('GET', `/_ground/lab/outbox?locationId=${on.locationId}`)).body.typing
  expect(await seen()).toEqual([{ conversationId, visitorId: 'v' }])
  on.clock.advance(11_000)
  expect(await seen()).toEqual([])
  expect((await typing({ conversationId: 'none', isTyping: true })).status).toBe(400)
  expect((await typing({ conversationId, isTyping: 'perhaps' })).status).toBe(422)
})

describe('subscriptions', () => {
  const change = (action: object, more: object = {}) =>
    call('POST', '/conversations/preferences/unsubscriptions/user-change', {
      body: { locationId: on.locationId, contactId, email: 'Ada@mail.example', subscription_action: action, ...more },
    })
  const mail = (more: object = {}) => on.send({ type: 'Email', contactId, message: 'news', subject: 's', ...more })
  const refused = 'Cannot send email as ada@mail.example has unsubscribed'

  test('to kinds of e-mails keep those away that nobody wants, until somebody says why they may come again', async () => {
    const subtypes = `/conversations/preferences/custom-subtypes?locationId=${on.locationId}`
    const made = await call('POST', subtypes, { body: { name: 'Newsletter', channel: 'email', language: 'en' } })
    expect(made.status).toBe(201)
    const { id } = made.body.customSubtype
    await change({ type: 'custom', subtype_id: id, subtype_status: 'unsubscribed' })
    expect((await mail({ customSubtypeId: id })).body.message).toBe(refused)
    expect((await mail()).status).toBe(200)
    await change({ type: 'default', subtype_name: 'One on One', subtype_status: 'unsubscribed' })
    expect((await mail()).body.message).toBe(refused)
    const again = { type: 'resub_all', subtype_status: 'subscribed' }
    expect((await change(again)).status).toBe(400)
    const { status, body } = await change(again, { legal_reason: 'asked on the phone' })
    expect(status).toBe(201)
    expect(body.subscriptions).toMatchObject([
      { email: 'ada@mail.example', type: 'default', subtype_status: 'subscribed' },
      { type: 'custom', subtype_id: id, subtype_name: 'Newsletter', subtype_status: 'subscribed' },
    ])
    expect((await mail({ customSubtypeId: id })).status).toBe(200)
    const path = `/conversations/preferences/custom-subtypes/${id}?locationId=${on.locationId}`
    expect((await call('PUT', path, { body: { archived: true } })).body.customSubtype).toMatchObject({ archived: true })
    expect((await call('GET', subtypes)).body.customSubtypes).toMatchObject([{ id, archived: true }])
    expect((await call('GET', subtypes, { headers: { version: 'v3' } })).status).toBe(400)
  })

  test('of addresses that are not the contact’s are refused; of other places not found', async () => {
    const action = { type: 'default', subtype_status: 'unsubscribed' }
    expect((await change(action, { email: 'other@mail.example' })).status).toBe(400)
    expect((await change({ type: 'custom', subtype_id: 'none', subtype_status: 'unsubscribed' })).status).toBe(400)
    const path = `/conversations/preferences/unsubscriptions/status?locationId=${on.otherLocationId}&contactId=${contactId}`
    expect((await call('GET', path, { token: foreign() })).status).toBe(400)
  })
})

test('a provider of e-mail counts what became of one; what implies another is there too', async () => {
  const { id, token } = await on.provider({ type: 'Email' })
  const { emailMessageId } = (await on.send({ type: 'Email', contactId, message: 'x', conversationProviderId: id })).body
  const set = (body: object, by = token) =>
    call('PUT', `/conversations/messages/email/${emailMessageId}/status`, { token: by, body, headers: { version: 'v3' } })
  expect((await set({ status: 'delivered' }, on.token())).status).toBe(403)
  expect((await set({ status: 'delivered', events: { opened: -1 } })).status).toBe(422)
  const done = await set({
    status: 'clicked',
    events: { clicked: 2 },
    recipients: [{ emailId: 'ada@mail.example', status: 'opened' }],
  })
  expect(done.body).toMatchObject({ success: true, message: 'Updated email message successfully' })
  const row = await on.db
    .selectFrom('emails')
    .select(['events', 'recipients', 'status'])
    .where('id', '=', emailMessageId)
    .executeTakeFirstOrThrow()
  expect(row).toMatchObject({
    status: 'opened',
    events: { clicked: 2, opened: 1, delivered: 1, accepted: 1 },
    recipients: { 'ada@mail.example': { status: 'opened' } },
  })
  const dated = await call('PUT', `/conversations/messages/email/${emailMessageId}/status`, { token, body: { status: 'read' } })
  expect(dated.status).toBe(404)
})

describe('the outbox', () => {
  const outbox = async (query = '') => (await call('GET', `/_ground/lab/outbox?locationId=${on.locationId}${query}`)).body
  const answer = (body: object, token = on.token()) =>
    call('POST', '/_ground/lab/outbox/answers', { token, body: { locationId: on.locationId, ...body } })

  test('shows what nothing sent, and a person answers as the contact', async () => {
    const contact = await on.contact({ firstName: 'Olga' })
    const sms = (await on.send({ type: 'SMS', contactId: contact.id, message: 'hi' })).body
    const mail = (await on.send({ type: 'Email', contactId: contact.id, subject: 'S', html: '<p>h</p>' })).body
    const { messages, hasMore } = await outbox(`&contactId=${contact.id}`)
    expect(hasMore).toBe(false)
    expect(messages).toMatchObject([
      {
        id: mail.messageId,
        emailMessageId: mail.emailMessageId,
        messageType: 'TYPE_EMAIL',
        subject: 'S',
        html: '<p>h</p>',
        contactName: 'Olga',
      },
      { id: sms.messageId, messageType: 'TYPE_SMS', body: 'hi', to: [expect.stringMatching(/^\+1415/)] },
    ])
    const older = await outbox(`&contactId=${contact.id}&limit=1&before=${mail.emailMessageId}`)
    expect(older.messages.map(({ id }: { id: string }) => id)).toEqual([sms.messageId])
    const reply = await answer({ contactId: contact.id, type: 'Email', message: 'thanks', emailMessageId: mail.emailMessageId })
    expect(reply).toMatchObject({ status: 201, body: { messageId: mail.messageId } })
    expect(on.told().at(-1)).toMatchObject({ type: 'InboundMessage', payload: { body: 'thanks', direction: 'inbound' } })
    expect((await outbox(`&contactId=${contact.id}&channel=email`)).messages).toHaveLength(2)
  })

  test('is of one location', async () => {
    const { body } = await call('GET', `/_ground/lab/outbox?locationId=${on.otherLocationId}`, { token: foreign() })
    expect(body.messages).toEqual([])
    const reply = await answer({ locationId: on.otherLocationId, contactId, message: 'x' }, foreign())
    expect(reply.status).toBe(400)
  })

  test('lets a contact write a review, which is what a review reply answers', async () => {
    const contact = await on.contact()
    const reply = (to: string) =>
      call('POST', '/conversations/messages/review-reply', {
        body: { locationId: on.locationId, conversationId: to, message: 'Thank you' },
      })
    const plain = (await answer({ contactId: contact.id, message: 'hello' })).body
    expect((await reply(plain.conversationId)).status).toBe(400)
    await answer({ contactId: contact.id, type: 'Review', message: 'Great', rating: 5 })
    const { status, body } = await reply(plain.conversationId)
    expect([status, body.status]).toEqual([200, 'delivered'])
    const { messages } = (await call('GET', `/conversations/${plain.conversationId}/messages`)).body.messages
    expect(messages.map(({ messageType }: { messageType: string }) => messageType)).toEqual([
      'TYPE_REVIEW',
      'TYPE_REVIEW',
      'TYPE_SMS',
    ])
  })
})

describe('STOP', () => {
  const write = (contact: string, message: string, type = 'SMS') =>
    call('POST', '/_ground/lab/outbox/answers', { body: { locationId: on.locationId, contactId: contact, type, message } })
  const settings = async (id: string) => (await call('GET', `/contacts/${id}`)).body.contact.dndSettings

  test('from a contact ends messages of that channel, START begins them again, and no event tells of it', async () => {
    const { id } = await on.contact()
    const from = on.told().length
    await write(id, ' Stop. ')
    expect(await settings(id)).toMatchObject({ SMS: { status: 'active', message: expect.stringContaining('STOP') } })
    expect((await on.send({ type: 'SMS', contactId: id, message: 'x' })).body.message).toBe(
      'Cannot send message as DND is active for SMS.',
    )
    expect((await on.send({ type: 'WhatsApp', contactId: id, message: 'x' })).status).toBe(200)
    await write(id, 'START')
    expect(await settings(id)).toMatchObject({ SMS: { status: 'inactive' } })
    expect((await on.send({ type: 'SMS', contactId: id, message: 'x' })).status).toBe(200)
    expect(on.told(from).map(({ type }) => type)).not.toContain('ContactDndUpdate')
  })

  test('is a word of its own, not part of a sentence, and not one of e-mails', async () => {
    const { id } = await on.contact()
    await write(id, 'please do not stop')
    await write(id, 'stop', 'Email')
    expect(await settings(id)).toBeUndefined()
  })

  test('does not undo what the sub-account itself has set', async () => {
    const { id } = await on.contact({ dndSettings: { SMS: { status: 'permanent', message: 'by court order' } } })
    await write(id, 'START')
    expect(await settings(id)).toMatchObject({ SMS: { status: 'permanent' } })
  })
})

test('an export gives every message once, counts them, and leaves e-mails to those who ask for them', async () => {
  const contact = await on.contact()
  for (let index = 0; index < 12; index++) await on.send({ type: 'SMS', contactId: contact.id, message: `${index}` })
  await on.send({ type: 'Email', contactId: contact.id, message: 'mail' })
  const page = async (query: string) =>
    (await call('GET', `/conversations/messages/export?locationId=${on.locationId}&contactId=${contact.id}${query}`)).body
  for (const order of ['&sortOrder=asc', '&sortBy=updatedAt']) {
    const first = await page(`&limit=10${order}`)
    expect([first.messages.length, first.total]).toEqual([10, 12])
    const second = await page(`&limit=10${order}&cursor=${encodeURIComponent(first.nextCursor)}`)
    expect([second.messages.length, second.nextCursor, second.total]).toEqual([2, null, 12])
    expect(new Set([...first.messages, ...second.messages].map(({ id }) => id)).size).toBe(12)
  }
  expect((await page('&channel=Email')).total).toBe(1)
  expect((await page('&startDate=2001-01-01&endDate=2001-02-01')).total).toBe(0)
  const forged = Buffer.from('{"at":"1700000000000","id":"x","total":1}').toString('base64url')
  for (const query of ['&cursor=e30=', '&cursor=x', `&cursor=${forged}`, '&startDate=soon']) {
    const { status } = await call('GET', `/conversations/messages/export?locationId=${on.locationId}${query}`)
    expect(status).toBe(400)
  }
})
