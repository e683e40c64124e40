import { connect } from 'node:net'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TalkWorld, talkWorld } from '../../../testing/talk-world.js'
import type { Mail } from '../ports.js'
import { createMailListener, type MailListener } from './listener.js'
import { forgetReceived } from './received-mails.sql.js'

const domain = 'mail.agency.example'
let on: TalkWorld
let listener: MailListener
let port: number
const left: Mail[] = []
let limited = false

beforeAll(async () => {
  const mailer = {
    send: async (mail: Mail) => {
      left.push(mail)
      return { accepted: true, code: 250, message: 'OK', again: false, seconds: 0, host: 'mx.example' }
    },
    close: () => {},
  }
  on = await talkWorld({ mailer, mailFrom: 'hello@agency.example', mailDomain: domain })
  const count = (name: string) => ({ allowed: !(limited && name === 'mail 127.0.0.1') })
  const { db, clock, ports, blobs } = on
  const parts = { db, clock, ports, blobs, say: (line: string) => on.said.push(line) }
  listener = createMailListener(parts, { host: '127.0.0.1', port: 0, domain }, { count })
  port = await listener.start()
})
afterAll(async () => {
  await listener?.stop()
  await on?.close()
})

const call: TalkWorld['call'] = (method, path, options = {}) => on.call(method, path, { token: on.token(), ...options })
const mail = async (message: object) => {
  const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true })
  try {
    return await transport.sendMail(message)
  } finally {
    transport.close()
  }
}
const refusalOf = (message: object) =>
  mail(message).then(
    () => undefined,
    (error: { responseCode?: number }) => error.responseCode,
  )
/** An e-mail that went out, and what the mail server was handed. */
const sent = async (fields: object = {}) => {
  const contact = await on.contact(fields)
  const { body } = await on.send({ type: 'Email', contactId: contact.id, subject: 'Offer', html: '<p>Hello</p>' })
  await on.deliverMails()
  return { contactId: contact.id, ...body, mail: left.at(-1) as Mail } as {
    contactId: string
    conversationId: string
    messageId: string
    emailMessageId: string
    mail: Mail
  }
}
const email = async (id: string) => (await call('GET', `/conversations/messages/email/${id}`)).body
const linesOf = async (conversationId: string) =>
  (await call('GET', `/conversations/${conversationId}/messages`)).body.messages.messages
const inboundOf = (contactId: string) =>
  on
    .told()
    .filter(({ type, payload }) => type === 'InboundMessage' && payload.contactId === contactId)
    .map(({ payload }) => payload)
const ownAddress = async () =>
  (await call('PUT', '/_ground/conversations/mail-address', { body: { locationId: on.locationId } })).body.address as string

test('an answer to an e-mail lands in its thread, with its files, and apps are told', async () => {
  const first = await sent({ email: 'ada@mail.example' })
  expect(first.mail.replyTo).toMatch(/^reply\+[0-9a-f]{24}@mail\.agency\.example$/)
  await mail({
    from: 'Ada Lovelace <Ada@mail.example>',
    to: first.mail.replyTo,
    cc: 'colleague@mail.example',
    subject: 'Re: Offer',
    inReplyTo: first.mail.messageId,
    html: '<p>Yes <img src="cid:logo"></p>',
    attachments: [
      { filename: 'plan.txt', content: 'the plan' },
      { filename: 'logo.png', content: Buffer.from('png'), cid: 'logo' },
    ],
  })
  const [line] = await linesOf(first.conversationId)
  expect(line).toMatchObject({
    id: first.messageId,
    direction: 'inbound',
    meta: { email: { messageIds: [first.emailMessageId, expect.any(String)] } },
  })
  const [told] = inboundOf(first.contactId)
  expect(told).toMatchObject({
    messageType: 'Email',
    subject: 'Re: Offer',
    from: 'Ada Lovelace <ada@mail.example>',
    threadId: first.messageId,
  })
  const stored = await email(told?.emailMessageId as string)
  expect(stored).toMatchObject({
    replyToMessageId: first.emailMessageId,
    cc: ['colleague@mail.example'],
    attachments: [expect.any(String), expect.any(String)],
  })
  const [plan, logo] = ['plan.txt', 'logo.png'].map((name) => stored.attachments.find((url: string) => url.endsWith(name)))
  expect(stored.body).toContain(logo)
  const file = await on.blobs.get(plan.split('/').at(-2))
  expect(file).toMatchObject({ locationId: on.locationId, name: 'plan.txt', size: 8 })
})

