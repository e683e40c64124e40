import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newHexId } from '../../ids.js'
import { type Browser, type PortalApp, portalApp } from '../../testing/portal-app.js'

let on: PortalApp
let dana: Browser
let eve: Browser

beforeAll(async () => {
  on = await portalApp()
  dana = await on.developer('Dana')
  eve = await on.developer('Eve')
})
afterAll(() => on?.close())

const settings = {
  name: 'Sparrow',
  targetUser: 'location',
  scopes: ['contacts.readonly', 'contacts.write', 'contacts.readonly'],
  redirectUris: ['http://127.0.0.1:4100/OAuth/callback/gohighlevel'],
  webhookUrl: 'http://127.0.0.1:4100/webhooks',
}
const create = (fields: object, browser = dana) => browser.send('POST', '/_ground/apps', { ...settings, ...fields })
const created = async (name: string, fields: object = {}) => (await create({ name, ...fields })).body.app
const update = (id: string, fields: object, browser = dana) => browser.send('PUT', `/_ground/apps/${id}`, fields)
const auditActs = async (appId: string) => {
  const rows = await on.db.selectFrom('audit').select(['act', 'detail']).where('appId', '=', appId).orderBy('id').execute()
  return rows.map(({ act }) => act)
}

const installed = async (app: { id: string; versionId: string }) => {
  const work = { db: on.db, now: on.clock.now(), traceId: newHexId(), afterCommit: () => {}, emit: async () => {} }
  const company = { id: on.companyId, name: 'Agency', isWhitelabel: false }
  const grant = {
    appId: app.id,
    versionId: app.versionId,
    kind: 'location',
    company,
    locationIds: [on.locationId],
    userId: 'u',
    scopes: [],
  } as const
  return on.installs.add(work, grant)
}

