import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { personOf } from '../packages/cli/src/demo-world.js'
import { signIn } from '../packages/cli/src/session.js'
import type { Demo } from '../packages/server/src/testing/product.js'
import { scratchFolderOnDisk } from '../packages/server/src/testing/scratch.js'

// The product as people start it, from the built files, on its own PostgreSQL: killed whole while deliveries are on their way.
const dataDir = join(scratchFolderOnDisk(), 'data')
const arrived: { webhookId: string; email: string }[] = []
const held: ServerResponse[] = []
let holding = true
let receiver: Server
let server: ChildProcess

const start = async (): Promise<string> => {
  const args = ['packages/cli/bin/groundlevel.js', 'start', '--no-example', '--port', '0', '--data', dataDir]
  server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  return new Promise((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
    server.stdout?.on('data', (chunk: Buffer) => {
      const [, url] = /Groundlevel is ready: (\S+)/.exec(chunk.toString()) ?? []
      if (url) resolve(url)
    })
  })
}

const killEverything = async () => {
  const ended = new Promise((resolve) => server.once('exit', resolve))
  const postmaster = Number(readFileSync(join(dataDir, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0])
  process.kill(-(server.pid as number), 'SIGKILL')
  process.kill(postmaster, 'SIGKILL')
  await ended
}

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
  if (server?.pid && server.exitCode === null) process.kill(-server.pid, 'SIGTERM')
})

test('server and database killed in mid-delivery: every contact is there, every webhook arrives, at most once more', {
  timeout: 120_000,
}, async () => {
  expect(existsSync('packages/cli/dist/main.js'), 'run npm run build first').toBe(true)
  const first = await start()
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

  await killEverything()
  holding = false
  for (const response of held) response.destroy()

  const second = await start()
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
