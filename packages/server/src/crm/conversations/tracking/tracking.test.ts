import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TalkWorld, talkWorld } from '../../../testing/talk-world.js'
import type { Mail } from '../ports.js'
import { createTracking, tracked } from './tracking.rules.js'

const host = 'http://127.0.0.1:4000'
const tracking = createTracking(Buffer.alloc(32, 1), () => host)
let on: TalkWorld
const left: Mail[] = []

beforeAll(async () => {
  const mailer = {
    send: async (mail: Mail) => {
      left.push(mail)
      return { accepted: true, code: 250, message: 'OK', again: false, seconds: 0, host: 'mx.example' }
    },
    close: () => {},
  }
  on = await talkWorld({ mailer, tracking })
})
afterAll(() => on?.close())

const sent = async (html: string) => {
  const contact = await on.contact()
  const { body } = await on.send({ type: 'Email', contactId: contact.id, subject: 's', html })
  await on.deliverMails()
  return { ...body, html: left.at(-1)?.html ?? '' } as { emailMessageId: string; messageId: string; html: string }
}
const visit = (url: string, agent = 'Firefox') =>
  on.app.inject({ method: 'GET', url: url.replaceAll('&amp;', '&').replace(host, ''), headers: { 'user-agent': agent } })
const email = async (id: string) => (await on.call('GET', `/conversations/messages/email/${id}`, { token: on.token() })).body
const statusOf = async (id: string) =>
  (await on.call('GET', `/conversations/messages/${id}`, { token: on.token() })).body.message.status
const statsOf = (emailId: string) =>
  on
    .told()
    .filter(({ type }) => type === 'LCEmailStats')
    .map(({ payload }) => payload.webhookPayload as { event: string; message: { headers: Record<string, string> } })
    .filter(({ message }) => message.headers['message-id'] === emailId)
    .map(({ event }) => event)
const pictureIn = (html: string) => /<img src="([^"]+)"/.exec(html)?.[1] as string
const linkIn = (html: string) => /<a href="([^"]+)"/.exec(html)?.[1] as string

test('an e-mail that is opened and whose link is followed says so, each once, and the link leads where it led', async () => {
  const mail = await sent('<p><a href="https://shop.example/?a=1&amp;b=2">Shop</a></p>')
  expect((await email(mail.emailMessageId)).body).not.toContain('/_ground/m/')
  for (let n = 0; n < 2; n++) expect((await visit(pictureIn(mail.html))).headers['content-type']).toBe('image/gif')
  expect(await email(mail.emailMessageId)).toMatchObject({ status: 'opened' })
  expect(await statusOf(mail.messageId)).toBe('opened')
  for (let n = 0; n < 2; n++) {
    const reply = await visit(linkIn(mail.html))
    expect([reply.statusCode, reply.headers.location]).toEqual([302, 'https://shop.example/?a=1&b=2'])
  }
  expect(await statusOf(mail.messageId)).toBe('clicked')
  expect(statsOf(mail.emailMessageId)).toEqual(['accepted', 'opened', 'clicked'])
})

test('at one moment too it is counted once', async () => {
  const mail = await sent('<p>x</p>')
  await Promise.all(Array.from({ length: 5 }, () => visit(pictureIn(mail.html))))
  expect(statsOf(mail.emailMessageId)).toEqual(['accepted', 'opened'])
})

test('nobody is led where we did not lead them, and programs that look at links count for nobody', async () => {
  const mail = await sent('<a href="https://shop.example/">Shop</a>')
  const url = linkIn(mail.html)
  expect((await visit(url.replace('shop.example', 'evil.example'))).statusCode).toBe(404)
  expect((await visit(pictureIn(mail.html).replace(/\/[^/]+$/, '/AAAAAAAAAAAAAAAAAAAAAA'))).statusCode).toBe(404)
  expect((await visit(url, 'Mimecast scanner')).statusCode).toBe(302)
  expect(statsOf(mail.emailMessageId)).toEqual(['accepted'])
})

test('links to the web alone are counted, and texts that are no HTML to speak of cost no time', () => {
  const mail = { locationId: 'l', emailId: 'e' }
  const html = '<body><a href="mailto:a@b.example">m</a><a href="#top">t</a><A class=x HREF=\'https://a.example\'>a</A></body>'
  const text = tracked(html, tracking, mail)
  expect(text).toContain('href="mailto:a@b.example"')
  expect(text).toContain(`HREF='${host}/_ground/m/c/l/e/`)
  expect(text).toMatch(/<img [^>]*><\/body>$/)
  const startedAt = performance.now()
  tracked('<a '.repeat(150_000), tracking, mail)
  tracked(`<a ${' href= '.repeat(60_000)}`, tracking, mail)
  expect(performance.now() - startedAt).toBeLessThan(2_000)
})
