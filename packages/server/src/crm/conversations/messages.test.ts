import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TalkWorld, talkWorld } from '../../testing/talk-world.js'

let on: TalkWorld

beforeAll(async () => {
  on = await talkWorld()
})
afterAll(() => on?.close())

const call: TalkWorld['call'] = (method, path, options = {}) => on.call(method, path, { token: on.token(), ...options })
const pit = () => on.token({ source: 'pit' })
const message = async (id: string) => (await call('GET', `/conversations/messages/${id}`)).body.message
const email = async (id: string) => (await call('GET', `/conversations/messages/email/${id}`)).body
const inbound = (body: object, token = pit()) => call('POST', '/conversations/messages/inbound', { token, body })

describe('an SMS', () => {
  test('is stored, told of and listed, newest first', async () => {
    const contact = await on.contact()
    const from = on.events.length
    const sent = await on.send({ type: 'SMS', contactId: contact.id, message: 'Hi {{contact.first_name}}' })
    expect(sent).toMatchObject({ status: 200, body: { status: 'pending', msg: 'Message queued successfully.' } })
    const { conversationId, messageId } = sent.body
    expect(await message(messageId)).toMatchObject({
      id: messageId,
      type: 2,
      messageType: 'TYPE_SMS',
      body: 'Hi Ada',
      direction: 'outbound',
      status: 'delivered',
      contentType: 'text/plain',
      source: 'api',
      conversationId,
    })
    expect(on.told(from).map(({ type, payload }) => [type, payload.messageType, payload.body, payload.messageId])).toEqual([
      ['OutboundMessage', 'SMS', 'Hi Ada', messageId],
    ])
    const second = (await on.send({ type: 'SMS', contactId: contact.id, message: 'again' })).body.messageId
    const { messages } = (await call('GET', `/conversations/${conversationId}/messages?limit=1`)).body
    expect(messages).toMatchObject({ lastMessageId: second, nextPage: true, messages: [{ id: second }] })
    const rest = (await call('GET', `/conversations/${conversationId}/messages?lastMessageId=${second}`)).body.messages
    expect(rest).toMatchObject({ nextPage: false, messages: [{ id: messageId }] })
    expect(
      (await call('GET', `/conversations/${conversationId}/messages?type=TYPE_EMAIL,TYPE_CALL`)).body.messages.messages,
    ).toEqual([])
    expect((await call('GET', `/conversations/${conversationId}/messages?type=TYPE_PIGEON`)).status).toBe(422)
  })

  test.each([
    [
      'the contact refuses SMS',
      { dndSettings: { SMS: { status: 'active' } } },
      {},
      'Cannot send message as DND is active for SMS.',
    ],
    ['the contact refuses everything', { dnd: true }, {}, 'Cannot send message as DND is active for SMS.'],
    ['there is no number', { phone: null }, {}, 'Missing phone number'],
    ['it says nothing', {}, { message: ' ' }, 'There is no message or attachments for this message. Skip sending.'],
    ['its template is not there', {}, { templateId: 'none' }, 'Template not found'],
    ['its provider is not there', {}, { conversationProviderId: 'a'.repeat(24) }, 'Incorrect conversationProviderId/type'],
    ['its time is past', {}, { scheduledTimestamp: 1_000_000_000 }, expect.stringContaining('cannot be scheduled for the past')],
  ])('is refused where %s, and nothing is stored', async (_case, fields, body, text) => {
    const contact = await on.contact(fields)
    const from = on.events.length
    const { status, body: reply } = await on.send({ type: 'SMS', contactId: contact.id, message: 'x', ...body })
    expect([status, reply.message]).toEqual([400, text])
    const rows = await on.db.selectFrom('messages').select('id').where('contactId', '=', contact.id).execute()
    expect([rows, on.told(from)]).toEqual([[], []])
  })

  test('to a number of nobody fails in that number’s way', async () => {
    for (const [toNumber, status, code] of [
      ['+15005550001', 'failed', '21211'],
      ['+15005550008', 'undelivered', '30003'],
      ['+15005550007', 'pending', undefined],
    ] as const) {
      const contact = await on.contact()
      const { messageId } = (await on.send({ type: 'SMS', contactId: contact.id, message: 'x', toNumber })).body
      const stored = await message(messageId)
      expect([stored.status, stored.error?.code, stored.to]).toEqual([status, code, toNumber])
    }
  })

  test('of another type than there is, is a 422', async () => {
    const { status, body } = await on.send({ type: 'Fax', contactId: 'x', message: 'x', nobodyKnows: 1 })
    expect([status, body.message]).toEqual([
      422,
      expect.arrayContaining([expect.stringMatching(/^type must be/), 'property nobodyKnows should not exist']),
    ])
  })
})

