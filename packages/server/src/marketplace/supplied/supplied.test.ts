import { afterAll, beforeAll, expect, test } from 'vitest'
import { installerOf } from '../../testing/installer.js'
import { browserOf, exchange } from '../../testing/oauth-browser.js'
import { type OAuthWorld, oauthWorld, type TestApp } from '../../testing/oauth-world.js'
import { suppliedTo } from './index.js'
import { actionsOf } from './supplied.sql.js'

let world: OAuthWorld
beforeAll(async () => {
  world = await oauthWorld()
})
afterAll(() => world?.close())

const { at } = installerOf(() => world)

const supplying = async (app: TestApp) => {
  const url = 'https://app.example/score'
  const parts = { description: '', headers: {}, fields: [], branching: false, branchFields: [], pause: false, sample: {} }
  await actionsOf(world.db, app.id).add('0'.repeat(24), { key: 'score', name: 'Score', url, ...parts }, world.clock.now())
}
const keysAt = async (locationId: string) => {
  const { actions } = await suppliedTo(world)(world.db, { companyId: world.north.id, locationId })
  return actions.map(({ key }) => key)
}

test('an app supplies its actions where it is connected, from its first token on', async () => {
  const app = await world.newApp()
  await supplying(app)
  const browser = await browserOf(world).signIn(world.north.local)
  const code = await browser.obtainCode(app, { locationIds: [at(0)] })
  expect(await keysAt(at(0))).toEqual([])
  await exchange(world, app, code)
  expect([await keysAt(at(0)), await keysAt(at(1))]).toEqual([['score'], []])
})

test('an app supplies nothing where the install was not granted the scope, whatever the app asks for now', async () => {
  const app = await world.newApp()
  await supplying(app)
  const before = await keysAt(at(0))
  const browser = await browserOf(world).signIn(world.north.local)
  await exchange(world, app, await browser.obtainCode(app, { locationIds: [at(0)] }))
  const grant = (scopes: string[]) => world.db.updateTable('installs').set({ scopes }).where('appId', '=', app.id).execute()
  await grant(app.scopes.filter((scope) => scope !== 'workflows.readonly'))
  expect(await keysAt(at(0))).toEqual(before)
  await grant([...app.scopes])
  expect(await keysAt(at(0))).toEqual([...before, 'score'])
})
