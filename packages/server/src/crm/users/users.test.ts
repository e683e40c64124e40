import { defaultPermissions } from '@groundlevel/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createIdentity, type NewUser } from '../../identity/index.js'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { usersModule } from './index.js'

let on: ModuleApp
let agency: string
let ids: Record<'owner' | 'here' | 'there' | 'foreign', string>

beforeAll(async () => {
  on = await moduleApp(({ db }) => usersModule(createIdentity({ db, config: { publicUrl: undefined } })))
  const identity = createIdentity({ db: on.db, config: { publicUrl: undefined } })
  agency = on.token({ actor: 'agency', locationId: undefined })
  const add = (firstName: string, more: Partial<NewUser>) => {
    const user = {
      companyId: on.companyId,
      accountId: null,
      firstName,
      lastName: 'Person',
      email: `${firstName}@x.example`,
      type: 'account',
      role: 'user',
      ...more,
    }
    return identity.createUser(on.db, user as NewUser, on.clock.now())
  }
  const elsewhere = await identity.createCompany(on.db, { name: 'Elsewhere' }, on.clock.now())
  ids = {
    owner: await add('Olga', { type: 'agency', role: 'admin', isOwner: true }),
    here: await add('Hera', { locationIds: [on.locationId], phone: '+14155550199' }),
    there: await add('Thea', { role: 'admin', locationIds: [on.otherLocationId] }),
    foreign: await add('Fred', { companyId: elsewhere }),
  }
  const gone = await add('Gone', { locationIds: [on.locationId] })
  await on.db.updateTable('users').set({ deleted: true }).where('id', '=', gone).execute()
})
afterAll(() => on?.close())

const firstNames = (body: { users: { firstName: string }[] }) => body.users.map(({ firstName }) => firstName)
const search = (query: string, token = agency) => on.call('GET', `/users/search?companyId=${on.companyId}${query}`, { token })

test('a list is not gone through further than a million', async () => {
  const { status, body } = await search('&skip=99999999999999999999')
  expect([status, body.message]).toEqual([422, ['skip must not be greater than 1000000']])
})

describe('GET /users/{id}', () => {
  test('shows a user in the wire’s shape, bare', async () => {
    const { status, body } = await on.call('GET', `/users/${ids.here}`)
    const { traceId: _, ...user } = body
    expect(status).toBe(200)
    expect(user).toEqual({
      id: ids.here,
      name: 'Hera Person',
      firstName: 'Hera',
      lastName: 'Person',
      email: 'Hera@x.example',
      phone: '+14155550199',
      permissions: defaultPermissions,
      scopes: [],
      roles: { type: 'account', role: 'user', locationIds: [on.locationId], restrictSubAccount: false },
      deleted: false,
    })
  })

  test.each([
    ['an agency sees any of its own', 'there', () => agency, 200],
    ['an agency sees its owner', 'owner', () => agency, 200],
    ['an agency does not see another agency’s', 'foreign', () => agency, 400],
    ['a sub-account does not see its neighbour’s', 'there', () => on.token(), 400],
    ['a sub-account does not see another agency’s', 'foreign', () => on.token(), 400],
    [
      'a sub-account sees the user who installed its app, wherever they belong',
      'owner',
      () => on.token({ userId: ids.owner }),
      200,
    ],
  ] as const)('%s', async (_case, who, token, expected) => {
    const { status, body } = await on.call('GET', `/users/${ids[who]}`, { token: token() })
    expect(status).toBe(expected)
    if (expected === 400) expect(body.message).toBe('User not found')
  })

  test('me is the user behind the token', async () => {
    const { body } = await on.call('GET', '/users/me', { token: on.token({ userId: ids.owner }) })
    expect(body.id).toBe(ids.owner)
    expect((await on.call('GET', '/users/me')).body.message).toBe('User not found')
    expect((await on.call('GET', '/users/me', { token: on.token({ userId: ids.foreign }) })).status).toBe(400)
  })
})

