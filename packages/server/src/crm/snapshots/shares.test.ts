import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { relationshipNumber } from '../../marketplace/index.js'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { snapshotPorts } from '../../testing/snapshot-ports.js'
import { customValuesModule } from '../custom-values/index.js'
import { snapshotsModule } from './index.js'

const others = 'anotherCompany000001'
const strangers = 'strangeCompany000001'
const theirLocation = 'anotherLocation00001'
const person = 'somebodysUserId00001'
const calendar = 'someCalendarsId00001'

let on: ModuleApp
let snapshotId: string

/** Asks as an agency. */
const as = (companyId: string, method: string, path: string, body?: object) =>
  on.call(method, body ? path : `${path}?companyId=${companyId}`, {
    token: on.token({ actor: 'agency', locationId: undefined, companyId }),
    ...(body ? { body: { companyId, ...body } } : {}),
  })

const share = async (share_type: string, more: object = {}) => {
  const token = on.token({ actor: 'agency', locationId: undefined })
  const body = { snapshot_id: snapshotId, share_type, ...more }
  return (await on.call('POST', `/snapshots/share/link?companyId=${on.companyId}`, { token, body })).body
}

beforeAll(async () => {
  on = await moduleApp(({ db }) => [...customValuesModule(), ...snapshotsModule(snapshotPorts(db))])
  const dateAdded = on.clock.now()
  for (const id of [others, strangers])
    await on.db
      .insertInto('companies')
      .values({ id, name: `The ${id}`, dateAdded })
      .execute()
  const place = { id: theirLocation, companyId: others, name: 'Theirs', country: 'US', settings: '{}', dateAdded }
  await on.db.insertInto('locations').values(place).execute()
  const name = { firstName: 'Sam', lastName: 'Body', email: 'sam@people.example' }
  const user = { ...name, id: person, companyId: on.companyId, type: 'account', role: 'user', dateAdded } as const
  await on.db.insertInto('users').values(user).execute()
  const settings = { teamMembers: [{ userId: person, priority: 1 }], eventTitle: 'Call' }
  const facts = {
    locationId: on.locationId,
    id: calendar,
    name: 'Calls',
    calendarType: 'round_robin',
    isActive: true,
    slug: 'calls',
  }
  const row = { ...facts, settings: JSON.stringify(settings), dateAdded, dateUpdated: dateAdded }
  await on.db.insertInto('calendars').values(row).execute()
  await on.call('POST', `/locations/${on.locationId}/customValues`, { body: { name: 'Shared', value: 'yes' } })
  const taken = await as(on.companyId, 'POST', '/snapshots/', { locationId: on.locationId, name: 'Given away' })
  snapshotId = taken.body.snapshot.id
})
afterAll(() => on?.close())

