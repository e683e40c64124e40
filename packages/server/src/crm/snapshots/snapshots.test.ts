import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { assetKinds } from '../../rooms/snapshots.js'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { snapshotPorts } from '../../testing/snapshot-ports.js'
import { customValuesModule } from '../custom-values/index.js'
import { linksModule } from '../links/index.js'
import { productsModule } from '../products/index.js'
import { pushJob, snapshotsModule } from './index.js'

let on: ModuleApp
let agency: string

beforeAll(async () => {
  on = await moduleApp(({ db }) => [
    ...productsModule(),
    ...linksModule(),
    ...customValuesModule(),
    ...snapshotsModule(snapshotPorts(db)),
  ])
  agency = on.token({ actor: 'agency', locationId: undefined })
})
afterAll(() => on?.close())

const call = (method: string, path: string, body?: object) => {
  const query = body ? path : `${path}${path.includes('?') ? '&' : '?'}companyId=${on.companyId}`
  return on.call(method, query, { token: agency, ...(body ? { body: { companyId: on.companyId, ...body } } : {}) })
}

const push = async () => {
  await pushJob({ db: on.db, kinds: assetKinds, say: (line) => on.said.push(line) }).run(on.clock.now())
}

const take = async (name: string, locationId = on.locationId) =>
  (await call('POST', '/snapshots/', { locationId, name })).body.snapshot

const addProduct = async (name: string) => {
  const owner = { locationId: on.locationId }
  const collection = { altId: on.locationId, altType: 'location', name: `C ${name}`, slug: `c-${name}` }
  const { data } = (await on.call('POST', '/products/collections', { body: collection })).body
  const body = { ...owner, name, productType: 'PHYSICAL', collectionIds: [data._id] }
  const { _id } = (await on.call('POST', '/products/', { body })).body
  const price = { ...owner, name: 'One', type: 'one_time', currency: 'USD', amount: 9.99 }
  await on.call('POST', `/products/${_id}/price`, { body: price })
  return _id
}

const addValue = async (name: string, value: string) =>
  (await on.call('POST', `/locations/${on.locationId}/customValues`, { body: { name, value } })).body.customValue

