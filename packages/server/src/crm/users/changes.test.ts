import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createIdentity, type Identity, type NewUser } from '../../identity/index.js'
import { type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { usersModule } from './index.js'

let on: ModuleApp
let identity: Identity
let agency: string
let owner: string
let serial = 0

const address = () => `person${++serial}@x.example`

const add = (more: Partial<NewUser>) =>
  identity.createUser(
    on.db,
    {
      companyId: on.companyId,
      accountId: null,
      firstName: 'A',
      lastName: 'B',
      email: address(),
      type: 'account',
      role: 'user',
      ...more,
    },
    on.clock.now(),
  )

beforeAll(async () => {
  on = await moduleApp(({ db }) => {
    identity = createIdentity({ db, config: { publicUrl: undefined } })
    return usersModule(identity)
  })
  agency = on.token({ actor: 'agency', locationId: undefined })
  owner = await add({ type: 'agency', role: 'admin', isOwner: true })
})
afterAll(() => on?.close())
beforeEach(() => on.events.splice(0))

const password = 'correct horse battery'
const whole = (more: object = {}) => ({
  companyId: on.companyId,
  firstName: 'Jane',
  lastName: 'Doe',
  email: address(),
  password,
  type: 'account',
  role: 'user',
  locationIds: [on.locationId],
  ...more,
})
const create = (more: object = {}, token = agency) => on.call('POST', '/users/', { token, body: whole(more) })
const update = (id: string, body: object, token = agency) => on.call('PUT', `/users/${id}`, { token, body })
const remove = (id: string, token = agency) => on.call('DELETE', `/users/${id}`, { token })
const accountOf = (email: string) => on.db.selectFrom('accounts').selectAll().where('email', '=', email).executeTakeFirst()
const told = () => on.events.map(({ type, locationId, payloadText }) => ({ type, locationId, ...JSON.parse(payloadText) }))

describe('POST /users/', () => {
  test('makes a user bare in the reply, with every documented permission, and an account that the password opens', async () => {
    const email = address()
    const { status, body } = await create({ email, phone: '+18085550100', permissions: { contactsEnabled: false } })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      name: 'Jane Doe',
      email,
      phone: '+18085550100',
      deleted: false,
      roles: { type: 'account', role: 'user', locationIds: [on.locationId], restrictSubAccount: false },
      permissions: { contactsEnabled: false, tagsEnabled: true, websitesEnabled: false },
    })
    const account = await accountOf(email)
    expect(account?.passwordHash).toMatch(/^\$argon2id\$/)
    expect(await identity.passwords.verify(account?.passwordHash, password)).toBe(true)
    expect(JSON.stringify(on.events)).not.toContain(password)
  })

  test('tells each sub-account of the user, and the agency of one of its own', async () => {
    await create({ locationIds: [on.locationId, on.otherLocationId] })
    expect(
      told()
        .map(({ locationId }) => locationId)
        .sort(),
    ).toEqual([on.locationId, on.otherLocationId].sort())
    expect(told()[0]).toMatchObject({ type: 'UserCreate', firstName: 'Jane', role: 'user' })
    expect(told()[0]).not.toHaveProperty('companyId', on.companyId)
    expect(Object.keys(told()[0].permissions)).toHaveLength(37)
    on.events.splice(0)
    await create({ type: 'agency', role: 'admin', locationIds: [] })
    expect(told()).toMatchObject([{ type: 'UserCreate', locationId: null, companyId: on.companyId, locations: [] }])
  })

  test('an address is one user an agency, free again once its user is deleted', async () => {
    const email = address()
    const first = await create({ email })
    const second = await create({ email: email.toUpperCase() })
    expect([second.status, second.body.message]).toEqual([400, 'A user with this email already exists'])
    expect((await remove(first.body.id)).status).toBe(200)
    expect((await create({ email })).status).toBe(201)
  })

  test('of two who take an address at once, one is told that it exists', async () => {
    const email = address()
    const statuses = (await Promise.all([create({ email }), create({ email })])).map(({ status }) => status)
    expect(statuses.sort()).toEqual([201, 400])
  })

  test('without a password the user is there and has no account', async () => {
    const email = address()
    expect((await create({ email, password: '' })).status).toBe(201)
    expect(await accountOf(email)).toBeUndefined()
  })

  test.each([
    ['a password too short', { password: 'short' }, 'password must be longer than or equal to 8 characters'],
    ['an account user who is nowhere', { locationIds: [] }, 'locationIds should not be empty'],
    ['a scope that is not one', { scopes: ['nothing.write'] }, 'each value in scopes must be a valid enum value'],
    ['a permission that is not one', { permissions: { flying: true } }, 'property permissions.flying should not exist'],
  ])('%s is a 422', async (_case, more, text) => {
    const { status, body } = await create(more)
    expect([status, body.message]).toEqual([422, [text]])
  })

  test('an address that somebody else signed up under is joined by that account’s password alone', async () => {
    for (const [given, joined] of [
      [password, true],
      ['another password', false],
    ] as const) {
      const email = address()
      const accountId = await identity.createAccount(
        on.db,
        { email, name: 'Earlier', passwordHash: await identity.passwords.hash(password) },
        on.clock.now(),
      )
      const { body } = await create({ email, password: given })
      const row = await on.db.selectFrom('users').select('accountId').where('id', '=', body.id).executeTakeFirstOrThrow()
      expect(row.accountId).toBe(joined ? accountId : null)
      expect(await identity.passwords.verify((await accountOf(email))?.passwordHash, password)).toBe(true)
    }
  })

  test('a sub-account’s token makes users of its own sub-account alone, and nobody of the agency', async () => {
    const token = on.token()
    expect((await create({}, token)).status).toBe(201)
    expect((await create({ type: 'agency' }, token)).status).toBe(403)
    expect((await create({ locationIds: [on.locationId, on.otherLocationId] }, token)).status).toBe(403)
    expect((await create({ companyId: 'doesNotExist00000000' }, token)).status).toBe(403)
  })

  test('an agency’s token puts nobody into another agency’s sub-account', async () => {
    const elsewhere = await identity.createCompany(on.db, { name: 'Elsewhere' }, on.clock.now())
    const foreign = await identity.createLocation(on.db, { companyId: elsewhere, name: 'Far' }, on.clock.now())
    expect((await create({ locationIds: [foreign] })).status).toBe(403)
    expect((await create({ locationIds: ['doesNotExist00000000'] })).status).toBe(403)
  })

  test('a token behind which a mere user stands manages nobody, not even after that user has left', async () => {
    const mere = await add({ locationIds: [on.locationId] })
    const token = on.token({ userId: mere })
    const someone = (await create()).body.id
    expect([
      (await create({}, token)).status,
      (await update(someone, {}, token)).status,
      (await remove(someone, token)).status,
    ]).toEqual([403, 403, 403])
    await remove(mere)
    expect((await create({}, token)).status).toBe(403)
  })
})