describe('an app', () => {
  test('is created with a version, listed newest first, and read back by its team', async () => {
    const { status, body } = await create({ name: '  First   App ' })
    expect(status).toBe(201)
    expect(body.app).toMatchObject({
      name: 'First App',
      appType: 'public',
      listingType: 'standard',
      whoCanInstall: 'both',
      bulkInstall: true,
      version: '1.0.0',
      scopes: ['contacts.readonly', 'contacts.write'],
      installCount: 0,
    })
    expect(body.app.id).toMatch(/^[0-9a-f]{24}$/)
    expect(body.app.events).toContainEqual(expect.objectContaining({ type: 'ContactCreate', entitled: true, on: true, url: '' }))
    expect(body.app.events).toContainEqual(expect.objectContaining({ type: 'INSTALL', entitled: true }))
    await created('Second App')
    const { body: mine } = await dana.send('GET', '/_ground/apps')
    expect(mine.apps.map(({ name }: { name: string }) => name).slice(0, 2)).toEqual(['Second App', 'First App'])
    expect((await dana.send('GET', `/_ground/apps/${body.app.id}`)).body.app).toEqual(body.app)
  })

  test('has a name that no other has, whatever its case; a 422 names the field', async () => {
    await created('Unique Name')
    const { status, body } = await create({ name: 'UNIQUE name' }, eve)
    expect([status, body.message]).toEqual([422, [expect.stringMatching(/^name is already taken by another app/)]])
    const other = await created('Another Name')
    expect((await update(other.id, { name: 'unique NAME' })).status).toBe(422)
    expect((await update(other.id, { name: 'ANOTHER name' })).body.app.name).toBe('ANOTHER name')
  })

  test('of one name is created once when ten developers race', async () => {
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, index) => create({ name: index % 2 ? 'Race App' : 'RACE APP' })),
    )
    expect(replies.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 422)])
  })

  test('of another team is as missing as one that never was, on every operation', async () => {
    const app = await created('Private Matter')
    const tries: [string, string, object?][] = [
      ['GET', ''],
      ['PUT', '', { tagline: 'mine now' }],
      ['DELETE', ''],
      ['GET', '/keys'],
      ['POST', '/keys', {}],
      ['DELETE', '/keys/x'],
      ['GET', '/installs'],
    ]
    for (const [method, path, body] of tries) {
      const foreign = await eve.send(method, `/_ground/apps/${app.id}${path}`, body)
      const absent = await eve.send(method, `/_ground/apps/${newHexId()}${path}`, body)
      expect([foreign.status, foreign.body.message], method + path).toEqual([400, 'App not found'])
      expect([absent.status, absent.body.message], method + path).toEqual([400, 'App not found'])
    }
    expect((await dana.send('GET', `/_ground/apps/${app.id}`)).body.app.tagline).toBe('')
  })

  test('is no business of visitors', async () => {
    expect((await on.browser().send('GET', '/_ground/apps')).status).toBe(401)
  })

  test('keeps what an update does not send, and takes a change of profile without a new version', async () => {
    const app = await created('Steady App', { tagline: 'before' })
    const { status, body } = await update(app.id, {
      description: 'longer',
      scopes: ['contacts.readonly'],
      categories: [' CRM ', 'CRM'],
    })
    expect(status).toBe(200)
    expect(body.app).toMatchObject({
      tagline: 'before',
      description: 'longer',
      scopes: ['contacts.readonly'],
      categories: ['CRM'],
      versionId: app.versionId,
    })
    expect((await on.apps.app(app.id))?.scopes).toEqual(['contacts.readonly'])
  })

  test('loses neither of two changes made at once', async () => {
    const app = await created('Busy App')
    await Promise.all([update(app.id, { tagline: 'one' }), update(app.id, { description: 'two' })])
    expect((await dana.send('GET', `/_ground/apps/${app.id}`)).body.app).toMatchObject({ tagline: 'one', description: 'two' })
  })

  test('switches events off and sends them elsewhere', async () => {
    const app = await created('Event App')
    const events = [
      { type: 'ContactCreate', on: false, url: '' },
      { type: 'NoteCreate', on: true, url: 'http://127.0.0.1:4100/notes' },
    ]
    const { body } = await update(app.id, { events })
    expect(body.app.events).toEqual(expect.arrayContaining(events.map((event) => expect.objectContaining(event))))
    expect(await on.apps.eventSettings(app.id)).toHaveLength(2)
    await update(app.id, { events: [{ type: 'ContactCreate', on: true, url: '' }] })
    expect(await on.apps.eventSettings(app.id)).toEqual([events[1]])
  })

  test('is deleted only where nobody has it, with its keys, and its name is free again', async () => {
    const app = await created('Gone App')
    const { body: keyed } = await dana.send('POST', `/_ground/apps/${app.id}/keys`, {})
    const install = await installed(app)
    const refused = await dana.send('DELETE', `/_ground/apps/${app.id}`)
    expect([refused.status, refused.body.message]).toEqual([400, expect.stringMatching(/^The app is still installed in 1 place/)])
    expect((await dana.send('GET', `/_ground/apps/${app.id}/installs`)).body.installs).toMatchObject([
      { kind: 'location', companyName: 'Agency', locationName: 'One', state: 'waiting', connectedAt: null },
    ])
    const work = { db: on.db, now: on.clock.now(), traceId: newHexId(), afterCommit: () => {}, emit: async () => {} }
    await on.installs.uninstall(work, install.installId, { because: 'test' })
    expect(await on.apps.keyByClientId(keyed.key.clientId)).toBeDefined()
    expect((await dana.send('DELETE', `/_ground/apps/${app.id}`)).body.succeeded).toBe(true)
    expect(await on.apps.app(app.id)).toBeUndefined()
    expect(await on.apps.keyByClientId(keyed.key.clientId)).toBeUndefined()
    expect((await create({ name: 'gone app' })).status).toBe(201)
    expect(await auditActs(app.id)).toEqual(['app.create', 'secret.create', 'install.remove', 'app.delete'])
  })
})

const png = `data:image/png;base64,${Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1').toString('base64')}`