describe('GET /users/', () => {
  test('lists the living users of a sub-account, empty fields left out, with and without the slash', async () => {
    for (const path of ['/users/', '/users']) {
      const { status, body } = await on.call('GET', `${path}?locationId=${on.locationId}`)
      expect(status).toBe(200)
      expect(firstNames(body)).toEqual(['Hera'])
      expect(Object.keys(body.users[0])).not.toEqual(expect.arrayContaining(['extension']))
    }
  })

  test('of another sub-account is a 403', async () => {
    expect((await on.call('GET', `/users/?locationId=${on.otherLocationId}`)).status).toBe(403)
    expect((await on.call('GET', `/users/?locationId=${on.otherLocationId}`, { token: agency })).status).toBe(200)
  })
})

describe('POST /users/search/filter-by-email', () => {
  const filter = (body: object, token = agency) =>
    on.call('POST', '/users/search/filter-by-email', { token, body: { companyId: on.companyId, ...body } })

  test('finds by address in any case, with id and e-mail alone unless more is asked for', async () => {
    const { status, body } = await filter({ emails: 'HERA@x.example, fred@x.example,nobody@x.example' })
    expect([status, body.users, body.count]).toEqual([200, [{ id: ids.here, email: 'Hera@x.example' }], 1])
    expect((await filter({ emails: 'hera@x.example', projection: 'firstName' })).body.users).toEqual([
      { id: ids.here, email: 'Hera@x.example', firstName: 'Hera' },
    ])
    const [whole] = (await filter({ emails: 'hera@x.example', projection: 'all' })).body.users
    expect(whole).toMatchObject({ roles: { role: 'user' }, permissions: { contactsEnabled: true } })
  })

  test('counts all and shows a page, with numbers as text or as numbers', async () => {
    const emails = 'hera@x.example,thea@x.example,olga@x.example'
    for (const slice of [
      { skip: '1', limit: '1' },
      { skip: 1, limit: 1 },
    ]) {
      const { body } = await filter({ emails, ...slice })
      expect([body.users.map((user: { id: string }) => user.id), body.count]).toEqual([[ids.owner], 3])
    }
    expect((await filter({ emails, skip: 'x' })).status).toBe(422)
    expect((await filter({ emails, limit: '-1' })).status).toBe(422)
  })

  test('finds the deleted ones only when asked for them', async () => {
    expect((await filter({ emails: 'gone@x.example' })).body.count).toBe(0)
    expect((await filter({ emails: 'gone@x.example', deleted: true })).body.count).toBe(1)
  })

  test('is not for sub-accounts', async () => {
    expect((await filter({ emails: 'hera@x.example' }, on.token())).status).toBe(401)
  })
})

describe('GET /users/search', () => {
  test.each([
    ['', ['Olga', 'Hera', 'Thea'], 3],
    ['&limit=1&skip=1', ['Hera'], 3],
    ['&query=HERA', ['Hera'], 1],
    ['&query=0199', ['Hera'], 1],
    ['&query=%25', [], 0],
    ['&type=agency', ['Olga'], 1],
    ['&role=admin', ['Olga', 'Thea'], 2],
    ['&sort=name&sortDirection=desc', ['Thea', 'Olga', 'Hera'], 3],
  ])('%s finds %j', async (query, names, count) => {
    const { status, body } = await search(query)
    expect([status, firstNames(body), body.count]).toEqual([200, names, count])
  })

  test('keeps to the ids and the sub-account that it is given', async () => {
    expect(firstNames((await search(`&ids=${ids.here},${ids.foreign}`)).body)).toEqual(['Hera'])
    expect(firstNames((await search(`&ids[]=${ids.here}&ids[]=${ids.there}`)).body)).toEqual(['Hera', 'Thea'])
    expect(firstNames((await search(`&locationId=${on.otherLocationId}`)).body)).toEqual(['Thea'])
  })

  test('of a sub-account’s token finds its own users, and asks about no other', async () => {
    expect(firstNames((await search('', on.token())).body)).toEqual(['Hera'])
    expect((await search(`&locationId=${on.otherLocationId}`, on.token())).status).toBe(403)
  })

  test('about another agency is a 403', async () => {
    expect((await on.call('GET', '/users/search?companyId=doesNotExist00000000', { token: agency })).status).toBe(403)
  })
})
