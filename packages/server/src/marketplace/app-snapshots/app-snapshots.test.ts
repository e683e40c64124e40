import { afterAll, beforeAll, expect, test } from 'vitest'
import { pushJob, takeSnapshot } from '../../crm/snapshots/index.js'
import { newHexId, newId } from '../../ids.js'
import * as world from '../../lab/demo/world.js'
import { assetKinds, snapshotRooms } from '../../rooms/snapshots.js'
import { type Browser, type PortalApp, portalApp } from '../../testing/portal-app.js'
import { appSnapshotModule, bringAppSnapshot, broughtBy } from './index.js'

let on: PortalApp
let rooms: ReturnType<typeof snapshotRooms>
let dana: Browser
let app: { id: string; versionId: string; scopes: string[] }
/** How many places each grant added. */
const added: number[] = []
const theirs = { companyId: '', locationIds: [] as string[] }

const shareOf = async (snapshotId: string, shareType: string) => {
  const id = newId(on.clock.now())
  const row = { id, companyId: on.companyId, snapshotId, shareType, relationshipNumbers: [], locationIds: [] }
  await on.db
    .insertInto('snapshotShares')
    .values({ ...row, dateAdded: on.clock.now() })
    .execute()
  return id
}

const take = (name: string) =>
  takeSnapshot(assetKinds, on.db, { companyId: on.companyId, locationId: on.locationId, name }, on.clock.now())

beforeAll(async () => {
  on = await portalApp({
    more: ({ apps, installs }) => appSnapshotModule({ apps, installs, offered: (db, id) => rooms.offered(db, id) }),
  })
  const services = { db: on.db, publicUrl: 'https://here.example', say: (line: string) => void on.said.push(line) }
  rooms = snapshotRooms({ services: services as never, identity: on.identity, wake: () => {} })
  on.installs.onInstalled(bringAppSnapshot(rooms.bring))
  on.installs.onInstalled(async (_work, installs) => void added.push(installs.length))
  const now = on.clock.now()
  theirs.companyId = await on.identity.createCompany(on.db, { ...world.company, name: 'Theirs' }, now)
  for (const name of ['North', 'South', 'East', 'West']) {
    const location = { ...world.locations[1], companyId: theirs.companyId, name } as Parameters<
      typeof on.identity.createLocation
    >[1]
    theirs.locationIds.push(await on.identity.createLocation(on.db, location, now))
  }
  const value = { locationId: on.locationId, id: newId(now), name: 'Motto', key: 'motto' }
  await on.db
    .insertInto('customValues')
    .values({ ...value, value: 'Ahoy', dateAdded: now, dateUpdated: now })
    .execute()
  dana = await on.developer('Dana')
  app = (await dana.send('POST', '/_ground/apps', { name: 'Boat kit', targetUser: 'location' })).body.app
})
afterAll(() => on?.close())

const own = () => `/_ground/apps/${app.id}/snapshot`
const put = (shareLink: string) => dana.send('PUT', own(), { shareLink })

const install = (companyId: string, ...locationIds: string[]) =>
  on.db.transaction().execute((db) => {
    const work = { db, now: on.clock.now(), traceId: newHexId(), afterCommit: () => {}, emit: async () => {} }
    const company = { id: companyId, name: 'Agency', isWhitelabel: false }
    const { id: appId, versionId, scopes } = app
    return on.installs.add(work, {
      kind: locationIds.length > 1 ? 'bulk' : 'location',
      appId,
      versionId,
      company,
      locationIds,
      userId: newId(on.clock.now()),
      scopes,
    })
  })

const pushesTo = (companyId: string) =>
  on.db.selectFrom('snapshotPushes').select(['locationId', 'snapshotId']).where('companyId', '=', companyId).execute()

