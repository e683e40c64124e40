import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ownerName } from '../../background/owner.js'
import { freePredecessors } from '../../database/leases.js'
import { type TalkWorld, talkWorld } from '../../testing/talk-world.js'
import type { Mail, Mailer } from './ports.js'
import { createMailer } from './smtp.js'

interface Received {
  readonly from: string
  readonly to: string[]
  readonly text: string
}

let on: TalkWorld
let server: SMTPServer
let url: string
let received: Received[] = []
/** What the server says to the recipients; undefined: welcome. */
let refusal: { readonly code: number; readonly message: string } | undefined

beforeAll(async () => {
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) =>
      done(refusal ? Object.assign(new Error(refusal.message), { responseCode: refusal.code }) : null),
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const from = envelope.mailFrom ? envelope.mailFrom.address : ''
        received.push({ from, to: envelope.rcptTo.map(({ address }) => address), text: Buffer.concat(chunks).toString('utf8') })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  on = await talkWorld({ mailer: createMailer(url), mailFrom: 'hello@agency.example' })
})
afterAll(async () => {
  await on?.close()
  on?.ports.mailer?.close()
  await new Promise<void>((resolve) => server.close(() => resolve()))
})
beforeEach(() => {
  received = []
  refusal = undefined
})

const deliver = (mailer = on.ports.mailer) => on.deliverMails(mailer)
const email = async (id: string) => (await on.call('GET', `/conversations/messages/email/${id}`, { token: on.token() })).body
const send = async (more: object = {}, fields: object = {}) => {
  const contact = await on.contact(fields)
  return (await on.send({ type: 'Email', contactId: contact.id, subject: 'Grüße', html: '<p>Hello</p>', ...more })).body
}
interface MailEvent {
  readonly event: string
  readonly message: { readonly headers: { readonly 'message-id': string } }
}

const statsOf = (emailId: string) =>
  on
    .told()
    .filter(({ type }) => type === 'LCEmailStats')
    .map(({ payload }) => payload.webhookPayload as MailEvent)
    .filter(({ message }) => message.headers['message-id'] === emailId)

test('an e-mail really goes through the mail server, once, with its headers, and the mail event says so', async () => {
  const sent = await send({ emailBcc: ['hidden@mail.example'] }, { email: 'ada@mail.example' })
  expect(sent.status).toBe('pending')
  expect(received).toEqual([])
  const [one, other] = await Promise.all([deliver(), deliver()])
  expect(one + other).toBe(1)
  expect(received).toHaveLength(1)
  expect(received[0]).toMatchObject({ from: 'hello@agency.example', to: ['ada@mail.example', 'hidden@mail.example'] })
  const text = received[0]?.text ?? ''
  expect(text).toContain('From: One <hello@agency.example>')
  expect(text).toContain(`Message-ID: <${sent.emailMessageId}@agency.example>`)
  expect(text).toContain('<p>Hello</p>')
  expect(text).not.toContain('hidden@mail.example')
  expect(await email(sent.emailMessageId)).toMatchObject({ status: 'sent', provider: 'smtp' })
  expect(statsOf(sent.emailMessageId)).toMatchObject([
    { event: 'accepted', recipient: 'ada@mail.example', 'delivery-status': { code: 250 } },
  ])
  expect(await deliver()).toBe(0)
})

test('an answer names what it answers, so that mail programs show one thread', async () => {
  const first = await send()
  await deliver()
  const { contactId } = await email(first.emailMessageId)
  const reply = (await on.send({ type: 'Email', contactId, message: 'more', replyMessageId: first.emailMessageId })).body
  await deliver()
  expect(received[1]?.text).toContain(`In-Reply-To: <${first.emailMessageId}@agency.example>`)
  expect(received[1]?.text).toContain('Subject: =?UTF-8?Q?Re=3A_Gr=C3=BC=C3=9Fe?=')
  expect(reply.messageId).toBe(first.messageId)
})

