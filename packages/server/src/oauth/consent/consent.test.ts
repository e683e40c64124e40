import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserOf, type Choice, exchange } from '../../testing/oauth-browser.js'
import { type OAuthWorld, oauthWorld, type TestApp, type TestPerson } from '../../testing/oauth-world.js'

let world: OAuthWorld
let app: TestApp
let first: string

beforeAll(async () => {
  world = await oauthWorld()
  app = await world.newApp()
  first = world.north.locations[0] ?? ''
})
afterAll(() => world.close())

const asking = async (person: TestPerson, client = app, more: Record<string, string> = {}) => {
  const browser = await browserOf(world).signIn(person)
  const { interaction } = await browser.authorize(client, more)
  return { browser, interaction, shown: (await browser.consent(interaction)).json().interaction }
}

const audited = (act: string, appId: string) =>
  world.db.selectFrom('audit').selectAll().where('act', '=', act).where('appId', '=', appId).execute()

describe('the consent page', () => {
  it('asks nobody before somebody is signed in, and names the app', async () => {
    const browser = browserOf(world)
    const { interaction } = await browser.authorize(app)
    const before = (await browser.consent(interaction)).json()
    expect(before).toMatchObject({ interaction: null, account: null })
    await browser.signIn(world.north.admin)
    expect((await browser.consent(interaction)).json()).toMatchObject({
      account: { email: world.north.admin.email },
      appName: before.appName,
    })
  })

  it('shows address, scopes in plain words and the agencies of the person', async () => {
    const { shown } = await asking(world.north.admin)
    expect(shown).toMatchObject({
      redirectUri: app.redirectUri,
      redirectHost: 'app.example',
      chooser: 'bulk',
      refusal: '',
      companies: [{ id: world.north.id, whole: true, locationCount: 3 }],
    })
    expect(shown.scopes).toContainEqual({
      name: 'contacts.readonly',
      group: 'Contacts',
      text: expect.stringContaining('View contacts'),
      sensitive: false,
    })
    expect(shown.csrf).toMatch(/^[\w-]{32}$/)
  })

  it('does not exist in another browser', async () => {
    const { interaction } = await asking(world.north.admin)
    const other = await browserOf(world).signIn(world.north.admin)
    expect((await other.consent(interaction)).statusCode).toBe(400)
    expect((await other.decide(interaction, { locationIds: [first] })).statusCode).toBe(400)
  })

  it('is open for ten minutes', async () => {
    const { browser, interaction } = await asking(world.north.local)
    world.clock.advance(600_000)
    expect((await browser.decide(interaction, { locationIds: [first] })).statusCode).toBe(400)
    world.clock.advance(-600_000)
    expect((await browser.decide(interaction, { locationIds: [first] })).statusCode).toBe(200)
  })

  it('lists sub-accounts of the own agency only, tells which have the app, and finds by name', async () => {
    const fresh = await world.newApp()
    await (await browserOf(world).signIn(world.north.local)).obtainCode(fresh, { locationIds: [first] })
    const { browser, interaction } = await asking(world.north.admin, fresh)
    const list = async (query: string) => (await browser.send('GET', `/_ground/consent/${interaction}/locations?${query}`)).json()
    expect(
      (await list('')).locations.map((each: { id: string; installed: boolean }) => [each.id, each.installed]).sort(),
    ).toEqual(world.north.locations.map((id) => [id, id === first]).sort())
    expect(await list('query=denver')).toMatchObject({ total: 1, locations: [{ detail: 'Denver' }] })
    expect((await list(`companyId=${world.south.id}`)).statusCode).toBe(403)
    const local = await asking(world.north.local, fresh)
    const own = (await local.browser.send('GET', `/_ground/consent/${local.interaction}/locations`)).json()
    expect(own).toMatchObject({ total: 1, locations: [{ id: first }] })
  })
})