test('an answer names its thread by what came before, too, and one that names nothing begins one', async () => {
  const first = await sent()
  const to = first.mail.replyTo
  await mail({
    from: 'x@mail.example',
    to,
    subject: 'a',
    text: 'one',
    inReplyTo: '<elsewhere@x>',
    references: `${first.mail.messageId} <elsewhere@x>`,
  })
  await mail({ from: 'x@mail.example', to, subject: 'b', text: 'two' })
  expect((await linesOf(first.conversationId)).map(({ id }: { id: string }) => id === first.messageId)).toEqual([false, true])
})

test('a mail that is brought twice is kept once, at the same moment too', async () => {
  const first = await sent()
  const message = { from: 'x@mail.example', to: first.mail.replyTo, subject: 's', text: 't', messageId: '<twice@mail.example>' }
  await Promise.all([mail(message), mail(message)])
  await mail(message)
  expect(inboundOf(first.contactId)).toHaveLength(1)
})

test('a mail without a Message-ID is kept once, too, unless somebody else brings it or for somebody else', async () => {
  const [first, other] = [await sent(), await sent()]
  const bring = (from: string, to: string | undefined, text = 't') =>
    mail({ envelope: { from, to: [to] }, raw: `From: <x@mail.example>\r\nSubject: s\r\n\r\n${text}` })
  const { replyTo } = first.mail
  await Promise.all([bring('x@mail.example', replyTo), bring('x@mail.example', replyTo)])
  await bring('x@mail.example', replyTo)
  expect(inboundOf(first.contactId)).toHaveLength(1)
  await bring('list@mail.example', replyTo)
  await bring('x@mail.example', replyTo, 'another')
  await bring('x@mail.example', other.mail.replyTo)
  expect([inboundOf(first.contactId).length, inboundOf(other.contactId).length]).toEqual([3, 1])
  on.clock.advance(6 * 86_400_000)
  await forgetReceived(on.db, on.clock.now())
  await bring('x@mail.example', replyTo)
  expect(inboundOf(first.contactId)).toHaveLength(4)
})

test('the sub-account’s own address takes mail of anybody: who answers is known by the mail, who is new becomes a contact', async () => {
  const asked = async () => (await call('GET', `/_ground/conversations/mail-address?locationId=${on.locationId}`)).body
  expect(await asked()).toMatchObject({ address: null, domain })
  const address = await ownAddress()
  expect(await asked()).toMatchObject({ address, domain })
  expect(address).toMatch(/^inbox\+/)
  expect(await ownAddress()).toBe(address)
  const first = await sent()
  await mail({ from: 'other@mail.example', to: address, subject: 'Re', text: 'me again', inReplyTo: first.mail.messageId })
  expect(inboundOf(first.contactId)).toHaveLength(1)
  for (const text of ['first', 'second'])
    await mail({ from: 'Grace Hopper <grace@mail.example>', to: address, subject: 'New', text })
  const { contacts } = (await call('GET', `/contacts/?locationId=${on.locationId}&query=grace`)).body
  expect(contacts).toMatchObject([{ email: 'grace@mail.example', firstName: 'Grace', lastName: 'Hopper' }])
  expect(inboundOf(contacts[0].id).map(({ body }) => body)).toEqual([
    expect.stringContaining('first'),
    expect.stringContaining('second'),
  ])
})

