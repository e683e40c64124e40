import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserOf, type Choice, callApi, exchange } from '../../testing/oauth-browser.js'
import { type Agency, type OAuthWorld, oauthWorld } from '../../testing/oauth-world.js'

let world: OAuthWorld
beforeAll(async () => {
  world = await oauthWorld()
})
afterAll(() => world.close())

type Installer = 'owner' | 'admin' | 'helper' | 'local'

interface Row {
  readonly target: 'company' | 'location'
  readonly who: 'both' | 'agency'
  readonly bulk: boolean
  readonly allow: boolean
  readonly by: Installer
  /** What the page offers, or '' where it refuses. */
  readonly chooser: 'company' | 'location' | 'bulk' | ''
}

const oneOf = <T>(values: readonly T[]) => values
const flags = oneOf([false, true])

/** Written out from the distribution types (M3), not from the code. */
const expected = ({ target, who, bulk, allow, by }: Omit<Row, 'chooser'>): Row['chooser'] => {
  const decides = by === 'owner' || by === 'admin'
  if (target === 'company') return decides ? 'company' : by === 'local' && allow ? 'location' : ''
  if (decides) return bulk ? 'bulk' : 'location'
  return by === 'local' && who === 'both' ? 'location' : ''
}

const rows: Row[] = oneOf(['company', 'location'] as const).flatMap((target) =>
  oneOf(['both', 'agency'] as const).flatMap((who) =>
    flags.flatMap((bulk) =>
      flags.flatMap((allow) =>
        oneOf<Installer>(['owner', 'admin', 'helper', 'local']).map((by) => {
          const row = { target, who, bulk, allow, by }
          return { ...row, chooser: expected(row) }
        }),
      ),
    ),
  ),
)

const choiceFor = (chooser: Row['chooser'], agency: Agency): Choice =>
  chooser === 'company'
    ? { companyId: agency.id }
    : chooser === 'bulk'
      ? { companyId: agency.id, locationIds: agency.locations.slice(0, 2) }
      : { locationIds: agency.locations.slice(0, 1) }

const named = ({ target, who, bulk, allow, by, chooser }: Row) =>
  `${target} app, ${who} install, ${bulk ? 'bulk' : 'no bulk'}, ${allow ? 'sub-accounts allowed' : 'agency alone'}, by ${by}: ${chooser || 'refused'}`

describe('distribution × installer', () => {
  it.each(rows.map((row) => [named(row), row] as const))('%s', async (_name, row) => {
    const app = await world.newApp({
      targetUser: row.target,
      whoCanInstall: row.who,
      bulkInstall: row.bulk,
      allowLocationInstall: row.allow,
    })
    const agency = world.north
    const browser = await browserOf(world).signIn(agency[row.by])
    const { interaction } = await browser.authorize(app)
    const { interaction: shown } = (await browser.consent(interaction)).json()
    if (row.chooser === '') {
      expect(shown.refusal).not.toBe('')
      expect(shown.companies).toEqual([])
      const reply = await browser.decide(interaction, choiceFor('location', agency))
      expect([reply.statusCode, reply.json().message]).toEqual([403, shown.refusal])
      expect(await world.installs.countOfApp(app.id)).toBe(0)
      return
    }
    expect([shown.chooser, shown.refusal]).toEqual([row.chooser, ''])
    const { redirectTo } = (await browser.decide(interaction, choiceFor(row.chooser, agency))).json()
    const token = (await exchange(world, app, new URL(redirectTo).searchParams.get('code') ?? '')).json()
    if (row.chooser === 'location') {
      expect(token).toMatchObject({
        userType: 'Location',
        locationId: agency.locations[0],
        companyId: agency.id,
        isBulkInstallation: false,
      })
      expect(token).not.toHaveProperty('approvedLocations')
      return
    }
    expect(token).toMatchObject({ userType: 'Company', companyId: agency.id, isBulkInstallation: row.chooser === 'bulk' })
    expect(token).not.toHaveProperty('locationId')
    if (row.chooser === 'bulk') {
      expect(token.approvedLocations.sort()).toEqual(agency.locations.slice(0, 2).sort())
      expect(token).toMatchObject({ approveAllLocations: false, installToFutureLocations: false })
    }
  })

  it('tells the developer of a refusal in its own words', async () => {
    const app = await world.newApp({ targetUser: 'company' })
    const browser = await browserOf(world).signIn(world.north.local)
    const { interaction } = await browser.authorize(app)
    await browser.consent(interaction)
    await browser.consent(interaction)
    await world.flush()
    const logged = await world.db
      .selectFrom('tokenLog')
      .select('why')
      .where('appId', '=', app.id)
      .where('ok', '=', false)
      .execute()
    expect(logged).toEqual([{ why: expect.stringContaining('only an owner or admin of north Agency can do that') }])
  })

  it('approves all sub-accounts and future ones when told so', async () => {
    const app = await world.newApp()
    const browser = await browserOf(world).signIn(world.north.owner)
    const token = (await exchange(world, app, await browser.obtainCode(app, { all: true, future: true }))).json()
    expect(token).toMatchObject({ approveAllLocations: true, installToFutureLocations: true })
    expect(token.approvedLocations.sort()).toEqual([...world.north.locations].sort())
    const installs = [
      await world.installs.ofCompany(app.id, world.north.id),
      ...(await world.installs.atLocationsOf(app.id, world.north.id)),
    ]
    expect(installs.map((install) => install?.state)).toEqual(Array(4).fill('connected'))
  })

  it('leaves out of a sub-account’s grant what only an agency can give', async () => {
    const app = await world.newApp({
      targetUser: 'company',
      allowLocationInstall: true,
      scopes: ['companies.readonly', 'contacts.readonly', 'oauth.write'],
    })
    const browser = await browserOf(world).signIn(world.north.local)
    const token = (
      await exchange(world, app, await browser.obtainCode(app, { locationIds: world.north.locations.slice(0, 1) }))
    ).json()
    expect(token.scope).toBe('contacts.readonly oauth.write')
    const refused = await callApi(world, token.access_token, 'POST', '/oauth/locationToken', {
      companyId: world.north.id,
      locationId: world.north.locations[0],
    })
    expect([refused.statusCode, refused.json().message]).toEqual([401, "This token's user type is not yet supported!"])
  })
})
