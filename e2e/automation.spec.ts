import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { APIRequestContext } from '@playwright/test'
import { createTransport } from 'nodemailer'
import { SMTPServer } from 'smtp-server'
import { personOf } from '../packages/cli/src/demo-world.js'
import { signIn } from '../packages/cli/src/session.js'
import { demoWorld, signInAs } from './people.js'
import { test as base, expect, freePort } from './world.js'

/** What the outside world has: a mail server that keeps what it is handed, an app that sends messages, a port for answers. */
interface Outside {
  readonly mails: string[]
  readonly messages: Record<string, string>[]
  readonly smtpUrl: string
  readonly appUrl: string
  readonly answersPort: number
}

const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port

const mailServer = (mails: string[]) =>
  new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        mails.push(Buffer.concat(chunks).toString('utf8'))
        done()
      })
    },
  })

const messagingApp = (messages: Record<string, string>[]): Server =>
  createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    messages.push(JSON.parse(Buffer.concat(chunks).toString('utf8')))
    response.end()
  })

const test = base.extend<object, { outside: Outside }>({
  outside: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
    async ({}, use) => {
      const [mails, messages]: [string[], Record<string, string>[]] = [[], []]
      const smtp = mailServer(mails)
      const app = messagingApp(messages).listen(0, '127.0.0.1')
      await Promise.all([once(app, 'listening'), new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve))])
      const smtpUrl = `smtp://127.0.0.1:${portOf(smtp.server)}`
      await use({ mails, messages, smtpUrl, appUrl: `http://127.0.0.1:${portOf(app)}`, answersPort: await freePort() })
      app.close()
      await new Promise<void>((resolve) => smtp.close(() => resolve()))
    },
    { scope: 'worker' },
  ],
  settings: [
    ({ outside }, use) => use({ GROUNDLEVEL_SMTP_URL: outside.smtpUrl, GROUNDLEVEL_MAIL_PORT: String(outside.answersPort) }),
    { scope: 'worker' },
  ],
})

const actions = [
  { type: 'wait', seconds: 1 },
  { type: 'send_email', subject: 'Your boat', html: '<p>Dear {{contact.first_name}}, which one?</p>' },
  { type: 'send_sms', message: 'We have written to you, {{contact.first_name}}.' },
  { type: 'wait', for: 'reply', days: 2 },
  {
    type: 'if_else',
    conditions: [{ field: 'replied', value: true }],
    // biome-ignore lint/suspicious/noThenProperty: the branch where a condition holds
    then: [{ type: 'add_tag', tags: ['talking'] }],
    else: [{ type: 'add_tag', tags: ['silent'] }],
  },
]

const caller = (request: APIRequestContext, token: string) => async (method: string, path: string, data?: object) => {
  const headers = { authorization: `Bearer ${token}`, version: '2021-07-28' }
  const reply = await request.fetch(path, { method, headers, ...(data ? { data } : {}) })
  expect(reply.ok(), `${method} ${path}: ${reply.status()}`).toBe(true)
  return reply.json()
}

const headerOf = (mail: string, name: string) =>
  new RegExp(`^${name}: (.+(?:\\r\\n[ \\t].+)*)`, 'im').exec(mail)?.[1]?.replace(/\s+/g, ' ') ?? ''

test('from a form to a mail that is really received, an answer, and the branch that it decides', async ({
  page,
  request,
  world,
  outside,
}) => {
  const demo = await demoWorld(request)
  const locationId = demo.locations[0]?.id ?? ''
  const call = caller(request, demo.tokens.location)
  const { client } = await signIn(world.url, personOf(demo as never, 'developer'))
  const appId = demo.apps.find(({ name }) => name === 'Lead Router')?.id ?? ''
  const body = { name: 'Carrier', type: 'SMS', deliveryUrl: outside.appUrl } as const
  const { conversationProvider } = await client.conversations.appProviders.create({ appId, body })
  const choice = { locationId, channel: 'SMS', conversationProviderId: conversationProvider.id }
  await call('PUT', '/_ground/conversations/providers/default', choice)
  const fields = [
    { key: 'full_name', label: 'Your name', required: true },
    { key: 'email', label: 'E-mail', required: true },
    { key: 'phone', label: 'Phone' },
  ]
  const { form } = await call('POST', '/forms/', { locationId, name: 'Boats', fields })
  const triggers = [{ type: 'form_submitted', filters: { formId: form.id } }]
  const { workflow } = await call('POST', '/workflows/', { locationId, name: 'Boats', triggers, actions })
  await call('PUT', `/workflows/${workflow.id}`, { status: 'published' })

  await test.step('the form', async () => {
    await page.goto(form.url)
    await page.getByLabel('Your name').fill('Ada Lovelace')
    await page.getByLabel('E-mail').fill('ada.of.boats@mail.example')
    await page.getByLabel('Phone').fill('+14155550177')
    await page.getByRole('button', { name: 'Send' }).click()
    await expect(page.getByText('Thank you.')).toBeVisible()
  })

  await test.step('a mail and a message really arrive', async () => {
    const mine = () => outside.mails.filter((mail) => mail.includes('ada.of.boats@mail.example'))
    await expect.poll(() => mine().length).toBe(1)
    expect(mine()[0]).toContain('Dear Ada, which one?')
    await expect.poll(() => outside.messages.map(({ message }) => message)).toEqual(['We have written to you, Ada.'])
  })

  const contactId = outside.messages[0]?.contactId ?? ''
  await test.step('the answer comes in and decides', async () => {
    const [mail = ''] = outside.mails.filter((each) => each.includes('ada.of.boats@mail.example'))
    const transport = createTransport({ host: '127.0.0.1', port: outside.answersPort, ignoreTLS: true })
    await transport.sendMail({
      from: 'Ada Lovelace <ada.of.boats@mail.example>',
      to: headerOf(mail, 'Reply-To'),
      subject: 'Re: Your boat',
      text: 'The red one, please.',
      inReplyTo: headerOf(mail, 'Message-ID'),
    })
    transport.close()
    const tags = async () => (await call('GET', `/contacts/${contactId}`)).contact.tags
    await expect.poll(tags).toContain('talking')
    expect(await tags()).not.toContain('silent')
  })

  await test.step('all of it stands in one conversation of the inbox', async () => {
    await signInAs(page, demo, 'location-admin')
    await page.goto(`/portal/sub-account/${locationId}/conversations`)
    await page.getByRole('link', { name: /^Ada Lovelace.*The red one, please\./ }).click()
    const messages = page.getByRole('list', { name: 'Messages' })
    await expect(messages.getByText('We have written to you, Ada.')).toBeVisible()
    await expect(messages.getByText('Dear Ada, which one?')).toBeVisible()
    // What came in by mail is HTML of somebody else: it stands in a frame of its own.
    await expect(messages.frameLocator('iframe').getByText('The red one, please.')).toBeVisible()
  })
  expect(outside.mails.filter((mail) => mail.includes('ada.of.boats@mail.example'))).toHaveLength(1)
})