test('what an app brings is chosen by its developer alone, by a permanent link', async () => {
  expect((await dana.send('GET', own())).body).toMatchObject({ snapshot: null })
  const once = await shareOf(await take('For one'), 'link')
  for (const link of ['nonsense', 'https://here.example/?share=', `https://here.example/?share=${once}`, '\u0000'])
    expect((await put(link)).status).toBeGreaterThanOrEqual(400)
  const shareId = await shareOf(await take('Boats'), 'permanent_link')
  const { body } = await put(`https://here.example/?share=${shareId}`)
  expect(body.snapshot).toMatchObject({ shareId, gone: false, name: 'Boats', sharedBy: 'Agency', counts: { custom_values: 1 } })
  const eve = await on.developer('Eve')
  for (const [method, sent] of [['GET'], ['PUT', { shareLink: shareId }], ['DELETE']] as const)
    expect((await eve.send(method, own(), sent)).body.message).toBe('App not found')
})

test('each sub-account that it is newly added to gets it, another agency by one copy of its own', async () => {
  const { companyId, locationIds } = theirs
  const [north = '', south = '', ...others] = locationIds
  await Promise.all([install(companyId, north), install(companyId, south)])
  await install(companyId, north)
  expect(added).toEqual([1, 1])
  await install(companyId, ...others)
  expect(added).toEqual([1, 1, 2])
  await install(on.companyId, on.otherLocationId)
  const copies = await on.db.selectFrom('snapshots').select(['id', 'type', 'name']).where('companyId', '=', companyId).execute()
  expect(copies).toEqual([{ id: expect.any(String), type: 'imported', name: 'Boats' }])
  const pushes = await pushesTo(companyId)
  expect(pushes.map(({ locationId }) => locationId).sort()).toEqual([...locationIds].sort())
  expect(new Set(pushes.map(({ snapshotId }) => snapshotId))).toEqual(new Set([copies[0]?.id]))
  expect(await pushesTo(on.companyId)).toHaveLength(1)
  await pushJob({ db: on.db, kinds: assetKinds, say: (line) => on.said.push(line) }).run(on.clock.now())
  const values = await on.db.selectFrom('customValues').select(['locationId', 'value']).where('name', '=', 'Motto').execute()
  expect(values.map(({ locationId }) => locationId).sort()).toEqual([on.locationId, on.otherLocationId, ...locationIds].sort())
  expect(on.said).toEqual([])
})

test('whoever is to add the app is told what comes along by name, and an agency gets a copy of what an app of agencies brings', async () => {
  const brought = broughtBy(on.db, rooms.named)
  const shown = { name: 'Boats', sharedBy: 'Agency', kinds: [{ kind: 'custom_values', count: 1, names: ['Motto'] }] }
  expect(await brought(app.id)).toEqual(shown)
  expect(await brought('none')).toBeNull()
  const companyId = await on.identity.createCompany(on.db, { ...world.company, name: 'Third' }, on.clock.now())
  await on.db.transaction().execute((db) => {
    const work = { db, now: on.clock.now(), traceId: newHexId(), afterCommit: () => {}, emit: async () => {} }
    const { id: appId, versionId, scopes } = app
    const company = { id: companyId, name: 'Third', isWhitelabel: false }
    return on.installs.add(work, { kind: 'agency', appId, versionId, company, locationIds: [], userId: newId(work.now), scopes })
  })
  const copies = await on.db.selectFrom('snapshots').select(['type', 'name']).where('companyId', '=', companyId).execute()
  expect(copies).toEqual([{ type: 'imported', name: 'Boats' }])
  expect(await pushesTo(companyId)).toEqual([])
})

test('is fixed once the app is installed, and nothing where the link is revoked or taken off', async () => {
  const other = await shareOf(await take('Other'), 'permanent_link')
  for (const refused of [await put(other), await dana.send('DELETE', own())])
    expect(refused.body.message).toBe('The app is installed already, so what it brings is fixed.')
  await on.db.deleteFrom('snapshotShares').where('shareType', '=', 'permanent_link').where('id', '!=', other).execute()
  expect((await dana.send('GET', own())).body.snapshot).toMatchObject({ gone: true })
  const before = (await pushesTo(on.companyId)).length
  await install(on.companyId, on.locationId)
  expect(await pushesTo(on.companyId)).toHaveLength(before)
  expect((await put(other)).body.snapshot).toMatchObject({ name: 'Other', gone: false })
  await on.db.deleteFrom('snapshotShares').where('id', '=', other).execute()
  expect((await dana.send('DELETE', own())).body).toMatchObject({ succeeded: true })
  expect((await dana.send('DELETE', own())).status).toBe(400)
})