describe('PUT /users/{id}', () => {
  test('changes what is sent and nothing else, and tells both the old and the new sub-accounts', async () => {
    const { body: user } = await create({ permissions: { contactsEnabled: false } })
    on.events.splice(0)
    const { status, body } = await update(user.id, {
      firstName: 'Janet',
      permissions: { tagsEnabled: false },
      locationIds: [on.otherLocationId],
      twilioPhone: { [on.otherLocationId]: '+18085550111' },
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      name: 'Janet Doe',
      email: user.email,
      permissions: { contactsEnabled: false, tagsEnabled: false },
      roles: { locationIds: [on.otherLocationId] },
    })
    expect(
      told()
        .map(({ type, locationId }) => `${type} ${locationId}`)
        .sort(),
    ).toEqual([`UserUpdate ${on.locationId}`, `UserUpdate ${on.otherLocationId}`].sort())
  })

  test('an e-mail stays what it is', async () => {
    const { body: user } = await create()
    expect((await update(user.id, { email: user.email.toUpperCase() })).status).toBe(200)
    const { status, body } = await update(user.id, { email: address() })
    expect([status, body.message]).toEqual([400, 'Email update is no longer supported due to security reasons.'])
  })

  test('a new password ends the sessions of the old one', async () => {
    const { body: user } = await create()
    const account = await accountOf(user.email)
    const token = await identity.sessions.open(on.db, account?.id ?? '', on.clock.now(), undefined)
    expect((await update(user.id, { password: 'something else' })).status).toBe(200)
    expect(await identity.passwords.verify((await accountOf(user.email))?.passwordHash, 'something else')).toBe(true)
    expect(await identity.accountOf(token, on.clock.now())).toBeUndefined()
  })

  test('nobody changes the password of somebody who is more than this one user', async () => {
    const { body: user } = await create()
    const account = await accountOf(user.email)
    await identity.createDeveloper(on.db, 'Team', account?.id ?? '', on.clock.now())
    expect((await update(user.id, { password: 'something else' })).status).toBe(400)
    expect(await identity.passwords.verify((await accountOf(user.email))?.passwordHash, password)).toBe(true)
  })

  test('a user of another sub-account or agency is missing, whoever asks', async () => {
    const elsewhere = await identity.createCompany(on.db, { name: 'Elsewhere' }, on.clock.now())
    const foreign = await add({ companyId: elsewhere })
    const { body: neighbour } = await create({ locationIds: [on.otherLocationId] })
    for (const [id, token] of [
      [foreign, agency],
      [neighbour.id, on.token()],
    ]) {
      expect((await update(id, { firstName: 'X' }, token)).body.message).toBe('User not found')
      expect((await remove(id, token)).body.message).toBe('User not found')
    }
    expect((await update(neighbour.id, { companyId: elsewhere })).status).toBe(403)
  })

  test('a sub-account’s token changes nobody of the agency or of other sub-accounts, and lifts nobody into the agency', async () => {
    const token = on.token()
    const everywhere = (await create({ locationIds: [on.locationId, on.otherLocationId] })).body.id
    const ofAgency = (await create({ type: 'agency' })).body.id
    const own = (await create()).body.id
    expect((await update(everywhere, { password: 'taken over' }, token)).status).toBe(403)
    expect((await update(ofAgency, { firstName: 'X' }, token)).status).toBe(403)
    expect((await update(own, { type: 'agency' }, token)).status).toBe(403)
    expect((await update(own, { locationIds: [on.otherLocationId] }, token)).status).toBe(403)
    expect((await update(own, { role: 'admin' }, token)).status).toBe(200)
  })

  test('the owner is changed by the owner alone', async () => {
    expect((await update(owner, { password: 'taken over' })).status).toBe(403)
    const own = on.token({ actor: 'agency', locationId: undefined, userId: owner })
    expect((await update(owner, { lastName: 'Owner' }, own)).status).toBe(200)
  })
})

