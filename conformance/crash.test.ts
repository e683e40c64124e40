import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { personOf } from '../packages/cli/src/demo-world.js'
import { signIn } from '../packages/cli/src/session.js'
import type { Demo } from '../packages/server/src/testing/product.js'
import { scratchFolderOnDisk } from '../packages/server/src/testing/scratch.js'
import { doomedServer } from './doomed-server.js'

// Killed whole while deliveries are on their way.
const server = doomedServer(join(scratchFolderOnDisk(), 'data'))
const arrived: { webhookId: string; email: string }[] = []
const held: ServerResponse[] = []
let holding = true
let receiver: Server

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const { webhookId, email } = JSON.parse(Buffer.concat(chunks).toString())
      arrived.push({ webhookId, email })
      if (holding) held.push(response)
      else response.end('ok')
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
})

afterAll(() => {
  receiver?.close()
  receiver?.closeAllConnections()
  server.clear()
})

test('server and database killed in mid-delivery: every contact is there, every webhook arrives, at most once more', {
  timeout: 120_000,
}, async () => {
  const first = await server.start()
  const demo = (await (await fetch(`${first}/_ground/lab/demo`)).json()) as Demo
  const [location] = demo.locations
  const app = demo.apps.find(({ name }) => name === 'Lead Router')
  const developer = await signIn(first, personOf(demo, 'developer'))
  const webhookUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/webhooks`
  await developer.client.apps.app.update({ appId: app?.id ?? '', body: { webhookUrl } })

  const headers = { authorization: `Bearer ${demo.tokens.location}`, version: '2021-07-28', 'content-type': 'application/json' }
  const emails = Array.from({ length: 20 }, (_, at) => `crash-${at}@example.com`)
  const made = await Promise.all(
    emails.map((email) =>
      fetch(`${first}/contacts/`, { method: 'POST', headers, body: JSON.stringify({ locationId: location?.id, email }) }),
    ),
  )
  expect(made.map(({ status }) => status)).toEqual(emails.map(() => 201))
  await expect.poll(() => arrived.length, { timeout: 15_000 }).toBeGreaterThanOrEqual(10)

  await server.kill()
  holding = false
  for (const response of held) response.destroy()

  const second = await server.start()
  await expect.poll(() => new Set(arrived.map(({ email }) => email)).size, { timeout: 60_000 }).toBe(emails.length)
  const listed = await fetch(`${second}/contacts/?locationId=${location?.id}&query=crash-&limit=100`, { headers })
  const { contacts } = (await listed.json()) as { contacts: { email: string }[] }
  expect(contacts.map(({ email }) => email).sort()).toEqual([...emails].sort())

  // Nothing more comes once all is delivered; each body came at most twice, under one webhookId.
  await expect.poll(() => stillWaiting(second, demo), { timeout: 30_000 }).toBe(0)
  for (const email of emails) {
    const copies = arrived.filter((each) => each.email === email)
    expect(copies.length, email).toBeLessThanOrEqual(2)
    expect(new Set(copies.map(({ webhookId }) => webhookId)).size, email).toBe(1)
  }
})

const stillWaiting = async (url: string, demo: Demo) => {
  const developer = await signIn(url, personOf(demo, 'developer'))
  const { rows } = await developer.client.timeline.rows.list({ query: { kind: 'delivery', outcome: 'waiting' } })
  return rows.filter(({ title }) => title.startsWith('ContactCreate')).length
}