describe('an e-mail', () => {
  test('begins a thread; answers from both sides join it', async () => {
    const contact = await on.contact({ email: 'ada@mail.example' })
    const first = (await on.send({ type: 'Email', contactId: contact.id, subject: 'Offer', html: '<p>Dear <b>Ada</b></p>' })).body
    expect(await email(first.emailMessageId)).toMatchObject({
      threadId: first.messageId,
      subject: 'Offer',
      body: '<p>Dear <b>Ada</b></p>',
      contentType: 'text/html',
      to: ['ada@mail.example'],
      from: 'One <no-reply@localhost>',
      status: 'delivered',
    })
    const answer = (
      await inbound({
        type: 'Email',
        contactId: contact.id,
        html: 'Thanks',
        subject: 'Re: Offer',
        emailMessageId: first.emailMessageId,
        emailCc: ['boss@mail.example'],
      })
    ).body
    expect(answer).toMatchObject({ success: true, messageId: first.messageId, contactId: contact.id })
    expect(on.told().at(-1)).toMatchObject({
      type: 'InboundMessage',
      payload: {
        messageType: 'Email',
        emailMessageId: answer.emailMessageId,
        threadId: first.messageId,
        body: 'Thanks',
        direction: 'inbound',
      },
    })
    const reply = (
      await on.send({
        type: 'Email',
        contactId: contact.id,
        message: 'Bye',
        replyMessageId: answer.emailMessageId,
        emailReplyMode: 'reply_all',
      })
    ).body
    expect(reply.messageId).toBe(first.messageId)
    expect(await email(reply.emailMessageId)).toMatchObject({
      subject: 'Re: Offer',
      cc: ['boss@mail.example'],
      replyToMessageId: answer.emailMessageId,
    })
    const thread = await message(first.messageId)
    expect(thread.meta).toEqual({ email: { messageIds: [first.emailMessageId, answer.emailMessageId, reply.emailMessageId] } })
    expect(thread).toMatchObject({ type: 3, body: 'Bye', direction: 'outbound' })
    const { messages } = (await call('GET', `/conversations/${first.conversationId}/messages`)).body
    expect(messages.messages).toHaveLength(1)
  })

  test('is forwarded with what it forwards', async () => {
    const contact = await on.contact()
    const { emailMessageId, messageId } = (
      await on.send({ type: 'Email', contactId: contact.id, subject: 'Plan', html: 'the plan' })
    ).body
    const forward = { isForwarded: true, messageId, emailMessageId, toEmail: 'boss@mail.example' }
    const { body } = await on.send({ type: 'Email', contactId: contact.id, message: 'look', forward })
    expect(body.forwardData).toMatchObject({ messageId, emailMessageId, forwardToEmail: 'boss@mail.example' })
    const sent = await email(body.emailMessageId)
    expect(sent).toMatchObject({ subject: 'Fwd: Plan', to: ['boss@mail.example'] })
    expect(sent.body).toContain('the plan')
  })

  test.each([
    ['an address that is not the contact’s', { emailTo: 'other@mail.example' }, /emailTo must be/],
    ['a sender with a line break', { emailFrom: 'a@b.example\r\nBcc: c@d.example' }, /emailFrom must be/],
    ['a thread that is not there', { threadId: 'nothing' }, /Thread not found/],
    ['an answer to nothing', { replyMessageId: 'nothing' }, /Email message not found/],
  ])('with %s is refused', async (_case, body, text) => {
    const contact = await on.contact()
    const { status, body: reply } = await on.send({ type: 'Email', contactId: contact.id, message: 'x', ...body })
    expect([status, reply.message]).toEqual([400, expect.stringMatching(text)])
  })

  test('to a mailbox of the simulator has that mailbox’s fate, and the mail event says so', async () => {
    const contact = await on.contact({ email: 'bounce@simulator.example' })
    const from = on.events.length
    const { emailMessageId } = (await on.send({ type: 'Email', contactId: contact.id, subject: 's', message: 'x' })).body
    expect(await email(emailMessageId)).toMatchObject({ status: 'failed', error: { code: '550', type: 'smtp' } })
    const told = on.told(from)
    expect(told.map(({ type }) => type)).toEqual(['LCEmailStats', 'OutboundMessage'])
    expect(told[0]?.payload).toMatchObject({
      companyId: on.companyId,
      webhookPayload: { event: 'failed', recipient: 'bounce@simulator.example', 'delivery-status': { code: 550 } },
    })
  })
})

