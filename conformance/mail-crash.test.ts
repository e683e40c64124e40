import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Demo } from '../packages/server/src/testing/product.js'
import { scratchFolderOnDisk } from '../packages/server/src/testing/scratch.js'
import { type DoomedServer, doomedServer } from './doomed-server.js'

// Killed whole while a mail server has a mail and has not answered yet, and while mail comes in.
const mails = 24
const stalled = 'stalled@mail.example'

interface Taken {
  readonly messageId: string
  readonly to: string
  /** Whether we have said that we have it. */
  isAnswered: boolean
}

const taken: Taken[] = []
let holding = true
let sink: SMTPServer
let server: DoomedServer
let mailPort: number

const readAll = async (stream: SMTPServerDataStream) => {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const listener = createServer().listen(0, '127.0.0.1', () => {
      const { port } = listener.address() as AddressInfo
      listener.close(() => resolve(port))
    })
  })

beforeAll(async () => {
  sink = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, { envelope }, done) =>
      void readAll(stream).then((text) => {
        const to = envelope.rcptTo[0]?.address ?? ''
        const mail = { messageId: /^Message-ID: (\S+)/im.exec(text)?.[1] ?? '', to, isAnswered: false }
        taken.push(mail)
        if (holding && to === stalled) return
        mail.isAnswered = true
        done()
      }),
  })
  sink.on('error', () => {})
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve))
  mailPort = await freePort()
  server = doomedServer(join(scratchFolderOnDisk(), 'data'), [
    ...['--smtp-url', `smtp://127.0.0.1:${(sink.server.address() as AddressInfo).port}`, '--mail-port', String(mailPort)],
    ...['--mail-domain', 'in.example'],
  ])
})
afterAll(async () => {
  server?.clear()
  await new Promise<void>((resolve) => sink.close(() => resolve()))
})

const asker = async (url: string, demo?: Demo) => {
  const world = demo ?? ((await (await fetch(`${url}/_ground/lab/demo`)).json()) as Demo)
  const headers = { authorization: `Bearer ${world.tokens.location}`, version: '2021-04-15', 'content-type': 'application/json' }
  const locationId = world.locations[0]?.id ?? ''
  return {
    demo: world,
    locationId,
    ask: async (method: string, path: string, body?: object) =>
      // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came back
      (await (await fetch(url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })).json()) as any,
  }
}
type Asker = Awaited<ReturnType<typeof asker>>

const statusesOf = ({ ask }: Asker, ids: readonly string[]) =>
  Promise.all(ids.map(async (id) => (await ask('GET', `/conversations/messages/email/${id}`)).status as string))

/** Brings mails as a mail server does, some of them without Message-ID; who breaks off has heard no answer. */
const bring = async (address: string, some: readonly number[]): Promise<void> => {
  const transport = createTransport({ host: '127.0.0.1', port: mailPort, ignoreTLS: true, pool: true, maxConnections: 3 })
  const raw = (n: number) =>
    `From: <writer-${n}@mail.example>\r\nSubject: n${n}\r\n${n % 2 ? `Message-ID: <n${n}@mail.example>\r\n` : ''}\r\nText ${n}\r\n`
  await Promise.all(
    some.map((n) =>
      transport.sendMail({ envelope: { from: `writer-${n}@mail.example`, to: [address] }, raw: raw(n) }).catch(() => undefined),
    ),
  )
  transport.close()
}

test('server and database killed between a mail and its answer: no mail is lost, and only unanswered ones go again', {
  timeout: 120_000,
}, async () => {
  const first = await asker(await server.start())
  const { locationId, ask } = first
  const { address } = await ask('PUT', '/_ground/conversations/mail-address', { locationId })
  const recipients = [stalled, ...Array.from({ length: mails - 1 }, (_, n) => `reader-${n}@mail.example`)]
  const sent: string[] = await Promise.all(
    recipients.map(async (email) => {
      const { contact } = await ask('POST', '/contacts/', { locationId, email })
      const body = { type: 'Email', contactId: contact.id, subject: 'Hello', html: '<p>Hello</p>' }
      return (await ask('POST', '/conversations/messages', body)).emailMessageId
    }),
  )
  await expect.poll(() => taken.length, { timeout: 20_000 }).toBe(mails)
  await expect
    .poll(async () => (await statusesOf(first, sent)).slice(1), { timeout: 20_000 })
    .toEqual(Array(mails - 1).fill('sent'))

  const numbers = Array.from({ length: 20 }, (_, n) => n)
  const bringing = bring(address, numbers)
  const inbox = async (on: Asker) => {
    const { messages } = await on.ask('GET', `/_ground/lab/outbox?locationId=${locationId}&channel=email&limit=100`)
    const all = messages as { direction: string; subject?: string }[]
    return all.flatMap(({ direction, subject = '' }) => (direction === 'inbound' && /^n\d+$/.test(subject) ? [subject] : []))
  }
  await expect.poll(() => inbox(first), { timeout: 20_000, interval: 20 }).not.toHaveLength(0)
  await server.kill()
  await bringing
  holding = false

  const second = await asker(await server.start(), first.demo)
  await bring(address, numbers)
  await bring(address, numbers.slice(0, 4))
  await expect.poll(() => statusesOf(second, sent), { timeout: 30_000 }).toEqual(sent.map(() => 'sent'))

  expect((await inbox(second)).sort()).toEqual(numbers.map((n) => `n${n}`).sort())
  const copies = recipients.map((recipient) => taken.filter(({ to }) => to === recipient))
  expect(copies.map(({ length }) => length)).toEqual([2, ...Array(mails - 1).fill(1)])
  expect(new Set(copies[0]?.map(({ messageId }) => messageId)).size).toBe(1)
  expect(new Set(taken.map(({ messageId }) => messageId)).size).toBe(mails)
})