describe('settings', () => {
  test.each([
    ['an unknown scope', { scopes: ['contacts.everything'] }, 'scopes has "contacts.everything", which is no scope'],
    [
      'an agency scope where sub-accounts install',
      { scopes: ['companies.readonly'] },
      /^scopes has companies.readonly, which only an agency can grant/,
    ],
    [
      'an agency scope where sub-accounts may add an agency app',
      { targetUser: 'company', allowLocationInstall: true, scopes: ['snapshots.readonly'] },
      /^scopes has snapshots.readonly, which only an agency can grant/,
    ],
    [
      'a redirect URL twice',
      { redirectUris: ['https://a.example/cb', 'https://a.example/cb'] },
      /^redirectUris.1 is there twice/,
    ],
    [
      'a redirect URL without https',
      { redirectUris: ['https://a.example/cb', 'http://a.example/cb'] },
      /^redirectUris.1 must begin with https/,
    ],
    ['a webhook URL that is none', { webhookUrl: 'nowhere' }, /^webhookUrl must be an absolute address/],
    ['a name of blanks', { name: ' \t  a ' }, /^name must be longer/],
    ['a name with an invisible character', { name: 'Lead\u202eRouter' }, /^name must not have invisible/],
  ])('with %s are refused by name', async (_case, fields, message) => {
    const { status, body } = await create({ name: `Refused ${newHexId()}`, ...fields })
    expect([status, body.message]).toEqual([422, [typeof message === 'string' ? message : expect.stringMatching(message)]])
  })

  test.each([
    ['a script as website', { website: 'javascript:alert(1)' }, /^website/],
    ['no e-mail for support', { supportEmail: 'call us' }, /^supportEmail must be an email/],
    ['an SVG logo', { logo: 'data:image/svg+xml;base64,PHN2Zz4=' }, /^logo must be a PNG/],
    [
      'a logo that is another file',
      { logo: `data:image/png;base64,${Buffer.from('<script>').toString('base64')}` },
      /^logo is not the PNG/,
    ],
    [
      'a logo of more than 512 KB',
      { logo: `data:image/png;base64,${Buffer.alloc(524_289).toString('base64')}` },
      /^logo must be 512 KB at most/,
    ],
    ['an event that does not exist', { events: [{ type: 'Nothing', on: true, url: '' }] }, /^events.0.type/],
    [
      'an event twice',
      { events: [1, 2].map(() => ({ type: 'ContactCreate', on: true, url: '' })) },
      /^events.1.type ContactCreate is there twice/,
    ],
    [
      'another URL for INSTALL',
      { events: [{ type: 'INSTALL', on: true, url: 'https://a.example' }] },
      /^events.0.url must be empty/,
    ],
    ['agency scopes after the fact', { scopes: ['companies.readonly'] }, /^scopes has companies.readonly/],
  ])('changed to %s are refused by name', async (_case, fields, message) => {
    const app = await created(`Changed ${newHexId()}`)
    const { status, body } = await update(app.id, fields)
    expect([status, body.message]).toEqual([422, [expect.stringMatching(message)]])
  })

  test('name every fault at once', async () => {
    const { body } = await create({ name: 'Faulty', scopes: ['x', 'y'], webhookUrl: 'z' })
    expect(body.message).toHaveLength(3)
  })

  test('with an agency scope are taken where only agencies install, and a PNG logo is kept', async () => {
    const app = await created('Agency Scopes', { whoCanInstall: 'agency', scopes: ['companies.readonly'] })
    expect((await update(app.id, { logo: png })).body.app.logo).toBe(png)
    expect((await update(app.id, { whoCanInstall: 'both' })).status).toBe(422)
  })
})

