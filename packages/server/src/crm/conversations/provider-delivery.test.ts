import { afterAll, beforeAll, expect, test } from 'vitest'
import { newHexId } from '../../ids.js'
import { type WholeApp, wholeApp } from '../../testing/proof/whole-app.js'
import { type Receiver, startReceiver } from '../../testing/receiver.js'

// The whole way: a request, the outbox of events, fan-out, the delivery, and what the provider's app says of it.
let on: WholeApp
let receiver: Receiver
let tenant: Awaited<ReturnType<WholeApp['addTenant']>>

beforeAll(async () => {
  on = await wholeApp()
  receiver = await startReceiver()
  tenant = await on.addTenant('provided')
  await addExtras()
  await on.db.updateTable('apps').set({ webhookUrl: receiver.url }).where('id', '=', tenant.appId).execute()
  on.startWebhooks()
})
afterAll(async () => {
  await on?.close()
  await receiver?.close()
})

type Kind = 'SMS' | 'SMS extra' | 'Email' | 'Email extra' | 'Call'

/** Ids of the providers, each with an address of its own. */
const providers = {} as Record<Kind, string>
const pathOf = (kind: Kind) => `/${kind.replace(' ', '-')}`
const heard = (kind: Kind) => receiver.received.filter(({ path }) => path === pathOf(kind)).map(({ body }) => body)

const addExtras = async () => {
  const row = { appId: tenant.appId, deliveryUrl: '', custom: true, alwaysShow: true, alias: '', logo: '' }
  const dates = { dateAdded: new Date(0), dateUpdated: new Date(0) }
  Object.assign(providers, tenant.providers)
  for (const type of ['SMS', 'Email'] as const) {
    providers[`${type} extra`] = newHexId()
    const provider = { ...row, ...dates, id: providers[`${type} extra`], type, name: `${type} extra` }
    await on.db.insertInto('conversationProviders').values(provider).execute()
  }
  for (const [kind, id] of Object.entries(providers)) {
    const deliveryUrl = new URL(pathOf(kind as Kind), receiver.url).href
    await on.db.updateTable('conversationProviders').set({ deliveryUrl }).where('id', '=', id).execute()
  }
}

const call = async (method: string, path: string, body?: object) => {
  const headers = { authorization: `Bearer ${tenant.tokens.location}`, version: '2021-04-15', 'content-type': 'application/json' }
  const { text } = await on.send(method, path, headers, body && JSON.stringify(body))
  return JSON.parse(text)
}
const contact = async () => {
  const serial = Math.floor(performance.now())
  const body = {
    locationId: tenant.locationId,
    firstName: 'Ada',
    email: `ada${serial}@mail.example`,
    phone: `+1415555${1000 + (serial % 9000)}`,
  }
  return (await call('POST', '/contacts/', body)).contact as { id: string; phone: string }
}
const statusOf = async (id: string) => (await call('GET', `/conversations/messages/${id}`)).message

test('a message reaches its provider’s delivery URL alone, signed, without an envelope', async () => {
  const { id, phone } = await contact()
  const { messageId } = await call('POST', '/conversations/messages', { type: 'SMS', contactId: id, message: 'hi' })
  await expect.poll(() => heard('SMS').filter((body) => body.messageId === messageId)).toHaveLength(1)
  const hook = receiver.received.find(({ path, body }) => path === pathOf('SMS') && body.messageId === messageId)
  const expected = { contactId: id, locationId: tenant.locationId, messageId, type: 'SMS', phone, message: 'hi', attachments: [] }
  const optional = hook?.body.userId ? { userId: hook.body.userId } : {}
  expect(hook?.body).toEqual({ ...expected, ...optional, conversationProviderId: providers.SMS })
  expect(hook?.headers['x-ghl-signature']).toMatch(/^[A-Za-z0-9+/=]{80,}$/)
  expect(hook?.headers['x-wh-signature']).toBeUndefined()
  const reply = await call('PUT', `/conversations/messages/${messageId}/status`, { status: 'delivered' })
  expect(reply).toMatchObject({ messageId, status: 'delivered' })
  expect((await statusOf(messageId)).status).toBe('delivered')
})

test('the outbox names the provider whose app was given a message, and none of what came in', async () => {
  const { id } = await contact()
  const message = { type: 'SMS', contactId: id, message: 'hi' }
  const plain = await call('POST', '/conversations/messages', { ...message, conversationProviderId: providers['SMS extra'] })
  const mail = await call('POST', '/conversations/messages', { type: 'Email', contactId: id, subject: 'S', html: '<p>x</p>' })
  await call('POST', '/_ground/lab/outbox/answers', { locationId: tenant.locationId, contactId: id, message: 'yes' })
  const kept = await call('GET', `/_ground/lab/outbox?locationId=${tenant.locationId}&contactId=${id}`)
  const names = await on.db.selectFrom('conversationProviders').select(['id', 'name']).execute()
  const nameOf = (kind: Kind) => names.find((each) => each.id === providers[kind])?.name
  const marks = kept.messages.map((each: Record<string, string>) => [each.direction, each.id, each.providerName])
  expect(marks).toHaveLength(3)
  expect(marks).toContainEqual(['outbound', plain.messageId, nameOf('SMS extra')])
  expect(marks).toContainEqual(['outbound', mail.messageId, nameOf('Email')])
  expect(marks).toContainEqual(['inbound', expect.any(String), undefined])
})