test('a server’s no is the end of it; a later, one more try after a pause', async () => {
  refusal = { code: 550, message: 'No such user' }
  const bad = await send()
  await deliver()
  expect(await email(bad.emailMessageId)).toMatchObject({ status: 'failed', error: { code: '550', type: 'smtp' } })
  expect(statsOf(bad.emailMessageId)).toMatchObject([{ event: 'failed' }])
  refusal = { code: 451, message: 'Try later' }
  const late = await send()
  await deliver()
  expect((await email(late.emailMessageId)).status).toBe('pending')
  expect(await deliver()).toBe(0)
  refusal = undefined
  on.clock.advance(61_000)
  expect(await deliver()).toBe(1)
  expect((await email(late.emailMessageId)).status).toBe('sent')
})

test('a mail server that is away costs no e-mail: they wait, and fail in the end', async () => {
  const gone = createMailer('smtp://127.0.0.1:1')
  const sent = await send()
  for (let attempt = 0; attempt < 6; attempt++) {
    await deliver(gone)
    on.clock.advance(5 * 3_600_000)
  }
  expect(await email(sent.emailMessageId)).toMatchObject({ status: 'failed', error: { type: 'smtp' } })
  gone.close()
})

test('an e-mail that cannot be put together has its tries as well, and fails in the end with the reason', async () => {
  const sent = await send()
  const { tracking } = on.ports
  const broken = { get: () => assert.fail('no key') }
  Object.assign(on.ports, { tracking: new Proxy({}, broken) })
  for (let attempt = 0; attempt < 6; attempt++) {
    await deliver()
    on.clock.advance(5 * 3_600_000)
  }
  Object.assign(on.ports, { tracking })
  expect(await email(sent.emailMessageId)).toMatchObject({
    status: 'failed',
    error: { message: 'The e-mail could not be put together: no key' },
  })
  expect(received).toEqual([])
})

/** A mailer whose server says nothing to mails of a subject until it is told to. */
const slowFor = (subject: string) => {
  const mailer = on.ports.mailer as Mailer
  let answer = () => {}
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  const send = async (mail: Mail) => {
    if (mail.subject === subject) await answered
    return mailer.send(mail)
  }
  return { mailer: { send, close: () => {} }, answer }
}

test('a mail server that takes long over one mail holds up no other, and what it says of the others is kept at once', async () => {
  const [late, soon] = [await send({ subject: 'late' }), await send({ subject: 'soon' })]
  const { mailer, answer } = slowFor('late')
  const delivered = deliver(mailer)
  await expect.poll(async () => (await email(soon.emailMessageId)).status).toBe('sent')
  expect((await email(late.emailMessageId)).status).toBe('pending')
  expect(await deliver()).toBe(0)
  answer()
  expect(await delivered).toBe(2)
  expect((await email(late.emailMessageId)).status).toBe('sent')
})

const owned = () =>
  on.db.selectFrom('messageSends').select(['emailId', 'leaseOwner']).where('leaseOwner', 'is not', null).execute()

test('what a dead process had taken is due again at the next start; what a living one has is left to it', async () => {
  const dataDir = '/tmp/mail-test'
  const sent = await send()
  const { mailer, answer } = slowFor('Grüße')
  const delivered = deliver(mailer)
  await expect.poll(owned).toHaveLength(1)
  const living = ownerName(dataDir)
  const takenBy = async (leaseOwner: string) => {
    await on.db.updateTable('messageSends').set({ leaseOwner }).where('emailId', '=', sent.emailMessageId).execute()
    await freePredecessors(on.db, 'messageSends', dataDir)
    return owned()
  }
  expect(await takenBy(living)).toHaveLength(1)
  expect(await takenBy(living.replace(`:${process.pid}:`, ':99999999:'))).toEqual([])
  expect(await deliver()).toBe(1)
  expect((await email(sent.emailMessageId)).status).toBe('sent')
  answer()
  await delivered
  expect(statsOf(sent.emailMessageId)).toHaveLength(1)
})

test('an answer of the mail server is not lost with a database that is away for a moment', async () => {
  const sent = await send()
  const { location } = on.ports
  let asked = 0
  Object.assign(on.ports, { location: (id: string) => (asked++ === 0 ? Promise.reject(new Error('away')) : location(id)) })
  expect(await deliver()).toBe(1)
  Object.assign(on.ports, { location })
  expect((await email(sent.emailMessageId)).status).toBe('sent')
  expect(received).toHaveLength(1)
})