describe('a template', () => {
  test('of messages or of the e-mail builder gives its texts, with the contact’s values in them', async () => {
    const contact = await on.contact()
    const made = await call('POST', `/locations/${on.locationId}/templates`, {
      body: { name: 'Hello', type: 'sms', body: 'Hi {{contact.first_name}}', urlAttachments: ['https://a.example/b.pdf'] },
    })
    const sms = (await on.send({ type: 'SMS', contactId: contact.id, templateId: made.body.template.id })).body
    expect(await message(sms.messageId)).toMatchObject({ body: 'Hi Ada', attachments: ['https://a.example/b.pdf'] })
    const templateId = (
      await call('POST', '/emails/builder', {
        body: { locationId: on.locationId, type: 'html', title: 'Offer', updatedBy: 'u', importProvider: 'mailchimp' },
      })
    ).body.redirect
    const data = {
      templateId,
      locationId: on.locationId,
      updatedBy: 'u',
      editorType: 'html',
      html: '<p>Dear {{contact.first_name}}</p>',
    }
    const dnd = { elements: [], attrs: {}, templateSettings: {} }
    const kept = await call('POST', '/emails/builder/data', { body: { ...data, dnd } })
    expect(kept.status).toBeLessThan(300)
    const mail = (await on.send({ type: 'Email', contactId: contact.id, templateId, subject: 'For {{contact.first_name}}' })).body
    expect(await email(mail.emailMessageId)).toMatchObject({ subject: 'For Ada', body: '<p>Dear Ada</p>' })
  })
})

