import { sql } from 'kysely'
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

  test('brings what the calendar says of appointments, to those alone who may be there', async () => {
    const calendarId = 'calendarMixed0000000'
    const told = { channel: 'email', notificationType: 'booked', receiverType: 'business' }
    const rows = [
      { ...told, selectedUsers: [here, both, 'sub_account_admin'] },
      { ...told, notificationType: 'cancellation', selectedUsers: [here] },
      { ...told, notificationType: 'reminder', receiverType: 'contact' },
    ].map((settings, at) => ({
      ...{ locationId: on.locationId, calendarId, id: `${at}`.repeat(24), isActive: true, deleted: false },
      ...{ settings: JSON.stringify(settings), dateAdded: on.clock.now() },
    }))
    await on.db.insertInto('calendarNotifications').values(rows).execute()
    await on.db
      .updateTable('calendars')
      .set({ settings: sql`settings || ${JSON.stringify({ notifications: [{ selectedUsers: `${here},${both}` }] })}::jsonb` })
      .where('id', '=', calendarId)
      .execute()
    await push(await take(on.locationId), true)
    const theirs = on.db.selectFrom('calendars').innerJoin('calendarNotifications as n', 'n.calendarId', 'calendars.id')
    const found = await theirs
      .select(['calendars.settings as calendar', 'n.settings', 'n.isActive'])
      .where('calendars.locationId', '=', on.otherLocationId)
      .where('calendars.name', '=', 'Mixed')
      .execute()
    const said = found.map(({ settings, isActive }) => [
      (settings as typeof told).notificationType,
      isActive,
      (settings as { selectedUsers?: string[] }).selectedUsers,
    ])
    expect(said.sort()).toEqual([
      ['booked', true, [both, 'sub_account_admin']],
      ['cancellation', false, []],
      ['reminder', true, undefined],
    ])
    expect(found[0]?.calendar).toMatchObject({ notifications: [{ selectedUsers: both }] })
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

test('things whose own names look numbered are taken, brought and told apart from those of one name', async () => {
  const now = on.clock.now()
  const names = ['Odd', 'Odd', 'Odd#2', 'Odd#2', 'Odd#2#1']
  const rows = names.map((name, at) => ({
    ...{ locationId: on.locationId, id: `oddName${at}000000000000`, kind: 'form' as const, name, settings: '{}' },
    ...{ fields: JSON.stringify([{ key: `odd ${at}` }]), dateAdded: new Date(now.getTime() - 1000 + at), dateUpdated: now },
  }))
  await on.db.insertInto('forms').values(rows).execute()
  const id = await take(on.locationId)
  await push(id)
  const brought = on.db.selectFrom('forms').select(['name', 'fields']).where('locationId', '=', on.otherLocationId)
  const odd = await brought.where('name', 'like', 'Odd%').orderBy('dateAdded').orderBy('id').execute()
  const marked = odd.map(({ name, fields }) => [(fields as { key: string }[])[0]?.key, name] as const)
  expect(new Map(marked)).toEqual(new Map(names.map((name, at) => [`odd ${at}`, name])))
  await push(id, true)
  expect((await changes(id)).filter(({ kind }: { kind: string }) => kind === 'forms')).toEqual([])
})