describe('a decision', () => {
  const post = async (asked: Awaited<ReturnType<typeof asking>>, body: object) =>
    asked.browser.send('POST', `/_ground/consent/${asked.interaction}/decision`, {
      action: 'allow',
      locationIds: [first],
      ...body,
    })

  it.each<[string, () => Promise<string>]>([
    ['none', async () => ''],
    ['made up', async () => 'A'.repeat(32)],
    ['of another request', async () => (await asking(world.north.local)).shown.csrf],
    ['of another account', async () => (await asking(world.north.helper)).shown.csrf],
  ])('with a token that is %s makes no code', async (_name, token) => {
    const asked = await asking(world.north.local)
    const reply = await post(asked, { csrf: await token() })
    expect(reply.statusCode).toBe(403)
    expect((await post(asked, { csrf: asked.shown.csrf })).statusCode).toBe(200)
  })

  it('works once, also when twenty arrive at once', async () => {
    const asked = await asking(world.north.local)
    const replies = await Promise.all(Array.from({ length: 20 }, () => post(asked, { csrf: asked.shown.csrf })))
    expect(replies.filter((reply) => reply.statusCode === 200)).toHaveLength(1)
    expect(new Set(replies.map((reply) => reply.statusCode))).toEqual(new Set([200, 403]))
    expect((await post(asked, { csrf: asked.shown.csrf })).statusCode).toBe(403)
  })

  it('is not taken from a session that began after the page was shown to another account', async () => {
    const asked = await asking(world.north.local)
    await asked.browser.signIn(world.north.admin)
    expect((await post(asked, { csrf: asked.shown.csrf })).statusCode).toBe(403)
  })

  it('without the header of our own page, or from another site, is refused', async () => {
    const asked = await asking(world.north.local)
    const bare = await world.app.inject({ method: 'POST', url: `/_ground/consent/${asked.interaction}/decision`, payload: {} })
    expect(bare.statusCode).toBe(403)
  })

  it('to allow redirects with code, state and iss', async () => {
    const { browser, interaction } = await asking(world.north.local, app, { state: 'a b&c' })
    const to = new URL((await browser.decide(interaction, { locationIds: [first] })).json().redirectTo)
    expect(`${to.origin}${to.pathname}`).toBe(app.redirectUri)
    expect(Object.fromEntries(to.searchParams)).toEqual({
      code: expect.stringMatching(/^[0-9a-f]{40}$/),
      state: 'a b&c',
      iss: world.publicUrl,
    })
  })

  it('to allow and show the code ends on the page of the app in the store', async () => {
    const { browser, interaction } = await asking(world.north.local)
    const to = (await browser.decide(interaction, { locationIds: [first], action: 'show' })).json().redirectTo
    expect(to).toMatch(new RegExp(`^/portal/store/${app.id}\\?code=[0-9a-f]{40}$`))
    expect((await exchange(world, app, to.split('code=')[1])).statusCode).toBe(200)
  })

  it('to deny installs nothing and says access_denied', async () => {
    const fresh = await world.newApp()
    const { browser, interaction } = await asking(world.north.local, fresh, { state: 's' })
    const to = new URL((await browser.decide(interaction, { action: 'deny' })).json().redirectTo)
    expect(Object.fromEntries(to.searchParams)).toMatchObject({ error: 'access_denied', state: 's', iss: world.publicUrl })
    expect(await world.installs.countOfApp(fresh.id)).toBe(0)
    expect(await audited('consent.deny', fresh.id)).toHaveLength(1)
  })

  it.each<[string, () => Choice]>([
    ['a sub-account of another agency', () => ({ locationIds: [world.south.locations[0] ?? ''] })],
    ['another agency', () => ({ companyId: world.south.id, all: true })],
    ['another agency with an own sub-account', () => ({ companyId: world.south.id, locationIds: [first] })],
    [
      'the own agency with a foreign sub-account',
      () => ({ companyId: world.north.id, locationIds: [world.south.locations[0] ?? ''] }),
    ],
    [
      'own and foreign sub-accounts mixed',
      () => ({ companyId: world.north.id, locationIds: [first, world.south.locations[1] ?? ''] }),
    ],
    ['a sub-account that is none', () => ({ locationIds: ['nosuchlocation'] })],
  ])('for %s is refused and audited', async (_name, choice) => {
    const fresh = await world.newApp()
    const { browser, interaction } = await asking(world.north.admin, fresh)
    expect((await browser.decide(interaction, choice())).statusCode).toBe(403)
    expect(await world.installs.countOfApp(fresh.id)).toBe(0)
    await expect.poll(() => audited('consent.foreign', fresh.id)).toHaveLength(1)
  })

  it('of a sub-account’s user for another sub-account of the same agency is refused', async () => {
    const { browser, interaction } = await asking(world.north.local)
    expect((await browser.decide(interaction, { locationIds: [world.north.locations[1] ?? ''] })).statusCode).toBe(403)
  })

  it('for a client key that was deleted meanwhile is refused, and installs nothing', async () => {
    const fresh = await world.newApp()
    const { browser, interaction } = await asking(world.north.admin, fresh)
    await world.db.deleteFrom('clientKeys').where('clientId', '=', fresh.clientId).execute()
    world.apps.forget(fresh.id, [fresh.clientId])
    expect((await browser.decide(interaction, { locationIds: [first] })).statusCode).toBe(400)
    expect(await world.installs.countOfApp(fresh.id)).toBe(0)
  })

  it('for an address that was taken off the app meanwhile is refused: no code goes there', async () => {
    const fresh = await world.newApp()
    const { browser, interaction } = await asking(world.north.admin, fresh)
    await world.db
      .updateTable('apps')
      .set({ redirectUris: ['https://new.example/callback'] })
      .where('id', '=', fresh.id)
      .execute()
    world.apps.forget(fresh.id)
    for (const action of ['allow', 'deny'] as const) {
      expect((await browser.decide(interaction, { action, locationIds: [first] })).statusCode).toBe(400)
    }
    expect(await world.installs.countOfApp(fresh.id)).toBe(0)
  })

  it.each<[string, () => Choice]>([
    ['nothing chosen', () => ({})],
    ['future without all', () => ({ future: true })],
    ['all beside some', () => ({ all: true, locationIds: [first] })],
  ])('of an agency with %s is a plain 400, and can be made again', async (_name, choice) => {
    const { browser, interaction } = await asking(world.north.admin)
    expect((await browser.decide(interaction, choice())).statusCode).toBe(400)
    expect((await browser.decide(interaction, { locationIds: [first] })).statusCode).toBe(200)
  })
})

