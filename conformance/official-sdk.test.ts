import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { HighLevel, MemorySessionStorage } from '@gohighlevel/api-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { consent } from '../packages/cli/src/consent.js'
import { personOf } from '../packages/cli/src/demo-world.js'
import { signIn } from '../packages/cli/src/session.js'
import { type Product, startProduct } from '../packages/server/src/testing/product.js'

// The official client as it is on npm, unmodified: only its host is ours, set the one way it leaves open.
let product: Product
let received: Received[] = []
let receiver: ReturnType<typeof createServer>

interface Received {
  readonly headers: Record<string, string | string[] | undefined>
  readonly rawBody: string
}

beforeAll(async () => {
  product = await startProduct()
  ;(HighLevel as unknown as { BASE_URL: string }).BASE_URL = product.url
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      received.push({ headers: request.headers, rawBody: Buffer.concat(chunks).toString() })
      response.end('ok')
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  receiver?.close()
  await product?.stop()
})

const leadRouter = () => {
  const app = product.demo.apps.find(({ name }) => name === 'Lead Router')
  if (!app) throw new Error('no Lead Router in the demo world')
  return app
}

const clientOf = () => {
  const { clientId, clientSecret } = leadRouter()
  return new HighLevel({ clientId, clientSecret, sessionStorage: new MemorySessionStorage(), logLevel: 'none' as never })
}

const codeFor = async (choice: { locationIds: readonly string[]; companyId?: string; all: boolean; future: boolean }) => {
  const session = await signIn(product.url, personOf(product.demo, 'agency-admin'))
  return (await consent(session, leadRouter().clientId, choice)).code
}

