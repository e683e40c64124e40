import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { assetKinds } from '../../rooms/snapshots.js'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { snapshotPorts } from '../../testing/snapshot-ports.js'
import { pushJob, snapshotsModule } from './index.js'

let on: ModuleApp
let agency: string

beforeAll(async () => {
  on = await moduleApp(({ db }) => snapshotsModule(snapshotPorts(db)))
  agency = on.token({ actor: 'agency', locationId: undefined })
})
afterAll(() => on?.close())

const call = (method: string, path: string, body?: object) =>
  on.call(method, body ? path : `${path}?companyId=${on.companyId}`, {
    token: agency,
    ...(body ? { body: { companyId: on.companyId, ...body } } : {}),
  })

const take = async (locationId: string): Promise<string> =>
  (await call('POST', '/snapshots/', { locationId, name: 'Taken' })).body.snapshot.id

const push = async (id: string, override = false) => {
  await call('POST', `/snapshots/${id}/push`, { locationIds: [on.otherLocationId], override })
  await pushJob({ db: on.db, kinds: assetKinds, say: (line) => on.said.push(line) }).run(on.clock.now())
  expect(on.said).toEqual([])
}

const changes = async (from: string) =>
  (await call('GET', `/snapshots/${from}/compare/${await take(on.otherLocationId)}`)).body.changes

describe('things of one name', () => {
  const marks = Array.from({ length: 12 }, (_, at) => `form ${at}`)

  /** Two were made in each moment, and the later of all has the lower id. */
  const addForms = async () => {
    const rows = marks.map((mark, at) => {
      const made = new Date(on.clock.now().getTime() - 60_000 + Math.floor(at / 2))
      const own = {
        locationId: on.locationId,
        id: `sameName${String(99 - at).padStart(12, '0')}`,
        kind: 'form' as const,
        name: 'Contact us',
      }
      return { ...own, fields: JSON.stringify([{ key: mark }]), settings: '{}', dateAdded: made, dateUpdated: made }
    })
    await on.db.insertInto('forms').values(rows).execute()
  }

  const theirs = async () => {
    const rows = await on.db.selectFrom('forms').select(['id', 'fields']).where('locationId', '=', on.otherLocationId).execute()
    return new Map(rows.map(({ id, fields }) => [id, (fields as { key: string }[])[0]?.key ?? '']))
  }

  test('are the same ones after a push, and stay in their places when it is done again with override', async () => {
    await addForms()
    const id = await take(on.locationId)
    await push(id)
    const first = await theirs()
    expect([...first.values()].sort()).toEqual([...marks].sort())
    expect(await changes(id)).toEqual([])
    await push(id, true)
    expect(await theirs()).toEqual(first)
    await push(await take(on.locationId), true)
    expect(await theirs()).toEqual(first)
    expect(await changes(id)).toEqual([])
  })

  test('that are added by a later push come after those that are there', async () => {
    const now = on.clock.now()
    const more = {
      locationId: on.locationId,
      id: 'sameName000000000000',
      kind: 'form' as const,
      name: 'Contact us',
      settings: '{}',
    }
    await on.db
      .insertInto('forms')
      .values({ ...more, fields: JSON.stringify([{ key: 'form 12' }]), dateAdded: now, dateUpdated: now })
      .execute()
    const [before, id] = [await theirs(), await take(on.locationId)]
    await push(id)
    const after = await theirs()
    expect(new Map([...after].filter(([, mark]) => mark !== 'form 12'))).toEqual(before)
    await push(id, true)
    expect(await theirs()).toEqual(after)
    expect(await changes(id)).toEqual([])
  })
})

describe('the team of a calendar that is pushed', () => {
  const [both, here, agent, there] = [
    'teamBoth000000000001',
    'teamHere000000000001',
    'teamAgent00000000001',
    'teamThere00000000001',
  ]

  const addPeople = async () => {
    const dateAdded = on.clock.now()
    const person = { companyId: on.companyId, firstName: 'T', lastName: 'U', role: 'user', isOwner: false, dateAdded }
    const rows = [both, here, agent, there].map((id) => ({
      ...{ ...person, id, email: `${id}@example.com`, type: id === agent ? 'agency' : 'account' },
    }))
    await on.db
      .insertInto('users')
      .values(rows as never)
      .execute()
    const places = [
      [both, on.locationId],
      [both, on.otherLocationId],
      [here, on.locationId],
      [there, on.otherLocationId],
    ] as const
    await on.db
      .insertInto('userLocations')
      .values(places.map(([userId, locationId]) => ({ userId, locationId })))
      .execute()
  }

  const addCalendar = async (name: string, calendarType: string, team: readonly string[]) => {
    const [now, teamMembers] = [on.clock.now(), team.map((userId) => ({ userId, priority: 0.5 }))]
    const own = {
      locationId: on.locationId,
      id: `calendar${name.padEnd(12, '0')}`,
      name,
      calendarType,
      slug: null,
      groupId: null,
    }
    const settings = JSON.stringify({ slotDuration: 30, teamMembers })
    await on.db
      .insertInto('calendars')
      .values({ ...own, isActive: true, settings, dateAdded: now, dateUpdated: now })
      .execute()
  }

  const team = async (name: string) => {
    const rows = on.db.selectFrom('calendars').select(['isActive', 'settings']).where('locationId', '=', on.otherLocationId)
    const { isActive, settings } = await rows.where('name', '=', name).executeTakeFirstOrThrow()
    const { teamMembers } = settings as { teamMembers: { userId: string }[] }
    return { isActive, team: teamMembers.map(({ userId }) => userId) }
  }

  test('is those of it who may be there; without anybody a calendar that needs one is inactive', async () => {
    await addPeople()
    await addCalendar('Mixed', 'round_robin', [both, here, agent])
    await addCalendar('Foreign', 'round_robin', [here])
    await addCalendar('Open', 'event', [here])
    await push(await take(on.locationId))
    expect(await team('Mixed')).toEqual({ isActive: true, team: [both, agent] })
    expect(await team('Foreign')).toEqual({ isActive: false, team: [] })
    expect(await team('Open')).toEqual({ isActive: true, team: [] })
  })

  test('stays what it became there, where an override would leave nobody in it', async () => {
    const settings = JSON.stringify({ teamMembers: [{ userId: there, priority: 1 }] })
    await on.db
      .updateTable('calendars')
      .set({ settings, isActive: true })
      .where('locationId', '=', on.otherLocationId)
      .where('name', '=', 'Foreign')
      .execute()
    await push(await take(on.locationId), true)
    expect(await team('Foreign')).toEqual({ isActive: true, team: [there] })
    expect(await team('Mixed')).toEqual({ isActive: true, team: [both, agent] })
  })
})
