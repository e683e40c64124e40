import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Identity } from '../../identity/index.js'
import { type Browser, type PortalApp, portalApp } from '../../testing/portal-app.js'
import { companiesModule } from './index.js'

let on: PortalApp
let identity: Identity
let olga: Browser
let companyId = ''

const password = 'correct horse'

beforeAll(async () => {
  on = await portalApp({ more: (parts) => companiesModule({ sandbox: true, identity: parts.identity }) })
  identity = on.identity
  olga = on.browser()
  const first = await olga.send('POST', '/_ground/accounts/first-run', {
    ...{ name: 'Olga Owner', email: 'olga@agency.example', password, companyName: 'Olga & Co', locationName: 'First' },
  })
  companyId = first.body.account.places.find(({ kind }: { kind: string }) => kind === 'agency').id
})
afterAll(() => on?.close())

const save = (body: object, { by = olga, id = companyId } = {}) => by.send('PUT', `/_ground/agencies/${id}/profile`, body)
const stored = () => on.db.selectFrom('companies').selectAll().where('id', '=', companyId).executeTakeFirstOrThrow()

/** Somebody with an account who is a user of a company. */
const member = async (email: string, as: { type: 'agency' | 'account'; role: 'admin' | 'user' }, of = companyId) => {
  const now = on.clock.now()
  const accountId = await identity.createAccount(
    on.db,
    { email, name: email, passwordHash: await identity.passwords.hash(password) },
    now,
  )
  const locations = await on.db.selectFrom('locations').select('id').where('companyId', '=', of).limit(1).execute()
  const locationIds = as.type === 'account' ? locations.map(({ id }) => id) : []
  await identity.createUser(
    on.db,
    { companyId: of, accountId, firstName: 'M', lastName: 'M', email, locationIds, isOwner: false, ...as },
    now,
  )
  const browser = on.browser()
  await browser.send('POST', '/_ground/session', { email, password })
  return browser
}

test('the owner says what the agency is called and how it is reached; what is left out stays, and it is written down who did', async () => {
  const logoUrl = `data:image/png;base64,${Buffer.from('\x89PNG\r\n\x1a\n', 'latin1').toString('base64')}`
  const about = { phone: '+13125550100', email: 'hello@olga.example', timezone: 'Europe/Paris', country: 'FR', currency: 'EUR' }
  const { status, body } = await save({ ...about, logoUrl, name: ' Olga and daughters ', businessNiche: 'Dentists' })
  expect(status).toBe(200)
  expect(body.company).toMatchObject({ ...about, logoUrl, name: 'Olga and daughters', businessNiche: 'Dentists' })
  const after = await save({ website: 'https://olga.example', currency: null, phone: '' })
  expect(after.body.company).toMatchObject({ email: about.email, businessNiche: 'Dentists', website: 'https://olga.example' })
  expect(after.body.company).not.toHaveProperty('currency')
  expect(after.body.company).not.toHaveProperty('phone')
  const audit = await on.db.selectFrom('audit').selectAll().where('act', '=', 'company.update').orderBy('id').execute()
  expect(audit.map(({ detail }) => (detail as { fields: string[] }).fields)).toEqual([
    ['phone', 'email', 'timezone', 'country', 'currency', 'logoUrl', 'name', 'businessNiche'],
    ['website', 'currency', 'phone'],
  ])
  expect(audit[0]).toMatchObject({ companyId, accountId: expect.any(String) })
  const { account } = (await olga.send('GET', '/_ground/session')).body
  expect(account.places.map(({ name }: { name: string }) => name)).toContain('Olga and daughters')
})

test.each([
  ['name', ' ', 'name must not be empty'],
  ['website', 'javascript:alert(1)', 'website must be an address that begins with https:// or http://'],
  ['website', 'https://olga.example/\nx', 'website must be an address that begins with https:// or http://'],
  ['privacyPolicy', 'http:olga.example', 'privacyPolicy must be an address that begins with https:// or http://'],
  ['logoUrl', 'data:image/svg+xml;base64,PHN2Zz4=', 'logoUrl must be a PNG, JPEG or WebP image'],
  ['timezone', 'Mars/Phobos', 'timezone must be a valid IANA time zone'],
  ['currency', 'usd', 'currency must be a currency of ISO 4217'],
  ['currency', 'ZZZ', 'currency must be a currency of ISO 4217'],
  ['domain', 'not a host', 'domain must be a host name'],
  ['country', 'ZZZ', 'country must be'],
  ['email', 'nobody', 'email must be'],
  ['phone', 'abc', 'phone must be a phone number'],
  ['phone', '+1', 'phone must be a phone number'],
])('%s of %s is a 422 that names it, and nothing is changed', async (field, value, says) => {
  const before = await stored()
  const { status, body } = await save({ phone: '+13125550100', [field]: value })
  expect([status, body.message[0]]).toEqual([422, expect.stringContaining(says)])
  expect(await stored()).toEqual(before)
})

test('a phone number that names no country is read in the agency’s, the one that is sent along first', async () => {
  expect((await save({ phone: '01 42 68 53 00', country: 'FR' })).body.company.phone).toBe('+33142685300')
  expect((await save({ phone: '01 42 68 53 01' })).body.company.phone).toBe('+33142685301')
})

test('nobody else changes it: for a stranger and another agency it is not there, and a sub-account’s admin may not', async () => {
  const other = await identity.createCompany(on.db, { name: 'Other' }, on.clock.now())
  const strangers = [
    await on.developer('Eve'),
    await member('rival@other.example', { type: 'agency', role: 'admin' }, other),
    await member('local@agency.example', { type: 'account', role: 'admin' }),
  ]
  const before = await stored()
  for (const by of strangers) {
    const { status, body } = await save({ name: 'Mine' }, { by })
    expect([status, body.message]).toEqual([400, 'Agency not found'])
  }
  expect((await save({ name: 'Mine' }, { id: other })).body.message).toBe('Agency not found')
  expect((await save({ name: 'Mine' }, { by: on.browser() })).status).toBe(401)
  expect(await stored()).toEqual(before)
  const admin = await member('ada@agency.example', { type: 'agency', role: 'admin' })
  expect((await save({ city: 'Lyon' }, { by: admin })).body.company.city).toBe('Lyon')
})