describe('@gohighlevel/api-client 3.1.0, unmodified', () => {
  test('exchanges a code for a company token, that for a location token, and works on contacts and notes with it', async () => {
    const { company, locations } = product.demo
    const [location] = locations
    if (!location) throw new Error('no location')
    const { clientId, clientSecret } = leadRouter()
    const ghl = clientOf()
    const code = await codeFor({ locationIds: [location.id], companyId: company.id, all: false, future: false })
    const companyToken = await ghl.oauth.getAccessToken({
      client_id: clientId,
      client_secret: clientSecret,
      grant_type: 'authorization_code',
      code,
    })
    expect(companyToken).toMatchObject({
      userType: 'Company',
      companyId: company.id,
      isBulkInstallation: true,
      expires_in: 86399,
      token_type: 'Bearer',
    })
    await ghl.getSessionStorage().setSession(company.id, companyToken as never)

    const locationToken = await ghl.oauth.getLocationAccessToken({ companyId: company.id, locationId: location.id })
    expect(locationToken).toMatchObject({ locationId: location.id, userType: 'Location', companyId: company.id })
    await ghl.getSessionStorage().setSession(location.id, locationToken as never)

    const headers = { headers: { locationId: location.id } }
    const { contact } = await ghl.contacts.createContact(
      { locationId: location.id, firstName: 'Sdk', email: 'sdk@example.com' } as never,
      headers,
    )
    const id = contact?.id as string
    expect((await ghl.contacts.getContact({ contactId: id }, headers)).contact?.email).toBe('sdk@example.com')
    const updated = await ghl.contacts.updateContact({ contactId: id }, { lastName: 'Client' } as never, headers)
    expect(updated).toMatchObject({ succeded: true, contact: { lastName: 'Client' } })
    const upserted = await ghl.contacts.upsertContact(
      { locationId: location.id, email: 'sdk@example.com', phone: '+14155550188' } as never,
      headers,
    )
    expect(upserted).toMatchObject({ new: false, contact: { id } })
    expect(await ghl.contacts.addTags({ contactId: id }, { tags: ['sdk'] } as never, headers)).toMatchObject({ tags: ['sdk'] })
    expect(await ghl.contacts.removeTags({ contactId: id }, { tags: ['sdk'] } as never, headers)).toMatchObject({ tags: [] })
    const listed = (await ghl.contacts.getContacts({ locationId: location.id, query: 'sdk@example', limit: 5 } as never)) as {
      contacts: { id: string }[]
    }
    expect(listed.contacts.map((each) => each.id)).toEqual([id])
    const duplicate = (await ghl.contacts.getDuplicateContact({ locationId: location.id, email: 'sdk@example.com' })) as {
      contact: { id: string }
    }
    expect(duplicate.contact.id).toBe(id)

    const { note } = await ghl.contacts.createNote({ contactId: id }, { body: 'From the official client' } as never, headers)
    const noteId = note?.id as string
    expect((await ghl.contacts.getAllNotes({ contactId: id }, headers)).notes).toHaveLength(1)
    expect((await ghl.contacts.updateNote({ contactId: id, id: noteId }, { body: 'Changed' } as never, headers)).note?.body).toBe(
      'Changed',
    )
    expect((await ghl.contacts.getNote({ contactId: id, id: noteId }, headers)).note?.body).toBe('Changed')
    expect(await ghl.contacts.deleteNote({ contactId: id, id: noteId }, headers)).toMatchObject({ succeded: true })

    expect((await ghl.locations.getLocation({ locationId: location.id })).location?.name).toBe(location.name)
    expect((await ghl.users.getUserByLocation({ locationId: location.id })).users?.length).toBeGreaterThan(0)
    expect(await ghl.contacts.deleteContact({ contactId: id }, headers)).toMatchObject({ succeded: true })
    const installed = await ghl.oauth.getInstalledLocation({ companyId: company.id, appId: leadRouter().id, limit: '10' })
    expect(installed.count).toBe(3)
  })

  test('meets a dead token with one refresh and repeats the call', async () => {
    const [, location] = product.demo.locations
    if (!location) throw new Error('no second location')
    const { clientId, clientSecret } = leadRouter()
    const ghl = clientOf()
    const session = await signIn(product.url, personOf(product.demo, 'agency-admin'))
    const { code } = await consent(session, clientId, {
      locationIds: [location.id],
      companyId: product.demo.company.id,
      all: false,
      future: false,
    })
    const company = await ghl.oauth.getAccessToken({
      client_id: clientId,
      client_secret: clientSecret,
      grant_type: 'authorization_code',
      code,
    })
    await ghl.getSessionStorage().setSession(product.demo.company.id, company as never)
    const token = await ghl.oauth.getLocationAccessToken({ companyId: product.demo.company.id, locationId: location.id })
    await ghl.getSessionStorage().setSession(location.id, { ...token, access_token: 'dead.dead.dead' } as never)
    const listed = (await ghl.contacts.getContacts({ locationId: location.id, limit: 1 } as never)) as { contacts: unknown[] }
    expect(listed.contacts).toHaveLength(1)
    const stored = await ghl.getSessionStorage().getSession(location.id)
    expect(stored?.access_token).not.toBe('dead.dead.dead')
    expect(stored?.refresh_token).not.toBe((token as { refresh_token?: string }).refresh_token)
  })

  test('accepts a webhook that we delivered and refuses a tampered one', async () => {
    const [location] = product.demo.locations
    const app = leadRouter()
    const developer = await signIn(product.url, personOf(product.demo, 'developer'))
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/webhooks`
    await developer.client.apps.app.update({ appId: app.id, body: { webhookUrl: url } })
    received = []
    const token = product.demo.tokens.location
    const made = await fetch(`${product.url}/contacts/`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, version: '2021-07-28', 'content-type': 'application/json' },
      body: JSON.stringify({ locationId: location?.id, email: 'hook@example.com', firstName: 'Hook' }),
    })
    expect(made.status).toBe(201)
    await expect.poll(() => received.length, { timeout: 10_000 }).toBe(1)
    const [delivery] = received
    if (!delivery) throw new Error('nothing arrived')
    const { keys } = (await (await fetch(`${product.url}/.well-known/webhook-keys`)).json()) as {
      keys: { header: string; publicKeyPem: string }[]
    }
    const webhookPublicKey = keys.find(({ header }) => header === 'x-ghl-signature')?.publicKeyPem as string
    const ghl = new HighLevel({
      clientId: app.clientId,
      clientSecret: app.clientSecret,
      webhookPublicKey,
      logLevel: 'none' as never,
    })
    const middleware = ghl.webhooks.subscribe() as unknown as (
      request: object,
      response: object,
      next: () => void,
    ) => Promise<void>
    const judge = async (body: object) => {
      const request = { method: 'POST', url: '/webhooks', headers: delivery.headers, body } as { isSignatureValid?: boolean }
      await middleware(request, {}, () => {})
      return request.isSignatureValid
    }
    const body = JSON.parse(delivery.rawBody) as Record<string, unknown>
    expect(body).toMatchObject({ type: 'ContactCreate', locationId: location?.id, appId: app.id, email: 'hook@example.com' })
    expect(await judge(body)).toBe(true)
    expect(await judge({ ...body, email: 'forged@example.com' })).toBe(false)
  })

  test('checks its health against ours', async () => {
    expect(await (clientOf() as unknown as { healthCheck(): Promise<unknown> }).healthCheck()).toBeTruthy()
  })
})
