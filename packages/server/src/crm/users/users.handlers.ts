import { forbidden, found } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { type Context, type Implementation, implement } from '../../http/implement.js'
import type { Principal } from '../../http/principal.js'
import { usersOf } from '../../identity/index.js'

const bind = ({ db, companyId }: Context) => ({ users: usersOf(db, companyId) })

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

/** Users of an agency and of its sub-accounts as the CRM's API shows them. */
export const usersModule = (): readonly Implementation[] =>
  implement(api.users.user, bind, {
    list: async ({ query }, { users }) => ({ users: (await users.inLocation(query.locationId)).items }),
    search: async ({ query }, { users, principal }) => {
      const locationId = limitedTo(principal, query.locationId)
      const { items, count } = await users.search({ ...query, locationId })
      return { users: items, count }
    },
    get: async ({ userId }, { users, principal }) => found(await visible(users, principal, userId), 'User'),
  })