describe('a share link', () => {
  test('shows another agency what it offers, and gives it a copy without the people of the one that shares', async () => {
    const { id, shareLink } = await share('permanent_link')
    expect(shareLink).toBe(`https://here.example/?share=${id}`)
    const { status, body } = await as(others, 'GET', `/snapshots/share/${id}`)
    expect(status).toBe(200)
    expect(body.shared).toMatchObject({ id, name: 'Given away', own: false, counts: { custom_values: 1, calendars: 1 } })
    const copy = await as(others, 'POST', `/snapshots/share/${id}/import`, {})
    expect([copy.status, copy.body.snapshot.type, copy.body.snapshot.locationId]).toEqual([201, 'imported', undefined])
    expect(copy.body.snapshot.assets.custom_values).toMatchObject([{ name: 'Shared' }])
    const kept = on.db.selectFrom('snapshotAssets').select('data').where('kind', '=', 'calendars')
    const { data } = await kept.where('snapshotId', '=', copy.body.snapshot.id).executeTakeFirstOrThrow()
    expect(data).toMatchObject({ name: 'Calls', settings: { teamMembers: [], eventTitle: 'Call' } })
    const mine = (await as(others, 'GET', '/snapshots/')).body.snapshots
    expect(mine).toEqual([{ id: copy.body.snapshot.id, name: 'Given away', type: 'imported' }])
    const shares = (await as(on.companyId, 'GET', `/snapshots/${snapshotId}/shares`)).body.shares
    expect(shares[0]).toMatchObject({ id, shareLink, share_type: 'permanent_link', timesUsed: 1 })
  })

  test('for one copy gives one, of two agencies that take it at once too', async () => {
    const { id } = await share('link')
    const both = [others, strangers].map((companyId) => as(companyId, 'POST', `/snapshots/share/${id}/import`, { name: 'Mine' }))
    const statuses = (await Promise.all(both)).map(({ status }) => status).sort()
    expect(statuses).toEqual([201, 400])
    expect((await as(others, 'GET', `/snapshots/share/${id}`)).body.message).toBe('Shared snapshot not found')
    expect((await as(on.companyId, 'GET', `/snapshots/share/${id}`)).body.shared.own).toBe(true)
  })

  test('for an agency or a sub-account is not there for any other', async () => {
    const forAgency = await share('agency_link', { relationship_number: `0-000-000, ${relationshipNumber(others)}` })
    const forLocation = await share('location_link', { share_location_id: theirLocation })
    for (const { id } of [forAgency, forLocation]) {
      expect((await as(strangers, 'GET', `/snapshots/share/${id}`)).status).toBe(400)
      expect((await as(strangers, 'POST', `/snapshots/share/${id}/import`, {})).body.message).toBe('Shared snapshot not found')
      expect((await as(others, 'POST', `/snapshots/share/${id}/import`, {})).status).toBe(201)
    }
  })

  test('is good for nothing once it is revoked, which its own agency alone can do', async () => {
    const { id } = await share('permanent_link')
    expect((await as(others, 'DELETE', `/snapshots/share/${id}`)).status).toBe(400)
    expect((await as(on.companyId, 'DELETE', `/snapshots/share/${id}`)).body).toMatchObject({ succeeded: true })
    expect((await as(others, 'GET', `/snapshots/share/${id}`)).status).toBe(400)
    expect((await as(others, 'GET', `/snapshots/${snapshotId}/shares`)).body.message).toBe('Snapshot not found')
  })

  test('of the own agency is not used up by it', async () => {
    const { id } = await share('link')
    expect((await as(on.companyId, 'POST', `/snapshots/share/${id}/import`, {})).status).toBe(400)
    expect((await as(others, 'POST', `/snapshots/share/${id}/import`, {})).status).toBe(201)
  })
})

test('what an app brought is not shared on', async () => {
  await on.db.updateTable('snapshots').set({ shareId: 'fromAnApp' }).where('id', '=', snapshotId).execute()
  expect((await share('permanent_link')).message).toBe('An app brought this snapshot: it can be pushed, not shared on.')
  await on.db.updateTable('snapshots').set({ shareId: null }).where('id', '=', snapshotId).execute()
})

test('whoever asks with the wrong token or for no agency is told what to send', async () => {
  const paths = ['/snapshots/a/compare/b', '/snapshots/share/some', '/snapshots/history']
  for (const path of paths) {
    const nameless = await on.call('GET', path, { token: on.token({ actor: 'agency', locationId: undefined }) })
    expect([nameless.status, nameless.body.hint]).toEqual([403, expect.stringMatching(/^Send companyId in the query/)])
    const wrong = await on.call('GET', `${path}?companyId=${on.companyId}`)
    expect([wrong.status, wrong.body.hint]).toEqual([401, expect.stringMatching(/^Use a token of the agency/)])
  }
  const token = on.token({ actor: 'agency', locationId: undefined })
  const post = await on.call('POST', '/snapshots/share/some/import', { token, body: {} })
  expect(post.body.hint).toMatch(/^Send companyId in the body/)
  // What the live service answers has no more fields than it has there.
  expect(Object.keys((await on.call('GET', '/snapshots/', { token })).body).sort()).toEqual(['message', 'statusCode', 'traceId'])
})
