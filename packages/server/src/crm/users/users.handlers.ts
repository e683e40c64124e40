import { forbidden, found, type Json } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { type Context, type Implementation, implement } from '../../http/implement.js'
import type { Principal } from '../../http/principal.js'
import { type Identity, staffOf, usersOf } from '../../identity/index.js'
import { createUserChanges } from './changes.js'
import { filterByEmail } from './filter-by-email.js'

const bind = ({ db, companyId }: Context) => ({ users: usersOf(db, companyId), staff: staffOf(db, companyId) })

type Users = ReturnType<typeof usersOf>

/** The user behind the token is always found; others by an agency, and by a sub-account only its own. */
const visible = async (users: Users, { userId, locationId }: Principal, asked: string) => {
  const id = asked === 'me' ? userId : asked
  if (id === undefined) return undefined
  return locationId === undefined || id === userId ? users.find(id) : users.findIn(id, locationId)
}

/** The sub-account that a search is limited to: a sub-account's token never sees beyond itself. */
const limitedTo = ({ locationId }: Principal, asked: string | undefined) => {
  if (locationId === undefined || asked === undefined || asked === locationId) return locationId ?? asked
  throw forbidden(
    'The token does not have access to this location.',
    `The request is about ${asked}, which the token does not reach.`,
  )
}

export type UserJson = Json<NonNullable<Awaited<ReturnType<Users['find']>>>['value']>

/** Users of an agency and of its sub-accounts as the CRM's API shows them. */
export const usersModule = ({ access }: Pick<Identity, 'access'>): readonly Implementation[] => {
  const changes = createUserChanges(access)
  return implement(
    api.users.user,
    bind,
    {
      list: async ({ query }, { users }) => ({ users: await users.inLocation(query.locationId) }),
      search: async ({ query }, { users, principal }) => {
        const locationId = limitedTo(principal, query.locationId)
        const { items, count } = await users.search({ ...query, locationId })
        return { users: items, count }
      },
      filterByEmail: ({ body }, { users }) => filterByEmail(users, body),
      get: async ({ userId }, { users, principal }) => found(await visible(users, principal, userId), 'User'),
      create: ({ body }, context) => changes.create(body, context),
      update: ({ userId, body }, context) => changes.update(userId, body, context),
      remove: ({ userId }, context) => changes.remove(userId, context),
    },
    { prepare: { create: ({ body }, call) => changes.prepareCreate(body, call), update: changes.prepareUpdate } },
  )
}