describe('a snapshot', () => {
  test('holds what is set up in a sub-account, is listed, read and deleted', async () => {
    await addProduct('Held')
    await addValue('Opening hours', '9 to 5')
    const { status, body } = await call('POST', '/snapshots/', { locationId: on.locationId, name: 'First' })
    expect(status).toBe(201)
    const { id, assets } = body.snapshot
    expect(id).toMatch(/^[A-Za-z0-9]{20}$/)
    expect(assets.products).toEqual([{ id: expect.any(String), key: 'held', name: 'Held' }])
    expect(assets.custom_values).toEqual([expect.objectContaining({ name: 'Opening hours' })])
    expect((await call('GET', '/snapshots/')).body.snapshots).toContainEqual({ id, name: 'First', type: 'own' })
    expect((await call('GET', `/snapshots/${id}`)).body.snapshot).toMatchObject({ id, name: 'First', locationId: on.locationId })
    expect((await call('DELETE', `/snapshots/${id}`)).body).toMatchObject({ succeded: true, succeeded: true })
    expect((await call('GET', `/snapshots/${id}`)).body.message).toBe('Snapshot not found')
  })

  test('brings what it holds into another sub-account, its references with it, and says how far it is', async () => {
    await addProduct('Moved')
    const { id } = await take('To move')
    const pushed = await call('POST', `/snapshots/${id}/push`, { locationIds: [on.otherLocationId] })
    expect([pushed.status, pushed.body.pushes]).toEqual([
      201,
      [{ id: pushed.body.id, locationId: on.otherLocationId, status: 'pending', dateAdded: expect.any(String) }],
    ])
    const status = `/snapshots/snapshot-status/${id}`
    const before = (await call('GET', `${status}/location/${on.otherLocationId}`)).body.data
    expect([before.completed, before.pending[0]]).toEqual([[], 'tags'])
    await push()
    const after = (await call('GET', `${status}/location/${on.otherLocationId}`)).body.data
    expect(after).toMatchObject({ id: pushed.body.id, status: 'completed', pending: [] })
    expect(after.completed).toContain('product_prices')
    const token = on.token({ locationId: on.otherLocationId })
    const theirs = (path: string) => on.call('GET', path, { token })
    const at = `locationId=${on.otherLocationId}`
    const product = (await theirs(`/products/moved?${at}`)).body
    const collections = (await theirs(`/products/collections?altId=${on.otherLocationId}&altType=location&name=Moved`)).body.data
    expect(product.collectionIds).toEqual([collections[0]._id])
    expect((await theirs(`/products/${product._id}/price?${at}`)).body.prices[0]).toMatchObject({
      amount: 9.99,
      product: product._id,
    })
    const rows = await call('GET', `${status}?from=01-01-2020 09:00 AM&to=12-31-2099 11:59 PM&limit=5`)
    expect(rows.body.data).toEqual([
      { id: pushed.body.id, locationId: on.otherLocationId, status: 'completed', dateAdded: expect.any(String) },
    ])
  })

  test('leaves what is there as it is, unless it is told to override', async () => {
    const value = await addValue('Slogan', 'Ours')
    const { id } = await take('Slogan')
    await call('POST', `/snapshots/${id}/push`, { locationIds: [on.otherLocationId] })
    await push()
    await on.call('PUT', `/locations/${on.locationId}/customValues/${value.id}`, { body: { name: 'Slogan', value: 'New' } })
    const later = await take('Slogan 2')
    const token = on.token({ locationId: on.otherLocationId })
    const slogan = async () =>
      (await on.call('GET', `/locations/${on.otherLocationId}/customValues`, { token })).body.customValues.find(
        ({ name }: { name: string }) => name === 'Slogan',
      ).value
    await call('POST', `/snapshots/${later.id}/push`, { locationIds: [on.otherLocationId] })
    await push()
    expect(await slogan()).toBe('Ours')
    await call('POST', `/snapshots/${later.id}/push`, { locationIds: [on.otherLocationId], override: true })
    await push()
    expect(await slogan()).toBe('New')
    expect((await call('GET', `/snapshots/${id}/compare/${later.id}`)).body).toMatchObject({
      counts: { added: 0, removed: 0, changed: 1 },
      changes: [
        {
          ...{ kind: 'custom_values', name: 'Slogan', change: 'changed', fields: ['value'] },
          differences: [{ path: 'value', before: 'Ours', after: 'New' }],
        },
      ],
      byKind: [{ kind: 'custom_values', changed: 1 }],
      byDay: [{ day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), count: 1 }],
    })
  })

  test('takes and brings the families that are asked for, and replaces what is there in those that are said', async () => {
    const value = await addValue('Motto', 'First')
    await on.call('POST', '/links/', { body: { locationId: on.locationId, name: 'Offer', redirectTo: 'https://x.example/1' } })
    const chosen = await call('POST', '/snapshots/', {
      locationId: on.locationId,
      name: 'Two',
      families: ['custom_values', 'products'],
    })
    expect(Object.keys(chosen.body.snapshot.assets)).not.toContain('trigger_links')
    expect(Object.keys(chosen.body.snapshot.assets)).toEqual(expect.arrayContaining(['custom_values', 'product_prices']))
    expect((await call('POST', '/snapshots/', { locationId: on.locationId, name: 'x', families: ['nothing'] })).status).toBe(422)
    const token = on.token({ locationId: on.otherLocationId })
    const theirs = async () => ({
      motto: (await on.call('GET', `/locations/${on.otherLocationId}/customValues`, { token })).body.customValues.find(
        ({ name }: { name: string }) => name === 'Motto',
      )?.value,
      offer: (await on.call('GET', `/links/?locationId=${on.otherLocationId}`, { token })).body.links.find(
        ({ name }: { name: string }) => name === 'Offer',
      )?.redirectTo,
    })
    const locationIds = [on.otherLocationId]
    const { id } = await take('All')
    await call('POST', `/snapshots/${id}/push`, { locationIds, families: ['custom_values'] })
    await push()
    expect(await theirs()).toEqual({ motto: 'First', offer: undefined })
    await call('POST', `/snapshots/${id}/push`, { locationIds })
    await push()
    await on.call('PUT', `/locations/${on.locationId}/customValues/${value.id}`, { body: { name: 'Motto', value: 'Second' } })
    const links = (await on.call('GET', `/links/?locationId=${on.locationId}`)).body.links
    const link = links.find(({ name }: { name: string }) => name === 'Offer')
    const changed = { name: 'Offer', redirectTo: 'https://x.example/2' }
    await on.call('PUT', `/links/${link.id}`, { body: changed })
    const later = await take('All, later')
    await call('POST', `/snapshots/${later.id}/push`, { locationIds, overrideFamilies: ['trigger_links'] })
    await push()
    expect(await theirs()).toEqual({ motto: 'First', offer: 'https://x.example/2' })
  })

  test('stands in the history of its sub-account with what it holds and what changed since the one before', async () => {
    const first = await take('History 1')
    await addValue('Told', 'yes')
    await on.call('PUT', `/locations/${on.locationId}/customValues/${(await addValue('Changing', 'a')).id}`, {
      body: { name: 'Changing', value: 'b' },
    })
    const second = await take('History 2')
    const { snapshots } = (await call('GET', `/snapshots/history?locationId=${on.locationId}&limit=2`)).body
    expect(snapshots.map(({ id }: { id: string }) => id)).toEqual([second.id, first.id])
    expect(snapshots[0]).toMatchObject({ name: 'History 2', since: { added: 2, removed: 0, changed: 0 } })
    expect(snapshots[0].assetCount - snapshots[1].assetCount).toBe(2)
    expect(snapshots[0].counts.custom_values - snapshots[1].counts.custom_values).toBe(2)
    const page = (await call('GET', `/snapshots/history?limit=1&lastDoc=${second.id}`)).body.snapshots
    expect([page[0].id, page[0].since]).toEqual([first.id, undefined])
  })

  test('of two sub-accounts that are set up alike differs in nothing, though every id does', async () => {
    const { id } = await take('Mine')
    await call('POST', `/snapshots/${id}/push`, { locationIds: [on.otherLocationId], override: true })
    await push()
    const theirs = await take('Theirs', on.otherLocationId)
    expect((await call('GET', `/snapshots/${id}/compare/${theirs.id}`)).body.changes).toEqual([])
  })

  test('of another agency is not there, nor are its sub-accounts', async () => {
    const { id } = await take('Secret')
    const companyId = 'anotherCompany000001'
    await on.db.insertInto('companies').values({ id: companyId, name: 'Other', dateAdded: on.clock.now() }).execute()
    const token = on.token({ actor: 'agency', locationId: undefined, companyId })
    const reply = await on.call('GET', `/snapshots/${id}?companyId=${companyId}`, { token })
    expect([reply.status, reply.body.message]).toEqual([400, 'Snapshot not found'])
    const taken = await on.call('POST', '/snapshots/', { token, body: { companyId, locationId: on.locationId, name: 'x' } })
    expect([taken.status, taken.body.message]).toEqual([400, 'Location not found'])
    expect((await on.call('GET', `/snapshots/?companyId=${on.companyId}`, { token })).status).toBe(403)
    const mine = on.token()
    expect((await on.call('GET', `/snapshots/?companyId=${on.companyId}`, { token: mine })).status).toBe(401)
  })
})
