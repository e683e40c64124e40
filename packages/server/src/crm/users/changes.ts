import { forbidden, found, type Given, type Json, type Reply } from '@groundlevel/contract-kit'
import type { api } from '@groundlevel/contracts'
import { writeAudit } from '../../audit.js'
import type { Call } from '../../http/call.js'
import type { Context } from '../../http/implement.js'
import type { Access, Member, PortalAccess, staffOf, usersOf } from '../../identity/index.js'
import * as rules from './users.rules.js'

type User = Reply<typeof api.users.user.get>
type CreateBody = Given<typeof api.users.user.create>['body']
type UpdateBody = Given<typeof api.users.user.update>['body']
type Work = Omit<Context, 'emit'> & { users: ReturnType<typeof usersOf>; staff: ReturnType<typeof staffOf> }
type Emitting<E extends string> = Work & { emit(type: E, record: object, about: { locationId: string | null }): Promise<void> }

/** How the user comes by an account of the portal, with the password that this call brought. */
interface Door {
  readonly access: PortalAccess
  readonly signIn: Access
}

const nameOf = ({ firstName, lastName }: Pick<Member, 'firstName' | 'lastName'>) => `${firstName} ${lastName}`.trim()

const demandManager = async ({ staff, principal: { userId } }: Work) => {
  if (userId !== undefined) rules.demandManager(await staff.caller(userId))
}

const demandOwnLocations = async ({ staff, principal }: Work, given: Pick<UpdateBody, 'type' | 'locationIds'>) => {
  rules.demandGrantable(principal, given)
  const ids = [...new Set(given.locationIds)]
  if (ids.length === 0 || (await staff.countOwnLocations(ids)) === ids.length) return
  throw forbidden('The token does not have access to this location.', 'locationIds names a sub-account of another agency.')
}

const announce = async <E extends string>(
  type: E,
  user: User,
  { companyId, emit }: Emitting<E>,
  also: readonly string[] = [],
): Promise<void> => {
  for (const { payload, locationId } of rules.announcementsOf(user, companyId, also)) await emit(type, payload, { locationId })
}

const audit = ({ db, now, traceId, companyId, principal, call }: Work, act: string, userId: string) =>
  writeAudit(db, {
    at: now,
    act,
    companyId,
    locationId: principal.locationId ?? null,
    appId: principal.appId ?? null,
    traceId,
    ip: call.request.ip,
    detail: { userId, by: principal.userId ?? null },
  })

/** The user, if the token may see one, kept from being changed by anybody else meanwhile. */
const held = async ({ staff, principal }: Work, userId: string): Promise<Member> => {
  await staff.lockCompany()
  const member = await staff.lock(userId)
  return found(member && rules.belongsTo(principal, member) ? member : undefined, 'User')
}

/** An agency keeps somebody who decides; with the owner gone, whoever has been admin longest is the owner. */
const keepDecided = async ({ staff }: Work, member: Member, after: Pick<Member, 'type' | 'role'> | undefined) => {
  if (!rules.decides(member) || (after && rules.decides({ ...after, isOwner: member.isOwner }))) return
  const [other] = await staff.otherDeciders(member.id)
  if (!other) throw rules.lastDecider()
  if (!after && member.isOwner) await staff.makeOwner(other.id)
}

const isEmailTaken = (error: unknown) =>
  ['users_one_email', 'accounts_email_key'].includes(String((error as { constraint?: unknown }).constraint))

const create = async (
  { companyId: _, password: __, ...body }: CreateBody,
  work: Emitting<'UserCreate'>,
  { access, signIn }: Door,
): Promise<Json<User>> => {
  const { users, db, now } = work
  await demandManager(work)
  await demandOwnLocations(work, body)
  rules.demandPlace(body.type, body.locationIds)
  const id = work.newId()
  try {
    const accountId = await access.open(db, signIn, { email: body.email, name: nameOf(body) }, now)
    await users.add(id, { ...body, accountId }, now)
  } catch (error) {
    throw isEmailTaken(error) ? rules.emailTaken() : error
  }
  const user = found(await users.find(id), 'User')
  await announce('UserCreate', user.value, work)
  await audit(work, 'user.create', id)
  return user
}

