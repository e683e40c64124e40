import { afterAll, beforeAll, expect, test } from 'vitest'
import { cookieOf } from '../../testing/proof/people.js'
import { type Tenant, type WholeApp, wholeApp } from '../../testing/proof/whole-app.js'

// Conversation providers of an app, as its developer sets them up.
let on: WholeApp
let tenant: Tenant

beforeAll(async () => {
  on = await wholeApp()
  tenant = await on.addTenant('builder')
})
afterAll(() => on?.close())

const send = async (method: string, at: string, body?: object) => {
  const headers = { cookie: cookieOf(on, tenant), 'x-groundlevel': 'test', 'content-type': 'application/json' }
  const path = `/_ground/apps/${tenant.appId}/conversation-providers${at}`
  const { status, text } = await on.send(method, path, headers, body && JSON.stringify(body))
  return { status, body: JSON.parse(text) }
}
const all = async () => (await send('GET', '')).body.conversationProviders as { id: string; name: string }[]

test('has a name, an address that can be posted to and a picture that is one, first and last', async () => {
  const calls = { name: 'Calls', type: 'Call' }
  const { conversationProvider } = (await send('POST', '', calls)).body
  const before = await all()
  for (const [field, value] of [
    ['name', ' '],
    ['deliveryUrl', 'file:///etc/passwd'],
    ['logo', 'data:image/svg+xml;base64,PHN2Zz4='],
  ] as const) {
    for (const made of [
      await send('POST', '', { ...calls, [field]: value }),
      await send('PUT', `/${conversationProvider.id}`, { [field]: value }),
    ])
      expect([made.status, made.body.message[0]]).toEqual([422, expect.stringContaining(field)])
  }
  expect(await all()).toEqual(before)
})

test('an app has no more than 20 of them, however many are added at once', async () => {
  const calls = Array.from({ length: 24 }, (_, at) => send('POST', '', { name: `Line ${at}`, type: 'Call' }))
  const statuses = (await Promise.all(calls)).map(({ status }) => status)
  expect([(await all()).length, new Set(statuses)]).toEqual([20, new Set([201, 400])])
})