describe('what came in', () => {
  test('is told of with its conversation’s unread count', async () => {
    const contact = await on.contact()
    const from = on.events.length
    const { body } = await inbound({
      type: 'WhatsApp',
      contactId: contact.id,
      message: 'hola',
      attachments: ['https://a.example/b.png'],
    })
    expect(body).toMatchObject({
      success: true,
      contactId: contact.id,
      message: expect.any(String),
      dateAdded: expect.any(String),
    })
    expect(on.told(from).map(({ type }) => type)).toEqual(['ConversationUnreadUpdate', 'InboundMessage'])
    expect(await message(body.messageId)).toMatchObject({
      type: 19,
      direction: 'inbound',
      attachments: ['https://a.example/b.png'],
    })
  })

  test('must say of whom, and of a conversation that is that contact’s', async () => {
    const [one, other] = [await on.contact(), await on.contact()]
    const { conversationId } = (await inbound({ type: 'SMS', contactId: one.id, message: 'x' })).body
    expect((await inbound({ type: 'SMS', message: 'x' })).body.message).toBe('conversationId or contactId is required')
    expect((await inbound({ type: 'SMS', conversationId, contactId: other.id, message: 'x' })).status).toBe(400)
    expect((await inbound({ type: 'SMS', conversationId, message: 'x' })).status).toBe(200)
    expect((await inbound({ type: 'SMS', contactId: 'nobody', message: 'x' })).body.message).toBe(
      'Contact not found for id:nobody',
    )
  })

  test('by an app names its provider, unless the sub-account has chosen that for the channel', async () => {
    const contact = await on.contact()
    const { id, token } = await on.provider()
    const other = await on.provider({ custom: true })
    const asked = (more: object, by = token) => inbound({ type: 'SMS', contactId: contact.id, message: 'x', ...more }, by)
    expect((await asked({})).body.message).toBe('No conversationProviderId passed in body')
    expect((await asked({ conversationProviderId: other.id })).body.message).toBe('Incorrect conversationProviderId/type')
    expect((await asked({ conversationProviderId: id, type: 'Email' })).body.message).toBe(
      'Incorrect conversationProviderId/type',
    )
    expect((await asked({ conversationProviderId: id })).status).toBe(200)
    const extra = (await asked({ conversationProviderId: other.id }, other.token)).body
    expect(await message(extra.messageId)).toMatchObject({
      messageType: 'TYPE_CUSTOM_PROVIDER_SMS',
      conversationProviderId: other.id,
    })
    const choose = (providerId: string | null) =>
      call('PUT', '/_ground/conversations/providers/default', {
        body: { locationId: on.locationId, channel: 'SMS', conversationProviderId: providerId },
      })
    expect((await choose(other.id)).status).toBe(400)
    expect((await choose(id)).body).toMatchObject({ success: true })
    expect((await asked({})).status).toBe(200)
    await choose(null)
  })

  test('is a call only from the contact’s own number, with its duration and how it ended', async () => {
    const contact = await on.contact({ phone: '+14155559876' })
    const { id, token } = await on.provider({ type: 'Call' })
    const told = (call_: object) =>
      inbound(
        {
          type: 'Call',
          contactId: contact.id,
          conversationProviderId: id,
          call: call_,
          attachments: ['https://a.example/r.mp3'],
        },
        token,
      )
    expect((await told({ from: '+12025550000' })).status).toBe(400)
    const { body } = await told({ from: '+14155559876', to: '+12025550000', status: 'voicemail', duration: 12 })
    expect(await message(body.messageId)).toMatchObject({
      type: 34,
      messageType: 'TYPE_CUSTOM_CALL',
      meta: { callStatus: 'voicemail', callDuration: 12 },
      from: '+14155559876',
    })
    expect(on.told().at(-1)?.payload).toMatchObject({ messageType: 'CALL', status: 'voicemail', callDuration: 12 })
    const outbound = await call('POST', '/conversations/messages/outbound', {
      token,
      body: {
        type: 'Call',
        contactId: contact.id,
        conversationProviderId: id,
        call: { to: '+14155559876', status: 'completed' },
      },
    })
    expect(outbound.status).toBe(200)
    const put = (messageId: string, attachments: string[]) =>
      call('PUT', `/conversations/messages/${messageId}/attachments`, { body: { attachments } })
    expect((await put(outbound.body.messageId, ['https://a.example/1.mp3'])).body.message.attachments).toEqual([
      'https://a.example/1.mp3',
    ])
    for (const address of ['javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x', 'ftp://a.example/1.mp3']) {
      const refusal = { status: 422, body: { message: ['each value in attachments must be a URL address'] } }
      expect(await put(outbound.body.messageId, [address])).toMatchObject(refusal)
      const sms = { type: 'SMS', contactId: contact.id, message: 'x', attachments: [address] }
      expect(await on.send(sms)).toMatchObject(refusal)
      expect(await inbound({ ...sms, type: 'Email' })).toMatchObject(refusal)
    }
    expect((await put(outbound.body.messageId, Array(6).fill('https://a.example/1.mp3'))).status).toBe(422)
    const sms = (await on.send({ type: 'SMS', contactId: contact.id, message: 'x' })).body.messageId
    expect((await put(sms, [])).status).toBe(403)
  })
})

