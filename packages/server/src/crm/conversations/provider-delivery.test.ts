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
  await on.db.updateTable('conversationProviders').set({ deliveryUrl: receiver.url }).where('appId', '=', tenant.appId).execute()
  on.startWebhooks()
})
afterAll(async () => {
  await on?.close()
  await receiver?.close()
})

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
  await expect.poll(() => receiver.received.filter(({ body }) => body.messageId === messageId).length).toBe(1)
  const hook = receiver.received.find(({ body }) => body.messageId === messageId)
  const expected = { contactId: id, locationId: tenant.locationId, messageId, type: 'SMS', phone, message: 'hi', attachments: [] }
  expect(hook?.body).toEqual({ ...expected, ...(hook?.body.userId ? { userId: hook.body.userId } : {}) })
  expect(hook?.headers['x-ghl-signature']).toMatch(/^[A-Za-z0-9+/=]{80,}$/)
  const reply = await call('PUT', `/conversations/messages/${messageId}/status`, { status: 'delivered' })
  expect(reply).toMatchObject({ messageId, status: 'delivered' })
  expect((await statusOf(messageId)).status).toBe('delivered')
})

test('an e-mail reaches its provider with both of its ids', async () => {
  const { id } = await contact()
  const sent = await call('POST', '/conversations/messages', { type: 'Email', contactId: id, subject: 'S', html: '<p>x</p>' })
  await expect.poll(() => receiver.received.some(({ body }) => body.emailMessageId === sent.emailMessageId)).toBe(true)
  const hook = receiver.received.find(({ body }) => body.emailMessageId === sent.emailMessageId)
  expect(hook?.body).toMatchObject({
    type: 'Email',
    messageId: sent.messageId,
    subject: 'S',
    html: '<p>x</p>',
    emailTo: [expect.any(String)],
  })
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
