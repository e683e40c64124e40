import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Browser, type PortalApp, portalApp } from '../../testing/portal-app.js'
import { viewsModule } from './index.js'

let on: PortalApp
let olga: Browser
let locationId: string

beforeAll(async () => {
  on = await portalApp({ more: ({ identity }) => viewsModule(identity) })
  olga = on.browser()
  const first = await olga.send('POST', '/_ground/accounts/first-run', {
    name: 'Olga Owner',
    email: 'olga@agency.example',
    password: 'correct horse',
    companyName: 'Olga & Co',
    locationName: 'First',
  })
  const companyId = first.body.account.places[1].id
  locationId = (await on.identity.locationsOfCompany(companyId, { limit: 1, offset: 0 })).rows[0]?.id ?? ''
})
afterAll(() => on?.close())

const definition = {
  filters: [{ field: 'tags', operator: 'eq', value: 'vip' }],
  columns: ['email'],
  sort: { field: 'email', direction: 'asc' },
}
const keep = (name: string, more: object = {}) =>
  olga.send('POST', '/_ground/views', { locationId, kind: 'contacts', name, definition, ...more })
const list = (browser: Browser, at = locationId) => browser.send('GET', `/_ground/views?locationId=${at}&kind=contacts`)

test('a view is kept as it was given, listed by name, changed and forgotten', async () => {
  const { status, body } = await keep('  Zebras ')
  expect([status, body.view.name, body.view.definition]).toEqual([201, 'Zebras', definition])
  await keep('ants')
  expect((await list(olga)).body.views.map(({ name }: { name: string }) => name)).toEqual(['ants', 'Zebras'])
  const path = `/_ground/views/${body.view.id}?locationId=${locationId}`
  const changed = await olga.send('PUT', path, { definition: { filters: [], columns: [] } })
  expect(changed.body.view).toMatchObject({ name: 'Zebras', definition: { filters: [], columns: [] } })
  expect((await olga.send('DELETE', path)).status).toBe(200)
  expect((await olga.send('DELETE', path)).body.message).toBe('View not found')
})

test('two views of a list never have one name, whatever its case, also not by renaming', async () => {
  await keep('Mine')
  const again = await keep('MINE')
  expect([again.status, again.body.message[0]]).toEqual([422, 'name is already taken by another of your views: MINE'])
  const other = await keep('Other')
  const renamed = await olga.send('PUT', `/_ground/views/${other.body.view.id}?locationId=${locationId}`, { name: 'mine' })
  expect(renamed.status).toBe(422)
})

test('nobody sees or changes the views of another person, or of a sub-account that is not theirs', async () => {
  const { body } = await keep('Secret')
  const eve = await on.developer('Eve')
  expect((await list(eve)).status).toBe(400)
  for (const method of ['PUT', 'DELETE']) {
    const answer = await eve.send(
      method,
      `/_ground/views/${body.view.id}?locationId=${locationId}`,
      method === 'PUT' ? { name: 'x' } : undefined,
    )
    expect([answer.status, answer.body.message]).toEqual([400, 'Sub-account not found'])
  }
  expect((await list(olga, on.locationId)).status).toBe(400)
  const companyId = (await on.identity.location(locationId))?.companyId ?? ''
  const { browser: uma } = await on.user('Uma', { companyId, locationIds: [locationId] })
  expect((await list(uma)).body.views).toEqual([])
  expect((await uma.send('DELETE', `/_ground/views/${body.view.id}?locationId=${locationId}`)).body.message).toBe(
    'View not found',
  )
})

test('the hundred and first view is refused', async () => {
  const { body } = await list(olga)
  for (let count = body.views.length; count < 100; count++) expect((await keep(`view ${count}`)).status).toBe(201)
  expect((await keep('one too many')).status).toBe(400)
})