test('an e-mail reaches its provider with both of its ids', async () => {
  const { id } = await contact()
  const sent = await call('POST', '/conversations/messages', { type: 'Email', contactId: id, subject: 'S', html: '<p>x</p>' })
  await expect.poll(() => heard('Email').some((body) => body.emailMessageId === sent.emailMessageId)).toBe(true)
  const hook = heard('Email').find((body) => body.emailMessageId === sent.emailMessageId)
  expect(hook).toMatchObject({
    type: 'Email',
    messageId: sent.messageId,
    subject: 'S',
    html: '<p>x</p>',
    emailTo: [expect.any(String)],
  })
})

const kinds: readonly Kind[] = ['SMS', 'SMS extra', 'Email', 'Email extra', 'Call']
const lifecycleAt = (kind: Kind) => heard(kind).flatMap(({ type }) => (/^(UN)?INSTALL$/.test(type) ? [type] : []))

test.each(kinds)('a provider of kind %s hears at its own address that its app was installed, once', async (kind) => {
  await expect.poll(() => lifecycleAt(kind)).toEqual(['INSTALL'])
  const install = heard(kind).find(({ type }) => type === 'INSTALL')
  expect(install).toMatchObject({ appId: tenant.appId, companyId: tenant.companyId, locationId: tenant.locationId })
})

interface Case {
  readonly kind: Kind
  /** What a request says beside contact and text. */
  readonly sent: object
  readonly told: object
  readonly hook: object
  readonly messageType: string
}

const cases = (): readonly Case[] => {
  const extra = (kind: Kind) => ({ conversationProviderId: providers[kind] })
  const mail = { subject: 'S', html: '<p>hi</p>' }
  const altId = newHexId()
  return [
    { kind: 'SMS', sent: { type: 'SMS' }, told: { type: 'SMS' }, hook: { type: 'SMS' }, messageType: 'TYPE_SMS' },
    {
      kind: 'SMS extra',
      sent: { type: 'SMS', ...extra('SMS extra') },
      told: { type: 'SMS', ...extra('SMS extra') },
      hook: { type: 'SMS', message: 'hi', phone: expect.any(String) },
      messageType: 'TYPE_CUSTOM_PROVIDER_SMS',
    },
    {
      kind: 'Email',
      sent: { type: 'Email', ...mail },
      told: { type: 'Email', ...mail },
      hook: { type: 'Email', ...mail, emailMessageId: expect.any(String) },
      messageType: 'TYPE_EMAIL',
    },
    {
      kind: 'Email extra',
      sent: { type: 'Custom', ...mail, ...extra('Email extra') },
      told: { type: 'Custom', ...mail, altId, ...extra('Email extra') },
      hook: { type: 'Email', ...mail, emailMessageId: expect.any(String), replyToAltId: altId },
      messageType: 'TYPE_CUSTOM_EMAIL',
    },
  ]
}

test.each([0, 1, 2, 3])('what comes in by a provider is answered through it, and it says what became of that (%i)', async (n) => {
  const { kind, sent, told, hook, messageType } = cases()[n] as Case
  const { id } = await contact()
  const came = await call('POST', '/conversations/messages/inbound', { contactId: id, message: 'hello', ...told })
  expect(came).toMatchObject({ success: true, contactId: id })
  expect((await statusOf(came.messageId)).messageType).toBe(messageType)
  const reply = came.emailMessageId ? { replyMessageId: came.emailMessageId } : {}
  const { messageId } = await call('POST', '/conversations/messages', { contactId: id, message: 'hi', ...reply, ...sent })
  await expect.poll(() => heard(kind).filter((body) => body.messageId === messageId)).toHaveLength(1)
  const body = heard(kind).find((each) => each.messageId === messageId)
  expect(body).toMatchObject({ contactId: id, conversationProviderId: providers[kind], ...hook })
  await call('PUT', `/conversations/messages/${messageId}/status`, { status: 'delivered' })
  expect(await statusOf(messageId)).toMatchObject({ messageType, status: 'delivered' })
})

test('a call provider logs calls both ways and is sent no message', async () => {
  const { id, phone } = await contact()
  const about = { type: 'Call', contactId: id, conversationProviderId: providers.Call }
  const inbound = await call('POST', '/conversations/messages/inbound', { ...about, call: { from: phone, to: '+14155550000' } })
  const outbound = await call('POST', '/conversations/messages/outbound', { ...about, call: { to: phone, status: 'voicemail' } })
  for (const { messageId } of [inbound, outbound]) expect((await statusOf(messageId)).messageType).toBe('TYPE_CUSTOM_CALL')
  const message = { type: 'SMS', contactId: id, message: 'x', conversationProviderId: providers.Call }
  expect((await call('POST', '/conversations/messages', message)).message).toBe('Incorrect conversationProviderId/type')
  expect(heard('Call').filter(({ messageId }) => messageId)).toEqual([])
})

test('a provider that is gone for good fails the message', async () => {
  const { id } = await contact()
  receiver.answer((_one, response) => {
    response.statusCode = 410
    response.end()
  })
  const { messageId } = await call('POST', '/conversations/messages', { type: 'SMS', contactId: id, message: newHexId() })
  await expect.poll(async () => (await statusOf(messageId)).status).toBe('failed')
  expect((await statusOf(messageId)).error).toMatchObject({ code: '410', type: 'provider' })
})

test('each provider hears at its own address that its app was removed, once', async () => {
  receiver.answer((_one, response) => response.end('ok'))
  const { success } = await call('DELETE', `/marketplace/app/${tenant.appId}/installations`, { locationId: tenant.locationId })
  expect(success).toBe(true)
  for (const kind of kinds) await expect.poll(() => lifecycleAt(kind)).toEqual(['INSTALL', 'UNINSTALL'])
  await expect.poll(() => receiver.received.filter(({ body }) => body.type === 'UNINSTALL')).toHaveLength(kinds.length + 1)
})
