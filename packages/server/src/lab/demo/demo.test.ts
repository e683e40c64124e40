import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { scopes } from '@groundlevel/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { usersOf } from '../../identity/index.js'
import { createPrivateToken } from '../../oauth/private/private-tokens.js'
import { demoSeeds } from '../../rooms/demo.js'
import { type PortalApp, portalApp } from '../../testing/portal-app.js'
import { type DemoParts, demoModule, demoPeople, seedDemo } from '../index.js'

let dataDir: string
let on: PortalApp
let parts: DemoParts
const said: string[] = []

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'groundlevel-demo-'))
  const services = { publicUrl: 'http://127.0.0.1:4321', config: { dataDir } }
  on = await portalApp({ more: ({ identity }) => demoModule(services, identity) })
  await on.db.deleteFrom('locations').execute()
  await on.db.deleteFrom('companies').execute()
  const { db, clock, identity, apps, installs } = on
  parts = {
    services: { db, clock, config: { dataDir }, say: (line) => said.push(line) },
    identity,
    apps,
    installs,
    createPrivateToken,
    ...demoSeeds,
  }
})
afterAll(async () => {
  await on?.close()
  await rm(dataDir, { recursive: true, force: true })
})

const demo = async () => (await on.browser().send('GET', '/_ground/lab/demo')).body
const rowsOf = async (table: 'contacts' | 'contactNotes' | 'installs' | 'events' | 'accounts') =>
  Number(
    (
      await on.db
        .selectFrom(table)
        .select((row) => row.fn.countAll().as('n'))
        .executeTakeFirstOrThrow()
    ).n,
  )