describe('a provider', () => {
  test('is handed what goes out through it, in its own form and signed as ours; it alone says what became of it', async () => {
    const contact = await on.contact({ phone: '+14155557777' })
    const { id, appId, token } = await on.provider({ deliveryUrl: 'https://out.example/sms' })
    const from = on.events.length
    const { messageId } = (await on.send({ type: 'SMS', contactId: contact.id, message: 'hi', conversationProviderId: id })).body
    const [told] = on.told(from)
    expect(told?.type).toBe('ProviderOutboundMessage')
    expect(told?.event).toMatchObject({ appId, installId: `install of ${appId}` })
    expect(told?.payload).toEqual({
      contactId: contact.id,
      locationId: on.locationId,
      messageId,
      type: 'SMS',
      phone: '+14155557777',
      message: 'hi',
      attachments: [],
      conversationProviderId: id,
      deliveryUrl: 'https://out.example/sms',
    })
    const report = (body: object, by = token) => call('PUT', `/conversations/messages/${messageId}/status`, { token: by, body })
    expect((await report({ status: 'delivered' }, on.token())).status).toBe(403)
    expect((await report({ status: 'delivered' }, pit())).status).toBe(403)
    expect((await report({ status: 'delivered' })).body).toMatchObject({ messageId, status: 'delivered' })
    await report({ status: 'read' })
    await report({ status: 'delivered' })
    expect((await message(messageId)).status).toBe('read')
    await report({ status: 'failed', error: { code: '1', type: 'saas', message: 'no credit' } })
    expect(await message(messageId)).toMatchObject({ status: 'failed', error: { code: '1', type: 'saas', message: 'no credit' } })
  })

  test('whose app is gone is refused', async () => {
    const contact = await on.contact()
    const { id, appId } = await on.provider()
    on.installed.delete(appId)
    const { body } = await on.send({ type: 'SMS', contactId: contact.id, message: 'hi', conversationProviderId: id })
    expect(body.message).toBe('Incorrect conversationProviderId/type')
  })
})

describe('other rooms', () => {
  test('send in their own transaction', async () => {
    const contact = await on.contact()
    const sent = await on.sendMessage({ type: 'SMS', contactId: contact.id, message: 'from a workflow' })
    expect(await message(sent.messageId)).toMatchObject({ source: 'workflow', status: 'delivered' })
    await expect(on.sendMessage({ type: 'SMS', contactId: contact.id, message: '' })).rejects.toMatchObject({ status: 400 })
  })

  test('merge two contacts: their conversations become one', async () => {
    const [kept, gone] = [await on.contact(), await on.contact()]
    const one = (await inbound({ type: 'SMS', contactId: kept.id, message: 'one' })).body
    const two = (await inbound({ type: 'Email', contactId: gone.id, message: 'two', subject: 's' })).body
    const reply = await call('POST', '/_ground/contacts/merge', {
      body: { locationId: on.locationId, contactId: kept.id, mergedId: gone.id },
    })
    expect(reply.status).toBeLessThan(300)
    const { messages } = (await call('GET', `/conversations/${one.conversationId}/messages`)).body
    expect(messages.messages.map(({ id, contactId }: { id: string; contactId: string }) => [id, contactId])).toEqual([
      [two.messageId, kept.id],
      [one.messageId, kept.id],
    ])
    expect((await call('GET', `/conversations/${one.conversationId}`)).body).toMatchObject({
      unreadCount: 2,
      lastMessageBody: 'two',
    })
    expect((await call('GET', `/conversations/${two.conversationId}`)).status).toBe(400)
  })
})