describe('DELETE /users/{id}', () => {
  test('says what the live service says, ends sessions, takes the account along and tells it', async () => {
    const { body: user } = await create()
    const account = await accountOf(user.email)
    const token = await identity.sessions.open(on.db, account?.id ?? '', on.clock.now(), undefined)
    on.events.splice(0)
    const { status, body } = await remove(user.id)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      succeded: true,
      succeeded: true,
      message: `Queued deleting user with e-mail ${user.email} and name Jane Doe. Will take effect in a few minutes.`,
    })
    expect(await identity.accountOf(token, on.clock.now())).toBeUndefined()
    expect(await accountOf(user.email)).toBeUndefined()
    expect((await on.call('GET', `/users/${user.id}`, { token: agency })).body.message).toBe('User not found')
    expect(told()).toMatchObject([{ type: 'UserDelete', id: user.id, locationId: on.locationId }])
  })

  test('leaves an account that is more than the user', async () => {
    const { body: user } = await create()
    const account = await accountOf(user.email)
    await identity.createDeveloper(on.db, 'Other team', account?.id ?? '', on.clock.now())
    expect((await remove(user.id)).status).toBe(200)
    expect(await accountOf(user.email)).toBeDefined()
  })

  test('by a sub-account’s token takes somebody of several sub-accounts out of its own', async () => {
    const { body: user } = await create({ locationIds: [on.locationId, on.otherLocationId] })
    on.events.splice(0)
    expect((await remove(user.id, on.token())).status).toBe(200)
    const { body } = await on.call('GET', `/users/${user.id}`, { token: agency })
    expect(body.roles.locationIds).toEqual([on.otherLocationId])
    expect(told()).toMatchObject([{ type: 'UserDelete', locationId: on.locationId }])
  })

  test('an agency keeps somebody who decides for it, also when two leave at once', async () => {
    const companyId = await identity.createCompany(on.db, { name: 'Small' }, on.clock.now())
    const boss = await add({ companyId, type: 'agency', role: 'admin', isOwner: true })
    const second = await add({ companyId, type: 'agency', role: 'admin' })
    const asBoss = on.token({ actor: 'agency', locationId: undefined, companyId, userId: boss })
    const lessen = () => update(second, { role: 'user' }, asBoss)
    const answers = await Promise.all([remove(boss, asBoss), lessen()])
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const deciders = await on.db
      .selectFrom('users')
      .select(['id', 'isOwner'])
      .where('companyId', '=', companyId)
      .where('deleted', '=', false)
      .where('role', '=', 'admin')
      .execute()
    expect(deciders.length).toBeGreaterThan(0)
  })

  test('the last owner cannot go; with another admin there, that one becomes the owner', async () => {
    const companyId = await identity.createCompany(on.db, { name: 'Tiny' }, on.clock.now())
    const boss = await add({ companyId, type: 'agency', role: 'admin', isOwner: true })
    const asBoss = on.token({ actor: 'agency', locationId: undefined, companyId, userId: boss })
    const refused = await remove(boss, asBoss)
    expect([refused.status, refused.body.message]).toEqual([
      400,
      'The last owner or admin of an agency can be neither deleted nor made less.',
    ])
    const heir = await add({ companyId, type: 'agency', role: 'admin' })
    expect((await remove(boss, asBoss)).status).toBe(200)
    expect(await on.db.selectFrom('users').select('isOwner').where('id', '=', heir).executeTakeFirst()).toEqual({ isOwner: true })
  })
})