describe('a client key', () => {
  test('shows its secret once, keeps a hash of it, and begins with the app id', async () => {
    const app = await created('Keyed App')
    const { status, body } = await dana.send('POST', `/_ground/apps/${app.id}/keys`, { name: 'CI' })
    expect(status).toBe(201)
    expect(body.clientSecret).toMatch(/^gls_[A-Za-z0-9_-]{43}$/)
    expect(body.key).toMatchObject({ name: 'CI', secretHint: body.clientSecret.slice(-4), lastUsedAt: null })
    expect(body.key.clientId).toMatch(new RegExp(`^${app.id}-[0-9a-z]{8}$`))
    const known = await on.apps.keyByClientId(body.key.clientId)
    expect(known?.key.secretHash.equals(createHash('sha256').update(body.clientSecret).digest())).toBe(true)
    expect(known).toMatchObject({
      app: { id: app.id, redirectUris: app.redirectUris },
      version: { id: app.versionId, scopes: app.scopes },
    })
    const { rows } = await on.db
      .selectFrom('clientKeys')
      .selectAll()
      .execute()
      .then((all) => ({ rows: JSON.stringify(all) }))
    expect(rows).not.toContain(body.clientSecret)
    const { body: list } = await dana.send('GET', `/_ground/apps/${app.id}/keys`)
    expect(list.keys).toEqual([body.key])
  })

  test('of several works beside the others until it is deleted, and then not once more', async () => {
    const app = await created('Rotating App')
    const make = async () => (await dana.send('POST', `/_ground/apps/${app.id}/keys`, {})).body.key
    const [old, fresh] = [await make(), await make()]
    expect(await on.apps.keyByClientId(old.clientId)).toBeDefined()
    expect((await on.apps.newestKey(app.id))?.clientId).toBe(fresh.clientId)
    await dana.send('DELETE', `/_ground/apps/${app.id}/keys/${old.id}`)
    expect(await on.apps.keyByClientId(old.clientId)).toBeUndefined()
    expect(await on.apps.keyByClientId(fresh.clientId)).toBeDefined()
    expect(await auditActs(app.id)).toEqual(['app.create', 'secret.create', 'secret.create', 'secret.delete'])
  })

  test('takes what was had with it along when it is deleted, and leaves the grants of others', async () => {
    const app = await created('Leaked App')
    const make = async () => (await dana.send('POST', `/_ground/apps/${app.id}/keys`, {})).body.key
    const [leaked, safe] = [await make(), await make()]
    const { installId } = await installed(app)
    const family = (clientId: string) => ({
      id: newHexId(),
      clientId,
      installId,
      appId: app.id,
      versionId: app.versionId,
      companyId: on.companyId,
      locationId: on.locationId,
      userId: 'u',
      scopes: [],
      dateAdded: on.clock.now(),
      revokedAt: null,
      revokedBecause: null,
    })
    await on.db
      .insertInto('tokenFamilies')
      .values([family(leaked.clientId), family(safe.clientId)])
      .execute()
    await dana.send('DELETE', `/_ground/apps/${app.id}/keys/${leaked.id}`)
    const rows = await on.db
      .selectFrom('tokenFamilies')
      .select(['clientId', 'revokedBecause'])
      .where('appId', '=', app.id)
      .execute()
    expect(new Map(rows.map((row) => [row.clientId, row.revokedBecause]))).toEqual(
      new Map([
        [leaked.clientId, 'client key deleted'],
        [safe.clientId, null],
      ]),
    )
  })

  test('of another app is not deleted through an app of one’s own', async () => {
    const [mine, theirs] = [await created('Mine'), (await create({ name: 'Theirs' }, eve)).body.app]
    const { key } = (await eve.send('POST', `/_ground/apps/${theirs.id}/keys`, {})).body
    const { status, body } = await dana.send('DELETE', `/_ground/apps/${mine.id}/keys/${key.id}`)
    expect([status, body.message]).toEqual([400, 'Client key not found'])
    expect(await on.apps.keyByClientId(key.clientId)).toBeDefined()
  })

  test('notes its last use', async () => {
    const app = await created('Used App')
    const { key } = (await dana.send('POST', `/_ground/apps/${app.id}/keys`, {})).body
    on.apps.keyUsed(key.id, on.clock.now())
    await expect.poll(async () => (await dana.send('GET', `/_ground/apps/${app.id}/keys`)).body.keys[0].lastUsedAt).not.toBeNull()
  })
})

test('an app belongs to the members of its team and to nobody else', async () => {
  const app = await created('Owned App')
  const accountOf = async (browser: Browser) => (await browser.send('GET', '/_ground/session')).body.account.id
  expect(await on.apps.developerOwns(await accountOf(dana), app.id)).toBe(true)
  expect(await on.apps.developerOwns(await accountOf(eve), app.id)).toBe(false)
  expect(await on.apps.appIdsOf(await accountOf(dana))).toContain(app.id)
  expect(await on.apps.appIdsOf(await accountOf(eve))).not.toContain(app.id)
})

test('the scope catalogue is open to everybody', async () => {
  const { status, body } = await on.browser().send('GET', '/_ground/reference/scopes')
  expect(status).toBe(200)
  expect(body.scopes).toContainEqual({
    name: 'contacts.readonly',
    group: 'Contacts',
    text: 'View contacts, their notes, tasks and tags',
    agencyOnly: false,
    sensitive: false,
  })
})