const report = (id: string, to: string, action = 'failed') => ({
  envelope: { from: '', to: [to] },
  raw: [
    'From: MAILER-DAEMON@mx.example',
    `To: ${to}`,
    'Subject: Undelivered',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'Sorry',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    '',
    'Final-Recipient: rfc822; gone@mail.example',
    `Action: ${action}`,
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 No such user',
    '',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${id}`,
    '',
    '--b--',
    '',
  ].join('\r\n'),
})

test('a mail that comes back has failed, with the reason; a delay says nothing, nor does one of somebody else', async () => {
  const first = await sent()
  const other = await sent()
  const to = first.mail.replyTo as string
  await mail(report(first.mail.messageId, to, 'delayed'))
  await mail(report(other.mail.messageId, to))
  expect((await email(first.emailMessageId)).status).toBe('sent')
  expect((await email(other.emailMessageId)).status).toBe('sent')
  await mail(report(first.mail.messageId, to))
  await mail(report(first.mail.messageId, to))
  expect(await email(first.emailMessageId)).toMatchObject({
    status: 'failed',
    error: { code: '550', message: '550 5.1.1 No such user' },
  })
  const failed = on.told().filter(({ type, payload }) => {
    const stats = payload.webhookPayload as { event: string; message: { headers: Record<string, string> } } | undefined
    return type === 'LCEmailStats' && stats?.event === 'failed' && stats.message.headers['message-id'] === first.emailMessageId
  })
  expect(failed).toHaveLength(1)
  expect(inboundOf(first.contactId)).toEqual([])
})

test('what a program answers stands in the conversation, and workflows take it for no answer', async () => {
  const { contactId, mail: offer } = await sent()
  const from = 'ada@mail.example'
  await mail({ from, to: offer.replyTo, text: 'I am away', headers: { 'Auto-Submitted': 'auto-replied' } })
  await mail({ from, envelope: { from: '', to: [offer.replyTo] }, to: offer.replyTo, text: 'A ticket was opened' })
  await mail({ from, to: offer.replyTo, text: 'I am back' })
  expect(inboundOf(contactId).map(({ body, automatic }) => [String(body).trim(), automatic])).toEqual([
    ['I am away', true],
    ['A ticket was opened', true],
    ['I am back', undefined],
  ])
})

test('nothing is passed on, and nothing is taken that is too large, for too many, of no sender or from here', async () => {
  const first = await sent()
  const to = first.mail.replyTo as string
  const from = 'x@mail.example'
  expect(await refusalOf({ from, to: 'somebody@elsewhere.example', text: 't' })).toBe(550)
  expect(await refusalOf({ from, to: `reply+${'0'.repeat(24)}@${domain}`, text: 't' })).toBe(550)
  expect(await refusalOf({ from: `x@${domain}`, to, text: 't' })).toBe(550)
  expect(await refusalOf({ envelope: { from, to: [to] }, raw: 'Subject: s\r\n\r\nt' })).toBe(550)
  expect(await refusalOf({ from, to, text: 't', attachments: [{ content: Buffer.alloc(26 * 1_048_576) }] })).toBe(552)
  const parts = `From: ${from}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(5000)}--b--`
  expect(await refusalOf({ envelope: { from, to: [to] }, raw: parts })).toBe(550)
  const many = Array.from({ length: 11 }, (_, n) => to.replace('reply', `r${n}`))
  expect((await mail({ from, to: many, text: 't' })).rejected).toEqual(many.slice(10))
  expect(inboundOf(first.contactId)).toHaveLength(1)
})

const greeting = () =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('data', (data) => {
      resolve(data.toString())
      socket.destroy()
    })
    socket.once('error', reject)
  })

test('whoever knocks too often is told to come later', async () => {
  limited = true
  try {
    expect(await greeting()).toMatch(/^421 4\.7\.0 Too much at once/)
  } finally {
    limited = false
  }
  expect(await greeting()).toMatch(/^220 /)
})

test('what cannot be kept is asked for again, and kept then', async () => {
  const first = await sent()
  const { location } = on.ports
  Object.assign(on.ports, { location: () => Promise.reject(new Error('the database is away')) })
  const message = { from: 'x@mail.example', to: first.mail.replyTo, text: 'hello' }
  expect(await refusalOf(message)).toBe(451)
  Object.assign(on.ports, { location })
  await mail(message)
  expect(inboundOf(first.contactId)).toHaveLength(1)
})

test('a port that is taken is one sentence that names it and its setting; where mail comes in is said', async () => {
  expect(on.said).toContain(`Mail comes in at 127.0.0.1:${port}, for addresses that end in @${domain}.`)
  const { db, clock, ports, blobs } = on
  const parts = { db, clock, ports, blobs, say: () => {} }
  const second = createMailListener(parts, { host: '127.0.0.1', port, domain }, { count: () => ({ allowed: true }) })
  await expect(second.start()).rejects.toMatchObject({
    message: `Port ${port} on 127.0.0.1, for mail that comes in, is taken by another program: stop it, or choose another with --mail-port or GROUNDLEVEL_MAIL_PORT.`,
    exitCode: 69,
  })
  await second.stop()
})

test('answers find whoever a contact was merged into', async () => {
  const [first, other] = [await sent(), await sent()]
  const body = { locationId: on.locationId, contactId: other.contactId, mergedId: first.contactId }
  const merged = await call('POST', '/_ground/contacts/merge', { body })
  expect(merged.status).toBeLessThan(300)
  await mail({ from: 'x@mail.example', to: first.mail.replyTo, text: 'still me' })
  expect(inboundOf(other.contactId)).toHaveLength(1)
})