describe('the demo world', () => {
  test('is built once when two servers start on one empty database', async () => {
    expect((await Promise.all([seedDemo(parts), seedDemo(parts)])).sort()).toEqual([false, true])
    expect(await seedDemo(parts)).toBe(false)
    expect(said).toEqual([])
    expect(await rowsOf('accounts')).toBe(5)
  })

  test('has calendars that write to the contact when an appointment is booked, moved and called off', async () => {
    const rows = await on.db.selectFrom('calendarNotifications').select(['calendarId', 'settings']).execute()
    const toContact = rows.filter(({ settings }) => JSON.stringify(settings).includes('"contact"'))
    for (const { calendarId } of await on.db.selectFrom('calendars').select('id as calendarId').execute()) {
      const of = toContact.filter((row) => row.calendarId === calendarId)
      const told = of.map(({ settings }) => (settings as { notificationType: string }).notificationType)
      expect(told).toEqual(expect.arrayContaining(['booked', 'reschedule', 'cancellation']))
    }
    expect(toContact.length).toBeGreaterThan(0)
  })

  test('is one agency, three sub-accounts, five people, one a role, and two apps', async () => {
    const world = await demo()
    expect(world.url).toBe('http://127.0.0.1:4321')
    expect(world.company).toEqual({ id: expect.stringMatching(/^\w{20}$/), name: 'Northwind Agency' })
    expect(world.locations).toHaveLength(3)
    expect(world.users.map(({ role }: { role: string }) => role)).toEqual([
      'developer',
      'agency-owner',
      'agency-admin',
      'location-admin',
      'location-user',
    ])
    expect(
      world.apps.map(({ name, targetUser, redirectUri, webhookUrl }: Record<string, string>) => [
        name,
        targetUser,
        redirectUri,
        webhookUrl,
      ]),
    ).toEqual([
      ['Lead Router', 'location', 'http://127.0.0.1:4100/oauth/callback', 'http://127.0.0.1:4100/webhooks'],
      ['Agency Insights', 'company', 'http://127.0.0.1:4200/oauth/callback', 'http://127.0.0.1:4200/webhooks'],
    ])
  })

  test('lists its people and apps in an order that makes sense', async () => {
    const { company, locations, users } = await demo()
    const page = { sort: 'dateAdded', sortDirection: 'asc', skip: 0, limit: 10 } as const
    const { items } = await usersOf(on.db, company.id).search(page)
    expect(items.value.map(({ firstName }) => firstName)).toEqual(['Olivia', 'Adam', 'Maya', 'Felix'])
    const { rows } = await on.identity.locationsOfCompany(company.id, { limit: 10, offset: 0 })
    expect(rows.map(({ id }) => id)).toEqual(locations.map(({ id }: { id: string }) => id))
    const dana = on.browser()
    await dana.send('POST', '/_ground/session', { email: users[0].email, password: users[0].password })
    const { body } = await dana.send('GET', '/_ground/apps')
    expect(body.apps.map(({ name }: { name: string }) => name)).toEqual(['Lead Router', 'Agency Insights'])
  })

  test('gives Lead Router every scope of a sub-account and Agency Insights none of contacts', async () => {
    const [router, insights] = (await demo()).apps
    expect(router.scopes).toEqual(scopes.filter(({ agencyOnly }) => !agencyOnly).map(({ name }) => name))
    expect(router.scopes).toEqual(expect.arrayContaining(['contacts.write', 'oauth.readonly', 'oauth.write']))
    const contactScopes = new Set(scopes.filter(({ group }) => group === 'Contacts').map(({ name }) => name))
    expect(insights.scopes.filter((name: string) => contactScopes.has(name))).toEqual([])
    expect(insights.scopes).toEqual(expect.arrayContaining(['companies.readonly', 'oauth.write']))
  })

  test('has both apps installed and connected', async () => {
    const { apps, company, locations } = await demo()
    const rows = await on.installs.listCompany(company.id)
    const shown = rows.map(({ appId, kind, locationId, state }) => ({ appId, kind, locationId, state }))
    expect(shown).toHaveLength(5)
    expect(shown).toEqual(
      expect.arrayContaining([
        { appId: apps[1].id, kind: 'agency', locationId: null, state: 'connected' },
        { appId: apps[0].id, kind: 'bulk', locationId: null, state: 'connected' },
        ...locations.map(({ id }: { id: string }) => ({
          appId: apps[0].id,
          kind: 'location',
          locationId: id,
          state: 'connected',
        })),
      ]),
    )
  })

  test('has 200 contacts, 120 of them in the first sub-account, no two with one e-mail or phone, of the last 90 days', async () => {
    const { locations } = await demo()
    const contacts = await on.db.selectFrom('contacts').selectAll().execute()
    expect(contacts).toHaveLength(200)
    expect(contacts.filter(({ locationId }) => locationId === locations[0].id)).toHaveLength(120)
    for (const field of ['email', 'phone', 'id'] as const) expect(new Set(contacts.map((each) => each[field])).size).toBe(200)
    expect(new Set(contacts.map(({ firstName, lastName }) => `${firstName} ${lastName}`)).size).toBeGreaterThan(190)
    const ages = contacts.map(({ dateAdded }) => (on.clock.now().getTime() - dateAdded.getTime()) / 86_400_000)
    expect(Math.min(...ages)).toBeGreaterThan(0)
    expect(Math.max(...ages)).toBeLessThan(90.1)
    expect(Math.max(...ages) - Math.min(...ages)).toBeGreaterThan(60)
    expect(contacts.every(({ phone }) => /^\+1\d{3}55501\d\d$/.test(phone ?? ''))).toBe(true)
    expect(new Set(contacts.flatMap(({ tags }) => tags)).size).toBeGreaterThan(5)
    expect(await rowsOf('contactNotes')).toBeGreaterThan(100)
    const settings = (await on.identity.location(locations[0].id))?.settings
    expect(settings?.allowDuplicateContact).toBe(false)
  })

  test('has conversations in the first sub-account, by SMS and e-mail, some of which wait for an answer', async () => {
    const { locations } = await demo()
    const rows = await on.db.selectFrom('conversations').selectAll().execute()
    expect(rows).toHaveLength(30)
    expect(new Set(rows.map(({ locationId }) => locationId))).toEqual(new Set([locations[0].id]))
    expect(rows.filter(({ unreadCount }) => unreadCount > 0).length).toBeGreaterThan(3)
    const messages = await on.db.selectFrom('messages').select(['id', 'messageType', 'meta']).execute()
    const emails = await on.db.selectFrom('emails').select(['id', 'messageId']).execute()
    expect(new Set(messages.map(({ messageType }) => messageType))).toEqual(new Set(['TYPE_SMS', 'TYPE_EMAIL']))
    for (const { id, messageId } of emails)
      expect(messages.find((message) => message.id === messageId)?.meta).toEqual({ email: { messageIds: [id] } })
    expect(rows.every(({ lastMessageId }) => messages.some(({ id }) => id === lastMessageId))).toBe(true)
  })

  test('tells nobody: no event waits to be sent', async () => {
    expect(await rowsOf('events')).toBe(0)
  })

  test('lets each of its people in by the password that it prints, as what it says they are', async () => {
    for (const { email, password, role } of (await demo()).users) {
      const { status, body } = await on.browser().send('POST', '/_ground/session', { email, password })
      expect([status, body.account?.places.map((place: { role: string }) => place.role)]).toEqual([201, [role]])
    }
  })

  test('knows its client secrets and tokens by their hashes only', async () => {
    const { apps, tokens, users } = await demo()
    for (const { clientId, clientSecret } of apps) {
      const known = await on.apps.keyByClientId(clientId)
      expect(known?.key.secretHash.equals(createHash('sha256').update(clientSecret).digest())).toBe(true)
    }
    const rows = await on.db.selectFrom('privateTokens').selectAll().orderBy('name').execute()
    expect(rows.map(({ locationId, scopes: granted }) => [locationId === null, granted.length])).toEqual([
      [true, scopes.length],
      [false, scopes.filter(({ agencyOnly }) => !agencyOnly).length],
    ])
    const all = JSON.stringify(
      await Promise.all(
        (['clientKeys', 'privateTokens', 'accounts', 'installs'] as const).map((table) =>
          on.db.selectFrom(table).selectAll().execute(),
        ),
      ),
    )
    for (const secret of [
      tokens.agency,
      tokens.location,
      ...apps.map((app: { clientSecret: string }) => app.clientSecret),
      ...users.map((user: { password: string }) => user.password),
    ]) {
      expect(all).not.toContain(secret)
    }
  })

  test('is kept in a file that only its owner reads, and printed to this machine only', async () => {
    expect((await stat(join(dataDir, 'demo.json'))).mode & 0o777).toBe(0o600)
    const { status, body } = await on.browser().send('GET', '/_ground/lab/demo', undefined, { host: 'rebound.example' })
    expect(status).toBe(403)
    expect(JSON.stringify(body)).not.toContain('pit-')
  })

  test('lists its people on the sign-in page', async () => {
    const people = await demoPeople({ publicUrl: '', config: { dataDir } }, on.identity)()
    expect(people.map(({ name }) => name)).toEqual([
      'Dana Developer',
      'Olivia Owner',
      'Adam Admin',
      'Maya Manager',
      'Felix Frontdesk',
    ])
  })

  test('the demo world has something of every kind in the first sub-account, dated before now', async () => {
    const { locations } = await demo()
    const amount = async (
      table: 'contactTasks' | 'links' | 'customValues' | 'messageTemplates' | 'businesses' | 'locationTags',
    ) => {
      const rows = await on.db.selectFrom(table).select('locationId').execute()
      return rows.filter(({ locationId }) => locationId === locations[0].id).length
    }
    const counts = await Promise.all(
      (['contactTasks', 'links', 'customValues', 'messageTemplates', 'businesses'] as const).map(amount),
    )
    expect(counts).toEqual([12, 2, 3, 1, 3])
    expect(await amount('locationTags')).toBeGreaterThan(3)
    const late = await on.db.selectFrom('contactTasks').select('id').where('dateAdded', '>', on.clock.now()).execute()
    expect(late).toEqual([])
  })

  test('is still there after a restart, and says what to do once its file is lost', async () => {
    const file = join(dataDir, 'demo.json')
    const kept = await readFile(file, 'utf8')
    expect(JSON.parse(kept).company).toEqual((await demo()).company)
    await rm(file)
    expect(await seedDemo(parts)).toBe(false)
    expect(said).toEqual([expect.stringMatching(/demo\.json is missing/)])
    const { status, body } = await on.browser().send('GET', '/_ground/lab/demo')
    expect([status, body.message]).toEqual([
      400,
      expect.stringMatching(/^There is no demo world: .*demo\.json is missing.*start again/),
    ])
    expect(await demoPeople({ publicUrl: '', config: { dataDir } }, on.identity)()).toEqual([])
  })
})

test('content is the same in every installation, ids and secrets are not', async () => {
  const { demoContacts } = await import('./contacts.js')
  const now = on.clock.now()
  const [one, two] = [demoContacts(20, 0, ['u'], now), demoContacts(20, 0, ['u'], now)]
  const without = (rows: typeof one) => rows.map(({ id: _, ...row }) => row)
  expect(without(one)).toEqual(without(two))
  expect(one.map(({ id }) => id)).not.toEqual(two.map(({ id }) => id))
})