describe('an install', () => {
  const eventsOf = (appId: string, type = 'INSTALL') =>
    world.db.selectFrom('events').selectAll().where('appId', '=', appId).where('type', '=', type).orderBy('seq').execute()

  it('tells INSTALL once a new sub-account, and consenting again changes neither install nor count', async () => {
    const fresh = await world.newApp()
    const browser = await browserOf(world).signIn(world.north.admin)
    await browser.obtainCode(fresh, { locationIds: world.north.locations.slice(0, 2) })
    const before = await eventsOf(fresh.id)
    expect(before.map((event) => event.locationId).sort()).toEqual([...world.north.locations.slice(0, 2)].sort())
    expect(JSON.parse(before[0]?.payload ?? '')).toMatchObject({
      installType: 'Location',
      companyId: world.north.id,
      isBulkInstallation: true,
    })
    const rows = await world.installs.atLocationsOf(fresh.id, world.north.id)

    await browser.obtainCode(fresh, { all: true, future: true })
    expect((await eventsOf(fresh.id)).slice(2).map((event) => event.locationId)).toEqual([world.north.locations[2]])
    const after = await world.installs.atLocationsOf(fresh.id, world.north.id)
    expect(after.map((row) => row.installId)).toEqual(expect.arrayContaining(rows.map((row) => row.installId)))
  })

  it('made twice at the same moment is one', async () => {
    const fresh = await world.newApp()
    const both = await Promise.all([world.north.admin, world.north.owner].map((person) => asking(person, fresh)))
    await Promise.all(
      both.map(({ browser, interaction }, at) =>
        browser.decide(interaction, { locationIds: at ? [...world.north.locations] : [...world.north.locations].reverse() }),
      ),
    )
    expect(await world.installs.countOfApp(fresh.id)).toBe(3)
    expect(await eventsOf(fresh.id)).toHaveLength(3)
  })

  it('opens by its link for a private app too', async () => {
    const fresh = await world.newApp({ appType: 'private' })
    const { shown } = await asking(world.north.local, fresh)
    expect(shown.refusal).toBe('')
  })
})
