import { afterAll, beforeAll, expect, test } from 'vitest'
import { eraseKeyedReplies } from '../http/idempotency.sql.js'
import { callApi } from '../testing/oauth-browser.js'
import { type OAuthWorld, oauthWorld } from '../testing/oauth-world.js'
import { allRows } from '../testing/proof/tenant-rows.js'
import { eraseFromWebhooks } from '../webhooks/index.js'
import { eraseTraces } from './index.js'

let world: OAuthWorld
let token: string
let locationId: string

beforeAll(async () => {
  world = await oauthWorld()
  locationId = world.north.locations[0] ?? ''
  const scopes = ['contacts.readonly', 'contacts.write']
  const grant = { companyId: world.north.id, locationId, name: 'test', scopes, now: world.clock.now() }
  token = (await world.oauth.createPrivateToken(world.db, grant)).token
})
afterAll(() => world?.close())

const call = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => callApi(world, token, method, path, body)

const makePerson = async (email: string, phone: string) => {
  const { contact } = (
    await call('POST', '/contacts/', { locationId, firstName: 'Zebulon', lastName: 'Quirk', email, phone })
  ).json()
  await call('POST', `/contacts/${contact.id}/notes`, { body: `likes ${email}` })
  await call('GET', `/contacts/?locationId=${locationId}&query=${encodeURIComponent(email)}`)
  await call('POST', '/contacts/', { locationId, email })
  return contact.id as string
}

const job = (at: Date) =>
  eraseTraces(
    world.db,
    {
      eraseFromWebhooks,
      eraseFromLog: (_db, about) => world.timeline.erase(about),
      eraseFromKeyedReplies: (db, { terms }) => eraseKeyedReplies(db, terms),
    },
    at,
  )

const logOf = async () => {
  await world.flush()
  return (await world.db.selectFrom('requestLog').selectAll().execute()).map((row) => JSON.stringify(row))
}

test('an export holds the contact, its rows, and what outbox and log say of it', async () => {
  const id = await makePerson('shown@quirk.example', '+14155550123')
  const body = (await call('GET', `/_ground/contacts/${id}/export`)).json()
  expect(body.contact).toMatchObject({ id, email: 'shown@quirk.example' })
  expect(body.tables.contactNotes).toMatchObject([{ body: 'likes shown@quirk.example' }])
  expect(body.events.map(({ type }: { type: string }) => type)).toEqual(['ContactCreate', 'NoteCreate'])
  expect(body.requests.length).toBeGreaterThan(2)
})

test('an erased person is found nowhere in the database; the act is, and apps are told the id alone', async () => {
  const person = ['gone@quirk.example', '+14155550188']
  const id = await makePerson(person[0] ?? '', person[1] ?? '')
  const kept = await makePerson('stays@quirk.example', '+14155550199')
  const everything = async () => [...(await allRows(world.db)), ...(await logOf())]
  expect((await everything()).some((row) => row.includes('gone@quirk.example'))).toBe(true)
  const reply = await call('POST', `/_ground/contacts/${id}/erase`, { reason: 'asked for it' })
  expect([reply.statusCode, reply.json()]).toMatchObject([200, { succeded: true, succeeded: true, contactId: id }])
  const now = world.clock.now()
  await job(now)
  await job(new Date(now.getTime() + 61_000))
  const rows = await everything()
  for (const text of [...person, ...person.map(encodeURIComponent)]) expect(rows.filter((row) => row.includes(text))).toEqual([])
  expect(rows.some((row) => row.includes('stays@quirk.example'))).toBe(true)
  const told = await world.db.selectFrom('events').select('payload').where('type', '=', 'ContactDelete').execute()
  expect(told).toEqual([{ payload: JSON.stringify({ id }) }])
  const acts = await world.db.selectFrom('audit').select('detail').where('act', '=', 'contact.erase').execute()
  expect(acts).toEqual([{ detail: { contactId: id, reason: 'asked for it' } }])
  expect((await call('GET', `/contacts/${kept}`)).statusCode).toBe(200)
  expect((await call('GET', `/contacts/${id}`)).statusCode).toBe(400)
})

const storeFile = (of: string, recordId: string) =>
  world.blobs.put(world.db, Buffer.from('their passport'), {
    locationId: of,
    recordId,
    name: 'passport.pdf',
    contentType: 'application/pdf',
    now: world.clock.now(),
  })

test('an export names the files, each with its address', async () => {
  const id = await makePerson('filed@quirk.example', '+14155550144')
  const { url } = await storeFile(locationId, id)
  await storeFile(world.north.locations[1] ?? '', id)
  const { files } = (await call('GET', `/_ground/contacts/${id}/export`)).json()
  expect(files).toMatchObject([{ name: 'passport.pdf', contentType: 'application/pdf', size: 14, url }])
})

test('a contact that is deleted in the ordinary way takes its files with it; those of others stay', async () => {
  const id = await makePerson('ordinary@quirk.example', '+14155550155')
  const stored = [
    await storeFile(locationId, id),
    await storeFile(locationId, 'somebodyElse00000000'),
    await storeFile(world.north.locations[1] ?? '', id),
  ]
  expect((await call('DELETE', `/contacts/${id}`)).statusCode).toBe(200)
  const statuses = await Promise.all(
    stored.map(async ({ url }) => (await world.app.inject({ url: new URL(url).pathname })).statusCode),
  )
  expect(statuses).toEqual([404, 200, 200])
})

test('the files of an erased person are gone, bytes and all; those of others stay', async () => {
  const id = await makePerson('papers@quirk.example', '+14155550166')
  const [theirs, beside, foreign] = [
    await storeFile(locationId, id),
    await storeFile(locationId, 'somebodyElse00000000'),
    await storeFile(world.north.locations[1] ?? '', id),
  ]
  const paths = [theirs, beside, foreign].map(({ url }) => new URL(url).pathname)
  const bytes = (await world.blobs.get(theirs.id))?.open
  expect((await call('POST', `/_ground/contacts/${id}/erase`, {})).statusCode).toBe(200)
  const statuses = await Promise.all(paths.map(async (url) => (await world.app.inject({ url })).statusCode))
  expect(statuses).toEqual([404, 200, 200])
  await expect.poll(async () => bytes?.()).toBeUndefined()
})

test('nobody exports or erases a contact of another sub-account', async () => {
  const other = world.north.locations[1] ?? ''
  const grant = {
    companyId: world.north.id,
    locationId: other,
    name: 'other',
    scopes: ['contacts.readonly', 'contacts.write'],
    now: world.clock.now(),
  }
  const foreign = (await world.oauth.createPrivateToken(world.db, grant)).token
  const id = await makePerson('mine@quirk.example', '+14155550177')
  expect((await callApi(world, foreign, 'GET', `/_ground/contacts/${id}/export`)).statusCode).toBe(400)
  expect((await callApi(world, foreign, 'POST', `/_ground/contacts/${id}/erase`, {})).statusCode).toBe(400)
  expect((await call('GET', `/contacts/${id}`)).statusCode).toBe(200)
})