/** What the body may not ask for, whoever the user is. */
const demandAllowed = async (work: Work, member: Member, { companyId, email, ...body }: UpdateBody) => {
  if (companyId !== undefined && companyId !== work.companyId)
    throw forbidden('The token does not have access to this company.', `The request is about company ${companyId}.`)
  rules.demandChangeable(work.principal, member)
  await demandOwnLocations(work, body)
  if (email !== undefined && email.toLowerCase() !== member.email.toLowerCase()) throw rules.emailStays()
  rules.demandPlace(body.type ?? member.type, body.locationIds ?? member.locationIds)
}

const update = async (
  userId: string,
  body: UpdateBody,
  work: Emitting<'UserUpdate'>,
  { access, signIn }: Door,
): Promise<Json<User>> => {
  const { users, staff, db, now } = work
  await demandManager(work)
  const member = await held(work, userId)
  await demandAllowed(work, member, body)
  const { companyId: _, email: __, password, locationIds, ...change } = body
  const after = { ...member, ...change }
  await keepDecided(work, member, after)
  const accountId = password ? await access.change(db, signIn, { ...member, name: nameOf(after) }, now) : null
  await staff.change(userId, { ...change, ...(accountId !== null && { accountId }) })
  if (locationIds) await staff.assign(userId, locationIds)
  const user = found(await users.find(userId), 'User')
  await announce('UserUpdate', user.value, work, member.locationIds)
  await audit(work, 'user.update', userId)
  return user
}

const dismiss = async (member: Member, user: User, work: Emitting<'UserDelete'>, access: PortalAccess) => {
  await work.staff.remove(member.id)
  await access.close(work.db, member)
  await announce('UserDelete', user, work)
}

const takeOut = async (member: Member, user: User, work: Emitting<'UserDelete'>, locationId: string) => {
  await work.staff.assign(
    member.id,
    member.locationIds.filter((id) => id !== locationId),
  )
  await announce('UserDelete', { ...user, roles: { ...user.roles, locationIds: [locationId] } }, work)
}

/** A sub-account's token takes somebody of several sub-accounts out of its own, and deletes one who is nowhere else. */
const remove = async (userId: string, work: Emitting<'UserDelete'>, { access }: Door) => {
  const { users, principal } = work
  await demandManager(work)
  const member = await held(work, userId)
  const { locationId } = principal
  const elsewhere = locationId !== undefined && member.locationIds.length > 1
  rules.demandChangeable(principal, elsewhere ? { ...member, locationIds: [locationId] } : member)
  await keepDecided(work, member, undefined)
  const { value } = found(await users.find(userId), 'User')
  await (elsewhere ? takeOut(member, value, work, locationId) : dismiss(member, value, work, access))
  await audit(work, 'user.delete', userId)
  const message = `Queued deleting user with e-mail ${member.email} and name ${nameOf(member)}. Will take effect in a few minutes.`
  return { succeded: true, succeeded: true, message }
}

/** Hires, changes and dismisses users, each with the account by which they sign in. */
export const createUserChanges = (access: PortalAccess) => {
  const prepared = new WeakMap<Call, Access>()
  const door = ({ call, afterCommit }: Pick<Work, 'call' | 'afterCommit'>): Door => {
    afterCommit(access.forgetEverybody)
    return { access, signIn: prepared.get(call) ?? {} }
  }
  const prepare = async (call: Call, email: string, password: string | undefined) => {
    rules.demandPassword(password)
    if (password) prepared.set(call, await access.prepare(email, password))
  }
  return {
    prepareCreate: ({ email, password }: CreateBody, call: Call) => prepare(call, email, password),
    /** Without an address it opens no account of others: the user's own is looked up in the transaction. */
    prepareUpdate: ({ body: { password } }: { body: UpdateBody }, call: Call) => prepare(call, '', password),
    create: (body: CreateBody, work: Emitting<'UserCreate'>) => create(body, work, door(work)),
    update: (userId: string, body: UpdateBody, work: Emitting<'UserUpdate'>) => update(userId, body, work, door(work)),
    remove: (userId: string, work: Emitting<'UserDelete'>) => remove(userId, work, door(work)),
  }
}
